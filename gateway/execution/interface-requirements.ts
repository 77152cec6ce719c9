import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  isInterfaceType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { argumentsOf, selectionsIn } from './join-directives';

/** What a field requires, by `Type.field`. */
type Requirements = ReadonlyMap<string, readonly SelectionNode[]>;

/**
 * A house that knows an interface as one type (`@interfaceObject`) may require fields of it. The native planner tells the
 * house that it will bring them and asks nobody for them; the stock planner does not bring them at all. Where they are
 * selected anyway, plans are right: so they are. The answer is written by the client's document, which does not hold them.
 */
export function interfaceRequirements(supergraph: DocumentNode, schema: GraphQLSchema): (document: DocumentNode) => DocumentNode {
  const requirements = requirementsIn(supergraph, schema);
  if (requirements.size === 0) return same => same;
  return asked => {
    const types = new TypeInfo(schema);
    const leave = (node: SelectionSetNode) => withRequired(node, types.getParentType()?.name ?? '', requirements);
    return visit(asked, visitWithTypeInfo(types, { SelectionSet: { leave } }));
  };
}

function requirementsIn({ definitions }: DocumentNode, schema: GraphQLSchema): Requirements {
  const found = new Map<string, readonly SelectionNode[]>();
  for (const node of definitions) {
    if (node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const graphs = argumentsOf(node.directives, 'join__type').flatMap(given => (given['isInterfaceObject'] === true ? given['graph'] : []));
    const type = schema.getType(node.name.value);
    const members = isInterfaceType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [];
    for (const { name, directives } of node.fields ?? []) {
      const own = argumentsOf(directives, 'join__field').find(given => graphs.includes(given['graph']) && given['requires'] !== undefined);
      const required = own ? selectionsIn(own['requires']) : [];
      if (required.length > 0) for (const member of [node.name.value, ...members]) found.set(`${member}.${name.value}`, required);
    }
  }
  return found;
}

/** What is required may require something in turn. A key that the client uses for another field is left to the client. */
function withRequired(node: SelectionSetNode, type: string, requirements: Requirements): SelectionSetNode | undefined {
  const selections = [...node.selections];
  const keys = new Set(fieldsOf(selections).map(({ alias, name }) => (alias ?? name).value));
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD) continue;
    for (const required of requirements.get(`${type}.${selection.name.value}`) ?? []) {
      const key = required.kind === Kind.FIELD ? required.name.value : '';
      if (key === '' || keys.has(key)) continue;
      keys.add(key);
      // The list grows while it is walked: what was added is looked at as well.
      selections.push(required);
    }
  }
  return selections.length > node.selections.length ? { ...node, selections } : undefined;
}

const fieldsOf = (selections: readonly SelectionNode[]): readonly FieldNode[] => selections.filter(node => node.kind === Kind.FIELD);
