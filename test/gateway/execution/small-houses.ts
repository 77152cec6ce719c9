/**
 * Houses without code: every value follows from the type, the number of the object and the field. Two houses that know the
 * same field therefore say the same, as federation demands, and any executor must come to the same answer.
 */
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  graphql,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  parse,
  type SelectionSetNode,
} from 'graphql';

const NUMBERS = 12;

export interface Thing {
  readonly __typename: string;
  readonly n: number;
  /** What came in a representation: the fields that a house requires of others. */
  readonly [field: string]: unknown;
}

export const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && 'n' in value;

/** A small number that follows from a text, the same on every run. */
function hashOf(text: string): number {
  let hash = 7;
  for (let at = 0; at < text.length; at += 1) hash = (hash * 31 + text.charCodeAt(at)) % 1_000_003;
  return hash;
}

export interface SmallHouse {
  /** Answers a subrequest's body. */
  answer(body: string): Promise<string>;
}

export function openSmallHouse(sdl: string): SmallHouse {
  const typeDefs = parse(withLink(sdl));
  const keysByType = keysIn(typeDefs);
  const resolvers: Record<string, object> = {};
  // biome-ignore lint/suspicious/noExplicitAny: the package types its resolvers by a schema that is not known here
  const schema = buildSubgraphSchema([{ typeDefs, resolvers } as any]);
  const withReferences = typesOf(schema, keysByType);
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const resolving = buildSubgraphSchema([{ typeDefs, resolvers: withReferences } as any]);
  const order: number[] = [];
  return {
    async answer(body) {
      const { query, variables } = JSON.parse(body);
      const result = await graphql({
        schema: resolving,
        source: query,
        variableValues: variables,
        rootValue: { __typename: 'Query', n: 3 },
        contextValue: { order },
        fieldResolver: resolveField(resolving),
        typeResolver: value => (isThing(value) ? value.__typename : undefined),
      });
      return JSON.stringify(result);
    },
  };
}

export const withLink = (sdl: string): string => `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@external", "@requires", "@provides",
    "@shareable", "@override", "@inaccessible", "@interfaceObject", "@tag", "@extends"])
  ${sdl}`;

/** The first field of each key of each type; a nested key begins with an object. */
function keysIn(document: DocumentNode): Map<string, string[]> {
  const keys = new Map<string, string[]>();
  for (const node of document.definitions) {
    if (!('name' in node) || !node.name || !('directives' in node)) continue;
    for (const { name, arguments: given } of node.directives ?? []) {
      const fields = given?.find(argument => argument.name.value === 'fields')?.value;
      if (name.value !== 'key' || fields?.kind !== 'StringValue') continue;
      keys.set(node.name.value, [...(keys.get(node.name.value) ?? []), /\w+/.exec(fields.value)?.[0] ?? '']);
    }
  }
  return keys;
}

function typesOf(schema: GraphQLSchema, keysByType: ReadonlyMap<string, readonly string[]>): Record<string, object> {
  const resolvers: Record<string, object> = {};
  for (const [name, keys] of keysByType) {
    const type = schema.getType(name);
    const resolveReference = (reference: Record<string, unknown>) => {
      const key = keys.map(field => reference[field]).find(value => value !== undefined && value !== null);
      const n = /\d+/.exec(JSON.stringify(key) ?? '')?.[0];
      if (n === undefined || Number(n) >= 100) return null;
      const typename = isAbstractType(type) ? memberAt(schema, name, Number(n)) : name;
      return { ...reference, __typename: typename, n: Number(n) };
    };
    const resolveType = (value: Thing) => value.__typename;
    resolvers[name] = { __resolveReference: resolveReference, ...(isInterfaceType(type) && { __resolveType: resolveType }) };
  }
  return resolvers;
}

/** Which type an object of an interface or a union has: all houses that know the same members say the same. */
function memberAt(schema: GraphQLSchema, name: string, n: number): string {
  const type = schema.getType(name);
  if (!isAbstractType(type)) throw new Error(`${name} has no members.`);
  const members = schema
    .getPossibleTypes(type)
    .map(member => member.name)
    .sort();
  return members[n % members.length] ?? '';
}

