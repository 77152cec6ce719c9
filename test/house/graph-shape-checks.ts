/** The shapes that clients rely on: mutations and their payloads, connections, and the value types every house shares. */
import { type ObjectTypeDefinitionNode, print } from 'graphql';
import { type GraphCheck, type Houses, inputType, isNonNull, keysOf, named, outputs, say, typesOf, upperFirst } from './graph-checks';

/** Mutations that are idempotent by what they say, and need no key. */
const NATURALLY_IDEMPOTENT: readonly string[] = ['reportSeatUsage'];

/** Types that come from the kernel and are the same in every house. `UserErrorCode` grows by house. */
const SHARED = [
  'Money',
  'Address',
  'Period',
  'PageInfo',
  'UserError',
  'MoneyInput',
  'AddressInput',
  'DateTime',
  'Date',
  'Decimal',
  'CurrencyCode',
  'EmailAddress',
  'CountryCode',
  'URL',
];

const typeIn = (houses: Houses, house: string, name: string): ObjectTypeDefinitionNode | undefined =>
  houses[house] && typesOf(houses[house]).find(type => type.name.value === name);

const fieldType = (type: ObjectTypeDefinitionNode | undefined, name: string): string | null => {
  const field = type?.fields?.find(candidate => candidate.name.value === name);
  return field ? print(field.type) : null;
};

const mutations = (houses: Houses) => outputs(houses).filter(({ type }) => type.name.value === 'Mutation');

export const shapeChecks: readonly GraphCheck[] = [
  {
    rule: 'a field that may be denied may be missing, so that a denial takes nothing else with it',
    find: (houses, guarded) =>
      outputs(houses)
        .filter(({ type, field }) => guarded.has(`${type.name.value}.${field.name.value}`) && isNonNull(field.type))
        .map(output => say(output, 'make it nullable, or open')),
    canary: { orders: 'type Order { guarded: String! }' },
  },
  {
    rule: 'a mutation takes one input of its name, and answers a payload of its name',
    find: houses =>
      mutations(houses).flatMap(output => {
        const name = upperFirst(output.field.name.value);
        const args = (output.field.arguments ?? []).map(argument => `${argument.name.value}: ${print(argument.type)}`);
        return [
          ...(args.join() === `input: ${name}Input!` ? [] : [say(output, `it takes (${args.join(', ')}), not (input: ${name}Input!)`)]),
          ...(print(output.field.type) === `${name}Payload`
            ? []
            : [say(output, `it answers ${print(output.field.type)}, not ${name}Payload`)]),
        ];
      }),
    canary: { orders: 'type Mutation { placeOrder(id: ID!): Order }' },
  },
  {
    rule: 'a payload has user errors and a correlation id, and everything else in it may be missing',
    find: houses =>
      mutations(houses).flatMap(output => {
        const payload = typeIn(houses, output.house, named(output.field.type));
        const promised = (payload?.fields ?? []).filter(
          field => isNonNull(field.type) && !['userErrors', 'correlationId'].includes(field.name.value),
        );
        return [
          ...(fieldType(payload, 'userErrors') === '[UserError!]!' ? [] : [say(output, 'its payload lacks userErrors: [UserError!]!')]),
          ...(fieldType(payload, 'correlationId') === 'String!' ? [] : [say(output, 'its payload lacks correlationId: String!')]),
          ...promised.map(field => say(output, `a refusal has no ${field.name.value}; make it nullable`)),
        ];
      }),
    canary: { orders: 'type Mutation { placeOrder: PlaceOrderPayload } type PlaceOrderPayload { order: String! }' },
  },
  {
    rule: 'a mutation takes an idempotency key, and its dry run is off by default',
    find: houses =>
      mutations(houses).flatMap(output => {
        const input = inputType(houses, output.house, `${upperFirst(output.field.name.value)}Input`);
        const key = input?.fields?.find(field => field.name.value === 'idempotencyKey');
        const dryRun = input?.fields?.find(field => field.name.value === 'dryRun');
        return [
          ...((key && print(key.type) === 'String!') || NATURALLY_IDEMPOTENT.includes(output.field.name.value)
            ? []
            : [say(output, 'its input lacks idempotencyKey: String!')]),
          ...(!dryRun || (dryRun.defaultValue && print(dryRun.defaultValue) === 'false') ? [] : [say(output, 'dryRun is Boolean = false')]),
        ];
      }),
    canary: { orders: 'type Mutation { placeOrder(input: PlaceOrderInput!): String } input PlaceOrderInput { dryRun: Boolean }' },
  },
  {
    rule: 'a connection has edges, nodes, pageInfo and a total that may be missing',
    find: houses =>
      Object.entries(houses).flatMap(([house, document]) =>
        typesOf(document)
          .filter(type => /Connection$/.test(type.name.value))
          .filter(type => {
            const name = type.name.value.replace(/Connection$/, '');
            return !(
              fieldType(type, 'edges') === `[${name}Edge!]!` &&
              /^\[\w+!\]!$/.test(fieldType(type, 'nodes') ?? '') &&
              fieldType(type, 'pageInfo') === 'PageInfo!' &&
              fieldType(type, 'totalCount') === 'Int'
            );
          })
          .map(type => `${house}: ${type.name.value} is no connection as the others are`),
      ),
    canary: { orders: 'type OrderConnection { nodes: [String!]! totalCount: Int! }' },
  },
  {
    rule: 'a connection is asked for page by page, 20 unless said otherwise, at a price that can be told before',
    find: houses =>
      outputs(houses)
        .filter(({ field }) => /Connection$/.test(named(field.type)))
        .filter(({ field }) => {
          const args = (field.arguments ?? []).map(
            argument =>
              `${argument.name.value}: ${print(argument.type)}${argument.defaultValue ? ` = ${print(argument.defaultValue)}` : ''}`,
          );
          const isPriced = field.directives?.some(directive => directive.name.value === 'listSize');
          return !(args.includes('first: Int! = 20') || args.includes('first: Int = 20')) || !args.includes('after: String') || !isPriced;
        })
        .map(output => say(output, 'it takes first: Int = 20 and after: String, and carries @listSize')),
    canary: { orders: 'type Query { orders: OrderConnection! }' },
  },
  {
    rule: 'the value types of the kernel are the same in every house',
    find: houses =>
      SHARED.flatMap(name => {
        const printed = Object.values(houses).flatMap(document =>
          document.definitions.filter(definition => 'name' in definition && definition.name?.value === name).map(print),
        );
        return new Set(printed).size > 1 ? [`${name} is not the same in every house`] : [];
      }),
    canary: { orders: 'type Money { amount: String! }', billing: 'type Money { amount: Int! }' },
  },
  {
    rule: 'an entity is a Node in the house that owns it',
    find: houses =>
      outputs(houses)
        .filter(({ type, field }) => keysOf(type).includes('id') && field.name.value === 'id' && print(field.type) !== 'ID!')
        .map(output => say(output, 'its id is not ID!')),
    canary: { orders: 'type Order @key(fields: "id") { id: String }' },
  },
];
