import type { GraphQLResolveInfo } from 'graphql';
import type { AccountId } from '../ids';
import { canSeeAccount, hasRole, isSignedIn, type Role, type Viewer } from './viewer';

/** What a rule may look at. Only the viewer and the arguments: a rule never queries. */
export interface Asked {
  readonly viewer: Viewer;
  readonly args: Readonly<Record<string, unknown>>;
  readonly parent: unknown;
  readonly info: GraphQLResolveInfo;
}

/** Who may have a field. Its name is printed in the evidence of who may do what. */
export interface Rule {
  readonly name: string;
  readonly admits: (asked: Asked) => boolean | Promise<boolean>;
  /** True for rules that admit all who come this far; fields under them are left unwrapped, which is several times faster. */
  readonly isOpen?: boolean;
  /** True for what is no part of the graph that partners are shown, although the rule would admit them. */
  readonly isInternal?: boolean;
}

/** A rule for every field of every type: by name, or `'*'` for those not named. What has none does not build. */
export type Permissions = Readonly<Record<string, Readonly<Record<string, Rule>>>>;

/** For fields of an object: whoever was given the object may have this. Refused on root fields, which have no parent. */
export const open: Rule = { name: 'open', admits: () => true, isOpen: true };

/** Everybody, signed in or not. For what stands in the shop window, such as the catalog. */
export const anyone: Rule = { name: 'anyone', admits: () => true, isOpen: true };

/** Everybody who has said who they are. The root field still checks whose the thing is. */
export const signedIn: Rule = { name: 'signed in', admits: ({ viewer }) => isSignedIn(viewer) };

/** Nobody, whoever asks. */
export const nobody: Rule = { name: 'nobody', admits: () => false };

/** As the rule says, and not shown in the graph of partners: it is about us and not about what they do with us. */
export const internal = (rule: Rule): Rule => ({ ...rule, isInternal: true });

/** Viewers in one of these roles. */
export const roles = (...wanted: readonly [Role, ...Role[]]): Rule => ({
  name: wanted.join(' or '),
  admits: ({ viewer }) => hasRole(viewer, ...wanted),
});

/** Viewers whose token was given this scope. */
export const scope = (wanted: string): Rule => ({
  name: `scope ${wanted}`,
  admits: ({ viewer }) => viewer.scopes.includes(wanted),
});

/** Viewers who may see the billing account that an argument names: `id`, or a path such as `input.billingAccountId`. */
export const ownAccount = (argument = 'input.billingAccountId'): Rule => ({
  name: `own account (${argument})`,
  admits: ({ viewer, args }) => {
    const named = valueAt(args, argument.split('.'));
    return typeof named === 'string' && canSeeAccount(viewer, named as AccountId);
  },
});

/** Viewers whom one of the rules admits. */
export const either = (...rules: readonly [Rule, Rule, ...Rule[]]): Rule => ({
  name: `(${rules.map(rule => rule.name).join(' or ')})`,
  admits: async asked => {
    for (const rule of rules) if (await rule.admits(asked)) return true;
    return false;
  },
});

/** Viewers whom all of the rules admit. */
export const both = (...rules: readonly [Rule, Rule, ...Rule[]]): Rule => ({
  name: `(${rules.map(rule => rule.name).join(' and ')})`,
  admits: async asked => {
    for (const rule of rules) if (!(await rule.admits(asked))) return false;
    return true;
  },
});

function valueAt(from: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined,
    from,
  );
}
