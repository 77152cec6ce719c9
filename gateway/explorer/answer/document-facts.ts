import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql';

/** What the document knows of its answer and the answer does not say. Paths are response names, without list positions. */
export interface DocumentFacts {
  /** The scalar or enum of a field: a decimal travels as text, and so does a date. */
  readonly leafTypes: ReadonlyMap<string, string>;
  /** What a list of keys is grouped by: the `by` argument of the field above it. */
  readonly groupedBy: ReadonlyMap<string, readonly string[]>;
}

interface Walk {
  readonly schema: GraphQLSchema | null;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly leafTypes: Map<string, string>;
  readonly groupedBy: Map<string, readonly string[]>;
}

const DEPTH_MAX = 20;

export function documentFacts(
  text: string,
  operationName: string | undefined,
  variables: Readonly<Record<string, unknown>>,
  schema: GraphQLSchema | null,
): DocumentFacts {
  const document = parsed(text);
  const operations = document?.definitions.filter(node => node.kind === Kind.OPERATION_DEFINITION) ?? [];
  const operation: OperationDefinitionNode | undefined = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  const fragments = document?.definitions.filter(node => node.kind === Kind.FRAGMENT_DEFINITION) ?? [];
  const walk: Walk = {
    schema,
    variables,
    fragments: new Map(fragments.map(fragment => [fragment.name.value, fragment])),
    leafTypes: new Map(),
    groupedBy: new Map(),
  };
  if (operation) visitSelections(operation.selectionSet, schema?.getRootType(operation.operation) ?? null, [], walk);
  return walk;
}

function parsed(text: string) {
  try {
    return parse(text, { noLocation: true });
  } catch {
    return null;
  }
}

function visitSelections(set: SelectionSetNode, type: GraphQLNamedType | null, path: readonly string[], walk: Walk): void {
  if (path.length > DEPTH_MAX) return;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) visitField(selection, type, path, walk);
    else {
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? walk.fragments.get(selection.name.value) : selection;
      if (!fragment) continue;
      const narrowed = fragment.typeCondition && walk.schema ? typeFromAST(walk.schema, fragment.typeCondition) : undefined;
      visitSelections(fragment.selectionSet, narrowed ?? type, path, walk);
    }
  }
}

function visitField(field: FieldNode, parent: GraphQLNamedType | null, path: readonly string[], walk: Walk): void {
  const here = [...path, field.alias?.value ?? field.name.value];
  const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field.name.value] : undefined;
  const type = definition ? getNamedType(definition.type) : null;
  if (isLeafType(type)) walk.leafTypes.set(here.join('.'), type.name);
  const by = field.arguments?.find(({ name }) => name.value === 'by');
  if (by) {
    const value = valueFromASTUntyped(by.value, walk.variables);
    if (Array.isArray(value)) walk.groupedBy.set(here.join('.'), value.map(String));
  }
  if (field.selectionSet) visitSelections(field.selectionSet, isCompositeType(type) ? type : null, here, walk);
}