function resolveField(schema: GraphQLSchema): GraphQLFieldResolver<unknown, { order: number[] }> {
  return (source, given, context, info) => {
    const owner: Thing = isThing(source) ? source : { __typename: info.parentType.name, n: 0 };
    const isMutation = info.parentType === schema.getMutationType();
    if (isMutation) context.order.push(1);
    const text = Object.keys(given).length > 0 ? JSON.stringify(given) : '';
    const directives = info.parentType.getFields()[info.fieldName]?.astNode?.directives ?? [];
    const required = directives.find(({ name }) => name.value === 'requires')?.arguments?.[0]?.value;
    if (required?.kind === 'StringValue') {
      const known = JSON.stringify(pick(owner, selectionIn(required.value)));
      return fieldValue(info.returnType, { schema, owner, field: info.fieldName, text: `${text}${known}` });
    }
    if (owner[info.fieldName] !== undefined && !isMutation) return revive(owner[info.fieldName]);
    return fieldValue(info.returnType, { schema, owner, field: info.fieldName, text });
  };
}

export function selectionIn(fields: string): SelectionSetNode | undefined {
  const [first] = parse(`{ ${fields} }`).definitions;
  return first?.kind === 'OperationDefinition' ? first.selectionSet : undefined;
}

/** Only what a field requires, in the order of its directive: planners send more, each its own. */
function pick(value: unknown, selections: SelectionSetNode | undefined): unknown {
  if (Array.isArray(value)) return value.map(item => pick(item, selections));
  if (!selections || typeof value !== 'object' || value === null) return value ?? null;
  const known = new Map(Object.entries(value));
  return selections.selections.map(node => {
    if (node.kind === 'Field') return [node.name.value, pick(known.get(node.name.value), node.selectionSet)];
    if (node.kind !== 'InlineFragment') return null;
    return known.get('__typename') === node.typeCondition?.name.value ? pick(value, node.selectionSet) : null;
  });
}

/** What stands in a representation may be an object, with a type and maybe a key. */
const revive = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return { n: Number(/\d+/.exec(JSON.stringify(value))?.[0] ?? 0), ...value };
};

export interface Asked {
  readonly schema: GraphQLSchema;
  readonly owner: Thing;
  readonly field: string;
  readonly text: string;
}

export function fieldValue(type: GraphQLOutputType, asked: Asked): unknown {
  const { schema, owner, field, text } = asked;
  if (isNonNullType(type))
    return fieldValue(type.ofType, { ...asked, field: `${field}!` }) ?? fieldValue(type.ofType, { ...asked, field: `${field}!!` });
  const name = field.replaceAll('!', '');
  const isSure = field.endsWith('!');
  const hash = hashOf(`${name} ${owner.n} ${text}`);
  // Keys are never null; other fields are now and then.
  if (!isSure && hash % 7 === 0 && !/^(id|sku|upc|email|node|root|all)/.test(name)) return null;
  if (isListType(type)) {
    const items = Array.from({ length: (hash % 3) + 1 }, (_, at) => ({ ...owner, n: (owner.n + at * 5) % NUMBERS }));
    return items.map(item => fieldValue(type.ofType, { ...asked, owner: item, field: `${name}!` }));
  }
  const named = getNamedType(type);
  if (isEnumType(named)) {
    const values = named
      .getValues()
      .map(value => value.name)
      .sort();
    return values[hash % values.length];
  }
  if (isScalarType(named)) return scalarOf(named.name, `${name}-${owner.n}${text === '' ? '' : `-${hash}`}`, hash);
  const n = (owner.n * 5 + hashOf(name)) % NUMBERS;
  return {
    __typename: isAbstractType(named) ? memberAt(schema, named.name, n) : named.name,
    n: isObjectType(named) ? aligned(schema, named.name, n) : n,
  };
}

/** An object of a type keeps to the numbers that its interface gives that type, so that both ways lead to the same one. */
function aligned(schema: GraphQLSchema, name: string, n: number): number {
  const type = schema.getType(name);
  if (!isObjectType(type)) return n;
  const [first] = type.getInterfaces();
  if (!first) return n;
  const members = schema
    .getPossibleTypes(first)
    .map(member => member.name)
    .sort();
  return (n - (n % members.length) + members.indexOf(name)) % (NUMBERS + members.length);
}

function scalarOf(name: string, text: string, hash: number): unknown {
  if (name === 'Int') return hash % 100;
  if (name === 'Float') return (hash % 1000) / 8;
  if (name === 'Boolean') return hash % 2 === 0;
  if (name === 'JSON') return { hash, list: [text, null], 'odd "key"': true };
  return text;
}
