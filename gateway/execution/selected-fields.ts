import {
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** One key of an answer's object. */
export interface SelectedField {
  readonly key: string;
  readonly name: string;
  /** Everything that is selected below it: a field may be named several times. */
  readonly below: readonly SelectionSetNode[];
}

export interface SelectionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** The fields that are selected of an object of a type, each once, in the order in which they are answered (§6.3.2). */
export function selectedFields(type: GraphQLNamedType, sets: readonly SelectionSetNode[], scope: SelectionScope): SelectedField[] {
  const fields = new Map<string, { name: string; below: SelectionSetNode[] }>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        const field = fields.get(key) ?? { name: node.name.value, below: [] };
        fields.set(key, field);
        if (node.selectionSet) field.below.push(node.selectionSet);
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : scope.fragments.get(node.name.value);
      if (fragment && applies(fragment.typeCondition?.name.value, type, scope.schema)) collect(fragment.selectionSet);
    }
  };
  sets.forEach(collect);
  return [...fields].map(([key, field]) => ({ key, ...field }));
}

function applies(condition: string | undefined, type: GraphQLNamedType, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type);
}
