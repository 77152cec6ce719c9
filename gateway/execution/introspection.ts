import {
  type DocumentNode,
  execute,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { isObject } from './json';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** An operation parted in two: what it asks of the schema itself, and what houses are asked for. */
export interface SplitOperation {
  readonly introspection: DocumentNode | null;
  readonly rest: SelectionSetNode;
}

/**
 * Takes questions about the schema out of an operation: no house is asked what is in memory. They may stand in fragments
 * on the root type, which are written out on the way.
 */
export function splitIntrospection(operation: OperationDefinitionNode, fragments: Fragments): SplitOperation {
  const own = pick(operation.selectionSet, fragments, true);
  if (own.selections.length === 0) return { introspection: null, rest: operation.selectionSet };
  const definitions = [{ ...operation, selectionSet: own }, ...fragments.values()];
  return { introspection: { kind: Kind.DOCUMENT, definitions }, rest: pick(operation.selectionSet, fragments, false) };
}

const isAboutSchema = (name: string): boolean => name === '__schema' || name === '__type';

function pick({ selections }: SelectionSetNode, fragments: Fragments, wanted: boolean): SelectionSetNode {
  return {
    kind: Kind.SELECTION_SET,
    selections: selections.flatMap(node => {
      if (node.kind === Kind.FIELD) return isAboutSchema(node.name.value) === wanted ? node : [];
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
      if (!fragment) return [];
      const selectionSet = pick(fragment.selectionSet, fragments, wanted);
      if (selectionSet.selections.length === 0) return [];
      const { directives = [] } = node;
      const { typeCondition } = fragment;
      return { kind: Kind.INLINE_FRAGMENT, directives, selectionSet, ...(typeCondition && { typeCondition }) };
    }),
  };
}

/** Answers what is asked of the schema, as JSON text by key. Names that clients may not see are not in the schema. */
export async function introspect(
  schema: GraphQLSchema,
  document: DocumentNode,
  variableValues: Readonly<Record<string, unknown>>,
): Promise<ReadonlyMap<string, string>> {
  const { data } = await execute({ schema, document, variableValues });
  return new Map(isObject(data) ? Object.entries(data).map(([key, value]) => [key, JSON.stringify(value)]) : []);
}
