/** Everything a caller can ask of the graph, made from its schema: a field that is added is asked for without anybody remembering to. */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** What to put for an argument or an input field: values written as GraphQL, none where nothing is known. */
export type Fill = (name: string, type: GraphQLNamedType, within: string) => readonly string[];

/** A root field with its arguments filled in, and what may be selected below it. */
export interface Probe {
  readonly field: string;
  readonly call: string;
  readonly type: GraphQLNamedType;
}

/** Every root field with every value of each required argument; optional ones are added where there is something to put. */
export function probesOf(root: GraphQLObjectType, fill: Fill): readonly Probe[] {
  return Object.values(root.getFields()).flatMap(field =>
    argumentsOf(field, fill).map(call => ({ field: field.name, call: `${field.name}${call}`, type: getNamedType(field.type) })),
  );
}

function argumentsOf({ name, args }: GraphQLField<unknown, unknown>, fill: Fill): readonly string[] {
  const choices = args.map(arg => choicesOf(arg, fill, name));
  const combined = choices.reduce<readonly (readonly string[])[]>(
    (sofar, values) => sofar.flatMap(given => values.map(value => (value === '' ? given : [...given, value]))),
    [[]],
  );
  return combined.map(given => (given.length > 0 ? `(${given.join(', ')})` : ''));
}

function choicesOf(arg: GraphQLArgument, fill: Fill, field: string): readonly string[] {
  const values = valuesOf(arg.name, arg.type, fill, field).map(value => `${arg.name}: ${value}`);
  if (!isRequiredArgument(arg)) return ['', ...values];
  if (values.length === 0) throw new Error(`Nobody has said what to put for ${field}(${arg.name}).`);
  return values;
}

function valuesOf(name: string, type: GraphQLInputType, fill: Fill, within: string): readonly string[] {
  if (isNonNullType(type)) return valuesOf(name, type.ofType, fill, within);
  if (isListType(type)) return valuesOf(name, type.ofType, fill, within).map(value => `[${value}]`);
  const given = fill(name, getNamedType(type), within);
  if (given.length > 0) return given;
  if (isEnumType(type)) return [type.getValues()[0]!.name];
  return isInputObjectType(type) ? inputsOf(type, fill) : [];
}

/** One input with all its fields that something is known for; of a choice, each alternative. */
function inputsOf(type: GraphQLNamedType & { getFields(): object; isOneOf?: boolean }, fill: Fill): readonly string[] {
  if (!isInputObjectType(type)) return [];
  const fields = Object.values(type.getFields()).map(field => ({
    field,
    values: valuesOf(field.name, field.type, fill, type.name).map(value => `${field.name}: ${value}`),
  }));
  if (type.isOneOf) return fields.flatMap(({ values }) => values.map(value => `{ ${value} }`));
  const missing = fields.find(({ field, values }) => isNonNullType(field.type) && field.defaultValue === undefined && values.length === 0);
  if (missing) throw new Error(`Nobody has said what to put for ${type.name}.${missing.field.name}.`);
  const variants = Math.max(1, ...fields.map(({ values }) => values.length));
  return Array.from({ length: variants }, (_, at) => `{ ${fields.flatMap(({ values }) => values[at % values.length] ?? []).join(', ')} }`);
}

/** All leaf fields of a type down to a depth, through whatever needs no argument. Pages are kept short. */
export function selectionOf(type: GraphQLNamedType, depth: number): string {
  if (!isObjectType(type)) return isLeafType(type) ? '' : '{ __typename }';
  const fields = Object.values(type.getFields()).filter(field => !field.args.some(isRequiredArgument));
  const leaves = fields.filter(isLeaf).map(field => field.name);
  const others = depth > 1 ? fields.filter(field => !isLeaf(field)) : [];
  const below = others.map(field => `${field.name}${page(field)} ${selectionOf(getNamedType(field.type), depth - 1)}`);
  return `{ ${['__typename', ...leaves, ...below].join(' ')} }`;
}

const isLeaf = ({ type }: GraphQLField<unknown, unknown>): boolean => isLeafType(getNamedType(type));

const page = ({ args }: GraphQLField<unknown, unknown>): string => {
  const bound = args.find(arg => arg.name === 'first' || arg.name === 'last');
  return bound ? `(${bound.name}: 3)` : '';
};

/** A probe of an abstract type, as one for each type that it may answer: asked together, their fields would clash. */
const concrete = (schema: GraphQLSchema, { call, type, field }: Probe): readonly Concrete[] =>
  isAbstractType(type)
    ? schema
        .getPossibleTypes(type)
        .map(found => ({ field, call, type: found, within: (selection: string) => `{ __typename ... on ${found.name} ${selection} }` }))
    : [{ field, call, type, within: selection => selection }];

interface Concrete extends Probe {
  readonly within: (selection: string) => string;
}

/** For each part of what a probe answers a document of its own, so that none asks for more than the gateway allows. */
export const deepDocuments = (schema: GraphQLSchema, probe: Probe, depth: number): readonly string[] =>
  concrete(schema, probe).flatMap(({ call, type, within }) =>
    [selectionOf(type, 1), ...partsOf(type, depth)].map(selection => `query { ${call} ${within(selection)} }`),
  );

function partsOf(type: GraphQLNamedType, depth: number): readonly string[] {
  if (!isObjectType(type) || depth <= 1) return [];
  const parts = Object.values(type.getFields()).filter(field => !isLeaf(field) && !field.args.some(isRequiredArgument));
  return parts.map(field => `{ ${field.name}${page(field)} ${selectionOf(getNamedType(field.type), depth - 1)} }`);
}

/** Many probes in one document each, with the leaves of what they answer. */
export function shallowDocuments(schema: GraphQLSchema, probes: readonly Probe[], rootFields: number): readonly string[] {
  const texts = probes
    .flatMap(probe => concrete(schema, probe))
    .map(({ call, type, within }, at) => `p${at}: ${call} ${within(selectionOf(type, 1))}`);
  return Array.from({ length: Math.ceil(texts.length / rootFields) }, (_, at) =>
    ['query {', ...texts.slice(at * rootFields, (at + 1) * rootFields), '}'].join(' '),
  );
}
