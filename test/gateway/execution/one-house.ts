/**
 * The answer that one house would give if it knew everything. It needs no planner, so it is right where the reference is
 * not; it holds for graphs whose houses agree on the members of each abstract type, and hide nothing.
 */
import { type DocumentNode, type GraphQLSchema, graphql, isObjectType, Kind, parse, type SelectionSetNode } from 'graphql';
import type { Answer } from './answers';
import { fieldValue, isThing, selectionIn, type Thing, withLink } from './small-houses';

export interface OneHouse {
  answer(query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer>;
}

export function openOneHouse(schema: GraphQLSchema, houses: Readonly<Record<string, string>>): OneHouse {
  const requirements = requirementsIn(Object.values(houses).map(sdl => parse(withLink(sdl))));
  const requiredBy = (type: string, field: string) => {
    const own = schema.getType(type);
    const names = isObjectType(own) ? [type, ...own.getInterfaces().map(({ name }) => name)] : [type];
    return names.map(name => requirements.get(`${name}.${field}`)).find(found => found !== undefined);
  };
  const resolve = (owner: Thing, field: string, given: object): unknown => {
    const type = schema.getType(owner.__typename);
    const definition = isObjectType(type) ? type.getFields()[field] : undefined;
    if (!definition) return null;
    const text = Object.keys(given).length > 0 ? JSON.stringify(given) : '';
    const required = requiredBy(owner.__typename, field);
    const known = required ? JSON.stringify(picked(owner, required)) : '';
    return fieldValue(definition.type, { schema, owner, field, text: `${text}${known}` });
  };
  const picked = (owner: Thing, { selections }: SelectionSetNode): unknown =>
    selections.map(node => {
      if (node.kind === Kind.INLINE_FRAGMENT)
        return owner.__typename === node.typeCondition?.name.value ? picked(owner, node.selectionSet) : null;
      return node.kind === Kind.FIELD ? [node.name.value, within(resolve(owner, node.name.value, {}), node.selectionSet)] : null;
    });
  const within = (value: unknown, selections: SelectionSetNode | undefined): unknown => {
    if (Array.isArray(value)) return value.map(item => within(item, selections));
    return selections && isThing(value) ? picked(value, selections) : (value ?? null);
  };
  return {
    async answer(source, variableValues) {
      const result = await graphql({
        schema,
        source,
        variableValues,
        fieldResolver: (of, given, _context, { fieldName, parentType }) =>
          resolve(isThing(of) ? of : { __typename: parentType.name, n: 3 }, fieldName, given),
        typeResolver: value => (isThing(value) ? value.__typename : undefined),
      });
      return { status: 200, body: JSON.parse(JSON.stringify(result)) };
    },
  };
}

function requirementsIn(documents: readonly DocumentNode[]): ReadonlyMap<string, SelectionSetNode> {
  const found = new Map<string, SelectionSetNode>();
  for (const { definitions } of documents) {
    for (const node of definitions) {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
      for (const { name, directives = [] } of node.fields ?? []) {
        const value = directives.find(directive => directive.name.value === 'requires')?.arguments?.[0]?.value;
        const selection = value?.kind === Kind.STRING ? selectionIn(value.value) : undefined;
        if (selection) found.set(`${node.name.value}.${name.value}`, selection);
      }
    }
  }
  return found;
}
