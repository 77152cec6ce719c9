import { randomUUID } from 'node:crypto';
import { type ASTNode, type DocumentNode, Kind, parse, print, visit } from 'graphql';

/** A supergraph in which only root types have the names of root types, and the way there and back. */
export interface RenamedSupergraph {
  readonly supergraphSdl: string;
  hide(document: string): string;
  restore(plan: string): string;
}

const ROOT_NAMES = ['Query', 'Mutation', 'Subscription'];

/**
 * A graph may sell subscriptions, and call their type `Subscription`. The native planner takes it for a root type, whatever
 * the schema says. It is therefore shown another name that occurs nowhere else.
 */
export function withoutRootNames(supergraphSdl: string): RenamedSupergraph {
  const document = parse(supergraphSdl, { noLocation: true });
  const roots = document.definitions.flatMap(node =>
    node.kind === Kind.SCHEMA_DEFINITION ? node.operationTypes.map(({ type }) => type.name.value) : [],
  );
  const taken = document.definitions.flatMap(node =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && ROOT_NAMES.includes(node.name.value) && !roots.includes(node.name.value)
      ? node.name.value
      : [],
  );
  if (taken.length === 0) return { supergraphSdl, hide: text => text, restore: text => text };
  const tokens = new Map(taken.map(name => [name, `${name}_${randomUUID().replaceAll('-', '')}`]));
  return {
    supergraphSdl: print(renamed(document, tokens)),
    hide: text => print(renamed(parse(text, { noLocation: true }), tokens)),
    restore: plan => [...tokens].reduce((text, [name, token]) => text.replaceAll(token, name), plan),
  };
}

/** Renames types where they are defined and used, and in the directives that tell where a type comes from. */
function renamed(document: DocumentNode, tokens: ReadonlyMap<string, string>): DocumentNode {
  return visit(document, {
    enter(node): ASTNode | undefined {
      if (node.kind === Kind.NAMED_TYPE || node.kind === Kind.OBJECT_TYPE_DEFINITION) {
        const value = tokens.get(node.name.value);
        return value === undefined ? undefined : { ...node, name: { kind: Kind.NAME, value } };
      }
      if (node.kind !== Kind.DIRECTIVE || !node.name.value.startsWith('join__')) return undefined;
      const given = (node.arguments ?? []).map(argument => {
        const pattern = WHOLE.includes(argument.name.value) ? /\w+/g : /(?<=\.\.\.\s*on\s+)\w+/g;
        if (argument.value.kind !== Kind.STRING) return argument;
        return {
          ...argument,
          value: { ...argument.value, value: argument.value.value.replace(pattern, name => tokens.get(name) ?? name) },
        };
      });
      return { ...node, arguments: given };
    },
  });
}

/** Arguments that hold a type; in the others a type stands after `... on` only. */
const WHOLE = ['type', 'member', 'interface'];
