import {
  type ConstDirectiveNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  parse,
  parseType,
} from 'graphql';
import { PLAIN_RESOLVER } from './plain-resolver';

const LIST_SIZE = directiveFrom(
  '@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)',
);

/** Everything in a schema that does not say what it is: types, fields, arguments, enum values and input fields. */
export function undescribed(schema: GraphQLSchema): readonly string[] {
  return ownTypes(schema).flatMap(type => [...(type.description ? [] : [type.name]), ...silentMembers(type)]);
}

/** Tells a query's price before it runs: a connection costs what `first` says. No resolver has to remember it. */
export function priceLists(schema: GraphQLSchema): void {
  for (const field of outputFields(schema)) {
    const isPaged = getNamedType(field.type).name.endsWith('Connection') && field.args.some(argument => argument.name === 'first');
    if (isPaged && !field.astNode?.directives?.some(directive => directive.name.value === 'listSize')) addDirective(field, LIST_SIZE);
  }
}

/** Gives the fields marked `@Computed` their bare resolver. */
export function applyComputedFields(schema: GraphQLSchema): void {
  for (const field of outputFields(schema)) {
    const compute = (field.extensions as Record<string, unknown>)[PLAIN_RESOLVER];
    if (typeof compute === 'function') field.resolve = source => compute(source);
  }
}

/** The root types are made by the schema builder, which gives them no description. */
export function describeRoots(schema: GraphQLSchema): void {
  const query = schema.getQueryType();
  if (query) query.description = 'Everything that can be asked.';
  const mutation = schema.getMutationType();
  if (mutation) mutation.description = 'Everything that can be done. One use case each.';
}

function silentMembers(type: GraphQLNamedType): readonly string[] {
  if (isEnumType(type)) return type.getValues().flatMap(value => (value.description ? [] : [`${type.name}.${value.name}`]));
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap(field => {
    const name = `${type.name}.${field.name}`;
    const given: readonly GraphQLArgument[] = 'args' in field ? field.args : [];
    const silent = given.filter(argument => !argument.description).map(argument => `${name}(${argument.name}:)`);
    return [...(field.description ? [] : [name]), ...silent];
  });
}

function addDirective(field: GraphQLField<unknown, unknown>, directive: ConstDirectiveNode): void {
  const node = field.astNode ?? {
    kind: Kind.FIELD_DEFINITION,
    name: { kind: Kind.NAME, value: field.name },
    type: parseType(String(field.type)),
  };
  field.astNode = { ...node, directives: [...(node.directives ?? []), directive] };
}

const outputFields = (schema: GraphQLSchema): readonly GraphQLField<unknown, unknown>[] =>
  ownTypes(schema).flatMap(type => (isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : []));

const ownTypes = (schema: GraphQLSchema): readonly GraphQLNamedType[] =>
  Object.values(schema.getTypeMap()).filter(type => !isIntrospectionType(type) && !isSpecifiedScalarType(type));

function directiveFrom(text: string): ConstDirectiveNode {
  const [definition] = parse(`scalar Carrier ${text}`).definitions;
  const directive = definition?.kind === Kind.SCALAR_TYPE_DEFINITION ? definition.directives?.[0] : undefined;
  if (!directive) throw new Error(`"${text}" is no directive.`);
  return directive;
}
