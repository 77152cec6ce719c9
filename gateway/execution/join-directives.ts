import { type ConstDirectiveNode, Kind, parse, type SelectionNode } from 'graphql';

/** What a directive of the supergraph says, once for each time that it stands there. */
export function argumentsOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): readonly Readonly<Record<string, unknown>>[] {
  const named = (directives ?? []).filter(directive => directive.name.value === name);
  return named.map(({ arguments: given = [] }) =>
    Object.fromEntries(given.flatMap(({ name: { value: key }, value }) => ('value' in value ? [[key, value.value] as const] : []))),
  );
}

/** A set of fields as directives write it: `id org { id }`. */
export function selectionsIn(fields: unknown): readonly SelectionNode[] {
  if (typeof fields !== 'string' || fields === '') return [];
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
}
