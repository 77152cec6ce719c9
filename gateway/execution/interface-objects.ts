import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  type InlineFragmentNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { argumentsOf, selectionsIn } from './join-directives';

/** Interfaces that a house knows as one type: the fields it answers, and the keys that tell two objects apart. */
export type InterfaceObjects = ReadonlyMap<string, InterfaceObject>;
interface InterfaceObject {
  readonly fields: ReadonlySet<string>;
  readonly keys: readonly SelectionNode[];
}

export function interfaceObjectsIn({ definitions }: DocumentNode): InterfaceObjects {
  const found = new Map<string, InterfaceObject>();
  for (const node of definitions) {
    if (node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const joins = argumentsOf(node.directives, 'join__type').filter(given => given['isInterfaceObject'] === true);
    if (joins.length === 0) continue;
    const houses = new Set(joins.map(given => given['graph']));
    const fields = (node.fields ?? []).filter(({ directives }) => isAnsweredBy(houses, directives)).map(({ name }) => name.value);
    found.set(node.name.value, { fields: new Set(fields), keys: selectionsIn(joins.find(given => given['key'])?.['key']) });
  }
  return found;
}

function isAnsweredBy(houses: ReadonlySet<unknown>, directives: readonly ConstDirectiveNode[] | undefined): boolean {
  const given = argumentsOf(directives, 'join__field');
  return given.length === 0 || given.some(join => houses.has(join['graph']) && join['external'] !== true);
}

/**
 * A house with an `@interfaceObject` answers its fields for every type of the interface alike. Asked for them by type,
 * planners lose some: they leave out the keys that the next house needs, name one type of two, or ask nobody what type an
 * object has. So such fields are asked of the interface, with its keys and its typename beside them; what is asked for one
 * type too many is not in the client's document, and never written.
 */
export function askInterfacesAsOne(objects: InterfaceObjects, schema: GraphQLSchema): (document: DocumentNode) => DocumentNode {
  if (objects.size === 0) return same => same;
  return asked => {
    const types = new TypeInfo(schema);
    const leave = (node: SelectionSetNode) => {
      const own = objects.get(types.getParentType()?.name ?? '');
      return own && node.selections.some(isFragment) ? asOne(node, own) : undefined;
    };
    return visit(writtenOut(asked), visitWithTypeInfo(types, { SelectionSet: { leave } }));
  };
}

const isFragment = (node: SelectionNode): node is InlineFragmentNode => node.kind === Kind.INLINE_FRAGMENT;

/** Takes the interface's own fields out of the fragments on its types. */
function asOne({ selections, ...set }: SelectionSetNode, { fields, keys }: InterfaceObject): SelectionSetNode {
  const taken: SelectionNode[] = [];
  const without = (fragment: InlineFragmentNode): readonly InlineFragmentNode[] => {
    const left = fragment.selectionSet.selections.flatMap((node): readonly SelectionNode[] => {
      if (isFragment(node)) return without(node);
      if (node.kind !== Kind.FIELD || !fields.has(node.name.value)) return [node];
      taken.push(node);
      return [];
    });
    return left.length > 0 ? [{ ...fragment, selectionSet: { ...fragment.selectionSet, selections: left } }] : [];
  };
  const rest = selections.flatMap((node): readonly SelectionNode[] => (isFragment(node) ? without(node) : [node]));
  return { ...set, selections: [TYPENAME, ...keys, ...rest, ...taken] };
}

const TYPENAME: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** The document with its named fragments where they are spread: what is in one may belong to the interface around it. */
function writtenOut(document: DocumentNode): DocumentNode {
  const fragments = new Map(
    document.definitions.flatMap(node => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
  );
  const within = ({ selections, ...set }: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: selections.flatMap((node): readonly SelectionNode[] => {
      if (node.kind !== Kind.FRAGMENT_SPREAD) return [node.selectionSet ? { ...node, selectionSet: within(node.selectionSet) } : node];
      const fragment = fragments.get(node.name.value);
      if (!fragment) return [];
      return [{ kind: Kind.INLINE_FRAGMENT, typeCondition: fragment.typeCondition, selectionSet: within(fragment.selectionSet) }];
    }),
  });
  const operations = document.definitions.filter(node => node.kind === Kind.OPERATION_DEFINITION);
  return { ...document, definitions: operations.map(node => ({ ...node, selectionSet: within(node.selectionSet) })) };
}
