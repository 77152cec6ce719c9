import { type AccountId, isId } from '../ids';
import type { Asked, Rule } from './rules';
import { forbidden } from './shield';
import { canSeeAccount, type Viewer } from './viewer';

/** A reference to an entity as another house, through the gateway, sends it: its type and one of its keys. */
export type Reference<Keys extends string = string> = { readonly __typename: string } & { readonly [Key in Keys]?: string };

/** Answers the source object of an entity, or null when there is none that the viewer may know of. */
export type ReferenceResolver<Context = never> = (reference: Reference, context: Context) => unknown;

interface Asking {
  readonly viewer: Viewer;
}

/** Puts a rule in front of a reference resolver: rules on root fields do not protect what is reached by reference. */
export function guardReference<Context extends Asking>(rule: Rule, resolve: ReferenceResolver<Context>): ReferenceResolver<Context> {
  return async (reference, context) => {
    const asked = { viewer: context.viewer, args: reference, parent: undefined, info: undefined } as unknown as Asked;
    if (!(await rule.admits(asked))) throw forbidden(context.viewer);
    return resolve(reference, context);
  };
}

/**
 * The reference resolver of an entity that belongs to a billing account: loads it, and answers null unless the viewer
 * may see that account, exactly as if there were no such thing.
 */
export function accountReference<Row, Context extends Asking>(
  load: (reference: Reference, context: Context) => Promise<Row | null>,
  accountOf: (row: Row) => AccountId,
): ReferenceResolver<Context> {
  return async (reference, context) => {
    const row = await load(reference, context);
    return row !== null && canSeeAccount(context.viewer, accountOf(row)) ? row : null;
  };
}

/**
 * The reference resolver of `BillingAccount` in a house that only adds fields to it: the id is all there is, and it is
 * passed on when the viewer may see the account.
 */
export const accountStub: ReferenceResolver<Asking> = ({ id }, { viewer }) =>
  id !== undefined && isId('account', id) && canSeeAccount(viewer, id) ? { id } : null;
