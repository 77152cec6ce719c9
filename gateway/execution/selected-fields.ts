import {
  type DirectiveNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** A variable and what it has to be, for a field to be answered. */
export interface Condition {
  readonly variable: string;
  readonly expected: boolean;
}

/** A selection set and the conditions under which it was reached. */
export interface ScopedSelections {
  readonly selections: SelectionSetNode;
  readonly when: readonly Condition[];
}

/** One key of an answer's object. */
export interface SelectedField {
  readonly key: string;
  readonly name: string;
  /** The field is there when all conditions of one of these lists hold. An empty list always holds. */
  readonly ways: readonly (readonly Condition[])[];
  readonly below: readonly ScopedSelections[];
}

export interface SelectionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** The fields that are selected of an object of a type, each once, in the order in which they are answered (§6.3.2). */
export function selectedFields(type: GraphQLNamedType, sets: readonly ScopedSelections[], scope: SelectionScope): SelectedField[] {
  const fields = new Map<string, { name: string; ways: (readonly Condition[])[]; below: ScopedSelections[] }>();
  const collect = (selections: SelectionSetNode, outer: readonly Condition[]): void => {
    for (const node of selections.selections) {
      const own = conditionsOf(node.directives ?? []);
      if (!own) continue;
      const when = [...outer, ...own];
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        const field = fields.get(key) ?? { name: node.name.value, ways: [], below: [] };
        fields.set(key, field);
        field.ways.push(when);
        if (node.selectionSet) field.below.push({ selections: node.selectionSet, when });
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : scope.fragments.get(node.name.value);
      if (fragment && applies(fragment.typeCondition?.name.value, type, scope.schema)) collect(fragment.selectionSet, when);
    }
  };
  for (const { selections, when } of sets) collect(selections, when);
  return [...fields].map(([key, { name, ways, below }]) => ({ key, name, ways, below: withoutKnown(ways, below) }));
}

/** What has to hold for a field to be there at all need not be asked again below it. */
function withoutKnown(ways: readonly (readonly Condition[])[], below: readonly ScopedSelections[]): ScopedSelections[] {
  return ways.length === 1 ? below.map(({ selections }) => ({ selections, when: [] })) : [...below];
}

function applies(condition: string | undefined, type: GraphQLNamedType, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type);
}

/** The conditions of `@skip` and `@include`, or null when they can never hold. */
function conditionsOf(directives: readonly DirectiveNode[]): readonly Condition[] | null {
  const conditions: Condition[] = [];
  for (const { name, arguments: given } of directives) {
    if (name.value !== 'skip' && name.value !== 'include') continue;
    const expected = name.value === 'include';
    const value = given?.[0]?.value;
    if (value?.kind === Kind.VARIABLE) conditions.push({ variable: value.name.value, expected });
    else if (value?.kind === Kind.BOOLEAN && value.value !== expected) return null;
  }
  return conditions;
}
