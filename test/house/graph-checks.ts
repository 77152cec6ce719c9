/** The rules of the graph's style: how each is found in the houses' schemas, and a canary that breaks it. */
import {
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type InputObjectTypeDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  print,
  type TypeNode,
} from 'graphql';

export type Houses = Readonly<Record<string, DocumentNode>>;

export interface GraphCheck {
  readonly rule: string;
  /** `guarded` names the fields that a rule may deny; a denied field has to be able to be missing. */
  readonly find: (houses: Houses, guarded: ReadonlySet<string>) => readonly string[];
  /** SDL of one or two houses that breaks the rule. */
  readonly canary: Readonly<Record<string, string>>;
}

/** Where the suffix is part of the word that the trade uses. */
const TYPES_OF_THE_TRADE: readonly string[] = ['DealType', 'OrderType'];

interface Output {
  readonly house: string;
  readonly type: ObjectTypeDefinitionNode;
  readonly field: FieldDefinitionNode;
}

interface Input {
  readonly house: string;
  readonly at: string;
  readonly value: InputValueDefinitionNode;
}

export const named = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type));
export const isNonNull = (type: TypeNode): boolean => type.kind === Kind.NON_NULL_TYPE;
const bare = (type: TypeNode): TypeNode => (type.kind === Kind.NON_NULL_TYPE ? type.type : type);
export const isList = (type: TypeNode): boolean => bare(type).kind === Kind.LIST_TYPE;
export const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

export const typesOf = (document: DocumentNode): readonly ObjectTypeDefinitionNode[] =>
  document.definitions.filter(definition => definition.kind === Kind.OBJECT_TYPE_DEFINITION);
const inputsOf = (document: DocumentNode): readonly InputObjectTypeDefinitionNode[] =>
  document.definitions.filter(definition => definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION);
const enumsOf = (document: DocumentNode): readonly EnumTypeDefinitionNode[] =>
  document.definitions.filter(definition => definition.kind === Kind.ENUM_TYPE_DEFINITION);

/** Every output field of every house. */
export const outputs = (houses: Houses): readonly Output[] =>
  Object.entries(houses).flatMap(([house, document]) =>
    typesOf(document).flatMap(type => (type.fields ?? []).map(field => ({ house, type, field }))),
  );

/** Every argument and every input field of every house. */
export const inputs = (houses: Houses): readonly Input[] => [
  ...outputs(houses).flatMap(({ house, type, field }) =>
    (field.arguments ?? []).map(value => ({ house, at: `${type.name.value}.${field.name.value}(${value.name.value}:)`, value })),
  ),
  ...Object.entries(houses).flatMap(([house, document]) =>
    inputsOf(document).flatMap(type => (type.fields ?? []).map(value => ({ house, at: `${type.name.value}.${value.name.value}`, value }))),
  ),
];

export const inputType = (houses: Houses, house: string, name: string): InputObjectTypeDefinitionNode | undefined =>
  houses[house] && inputsOf(houses[house]).find(type => type.name.value === name);

export const keysOf = (type: ObjectTypeDefinitionNode): readonly string[] =>
  (type.directives ?? [])
    .filter(directive => directive.name.value === 'key')
    .map(directive => directive.arguments?.find(argument => argument.name.value === 'fields')?.value)
    .map(value => (value?.kind === Kind.STRING ? value.value : ''));

export const say = ({ house, type, field }: Output, what: string): string => `${house}: ${type.name.value}.${field.name.value}: ${what}`;

/** The house that owns an entity: the one that promises a value beyond the key. Others only add what may be missing. */
export function ownersOf(houses: Houses, entity: string): readonly string[] {
  const promising = outputs(houses).filter(
    ({ type, field }) =>
      type.name.value === entity && isNonNull(field.type) && !keysOf(type).some(key => key.split(/\W+/).includes(field.name.value)),
  );
  return [...new Set(promising.map(({ house }) => house))];
}

/** True for a type that only this house answers; what it adds to a neighbour's entity is not. */
const isOwn = (houses: Houses, house: string, type: ObjectTypeDefinitionNode): boolean =>
  keysOf(type).length === 0 || ownersOf(houses, type.name.value).includes(house);

const undescribed = (houses: Houses): readonly string[] =>
  Object.entries(houses).flatMap(([house, document]) =>
    document.definitions.flatMap(definition => {
      if (!('name' in definition) || !definition.name || definition.kind === Kind.DIRECTIVE_DEFINITION) return [];
      if (!('description' in definition) || ['Query', 'Mutation'].includes(definition.name.value)) return [];
      return definition.description ? [] : [`${house}: ${definition.name.value} has no description`];
    }),
  );

export const checks: readonly GraphCheck[] = [
  {
    rule: 'every type, field, argument, enum value and input field has a description',
    find: houses => [
      ...undescribed(houses),
      ...outputs(houses).flatMap(output => (output.field.description ? [] : [say(output, 'no description')])),
      ...inputs(houses).flatMap(({ house, at, value }) => (value.description ? [] : [`${house}: ${at} has no description`])),
      ...Object.entries(houses).flatMap(([house, document]) =>
        enumsOf(document).flatMap(type =>
          (type.values ?? []).flatMap(value =>
            value.description ? [] : [`${house}: ${type.name.value}.${value.name.value} has no description`],
          ),
        ),
      ),
    ],
    canary: { orders: '"An order." type Order { id: ID! }' },
  },
  {
    rule: 'types are PascalCase without a suffix, fields camelCase without get, enum values UPPER_CASE',
    find: houses =>
      Object.entries(houses).flatMap(([house, document]) => [
        ...[...typesOf(document), ...enumsOf(document), ...inputsOf(document)]
          .filter(
            ({ name }) =>
              !/^[A-Z][A-Za-z0-9]*$/.test(name.value) || (/(Type|Enum)$/.test(name.value) && !TYPES_OF_THE_TRADE.includes(name.value)),
          )
          .map(({ name }) => `${house}: ${name.value}`),
        ...outputs({ [house]: document })
          .filter(({ field }) => !/^[a-z][A-Za-z0-9]*$/.test(field.name.value) || /^get[A-Z]/.test(field.name.value))
          .map(output => say(output, 'rename it')),
        ...enumsOf(document).flatMap(type =>
          (type.values ?? [])
            .filter(({ name }) => !/^[A-Z][A-Z0-9_]*$/.test(name.value))
            .map(({ name }) => `${house}: ${type.name.value}.${name.value}`),
        ),
      ]),
    canary: { orders: 'enum OrderStateEnum { draft }' },
  },
  {
    rule: 'a Boolean reads as a question: isX, hasX, canX',
    find: houses =>
      outputs(houses)
        .filter(({ type, field }) => named(field.type) === 'Boolean' && `${type.name.value}.${field.name.value}` !== 'UserError.retryable')
        .filter(({ field }) => !/^(is|has|can)[A-Z]/.test(field.name.value))
        .map(output => say(output, 'name it isX, hasX or canX')),
    canary: { orders: 'type Order { paid: Boolean! }' },
  },
  {
    rule: 'moments end in At, days in On',
    find: houses =>
      outputs(houses).flatMap(output => {
        const name = output.field.name.value;
        const type = named(output.field.type);
        if (type === 'DateTime' && !/At$|^(at|since|asOf)$/.test(name)) return [say(output, 'a moment ends in At')];
        if (type === 'Date' && !/(On|Until)$|^(on|month|asOf)$/.test(name)) return [say(output, 'a day ends in On')];
        return [];
      }),
    canary: { orders: 'type Order { placed: DateTime }' },
  },
  {
    rule: 'an entity is identified by `id: ID!` first, and outputs refer to objects, not to their ids',
    find: houses =>
      Object.values(houses)
        .flatMap(typesOf)
        .filter(type => keysOf(type).length > 0 && keysOf(type)[0] !== 'id')
        .map(type => `${type.name.value}: its first key is not id`)
        .concat(
          outputs(houses)
            .filter(({ field }) => named(field.type) === 'ID' && /[a-z]Ids?$/.test(field.name.value))
            .map(output => say(output, 'answer the object itself')),
        ),
    canary: { orders: 'type Order { customerId: ID! }' },
  },
  {
    rule: 'money is Money, never a Float, and nothing is loose JSON',
    find: houses => [
      ...outputs(houses)
        .filter(({ field }) => ['Float', 'JSON', 'JSONObject'].includes(named(field.type)))
        .map(output => say(output, `${named(output.field.type)} is not exact; use Money, Decimal or a type`)),
      ...inputs(houses)
        .filter(({ value }) => ['Float', 'JSON', 'JSONObject'].includes(named(value.type)))
        .map(({ house, at }) => `${house}: ${at}: use MoneyInput, Decimal or a type`),
    ],
    canary: { orders: 'type Order { total: Float! }' },
  },
  {
    rule: 'a deprecation says what to use instead and when the field goes',
    find: houses =>
      outputs(houses).flatMap(output => {
        const deprecated = output.field.directives?.find(directive => directive.name.value === 'deprecated');
        if (!deprecated) return [];
        return /Use .+ Removal on \d{4}-\d\d-\d\d UTC\./.test(print(deprecated))
          ? []
          : [say(output, 'write: Use `x`. Removal on 2027-07-01 UTC.')];
      }),
    canary: { orders: 'type Order { state: String @deprecated(reason: "old") }' },
  },
  {
    rule: 'lists are [T!]!; only what may be denied or declined, and what is added to a neighbour, may be missing as a whole',
    find: (houses, guarded) =>
      outputs(houses)
        .filter(({ field }) => isList(field.type) && !/^_/.test(field.name.value))
        .filter(({ house, type, field }) => {
          const mayBeMissing =
            guarded.has(`${type.name.value}.${field.name.value}`) ||
            /(^Query|Payload)$/.test(type.name.value) ||
            !isOwn(houses, house, type);
          return !(mayBeMissing ? /^\[\w+!\]!?$/ : /^\[\w+!\]!$/).test(print(field.type));
        })
        .map(output => say(output, `${print(output.field.type)} should be [${named(output.field.type)}!]!`)),
    canary: { orders: 'type Page { notes: [String] }' },
  },
  {
    rule: "what a house adds to a neighbour's entity, and what leads to one, may be missing",
    find: houses => [
      ...Object.values(houses)
        .flatMap(typesOf)
        .filter(type => keysOf(type).length > 0)
        .map(type => ({ name: type.name.value, owners: ownersOf(houses, type.name.value) }))
        .filter(({ owners }) => owners.length > 1)
        .map(
          ({ name, owners }) =>
            `${name}: ${owners.join(' and ')} both promise it a value; the one that does not own it answers null when it is down`,
        ),
      ...outputs(houses)
        .filter(({ house, field }) => {
          const owners = ownersOf(houses, named(field.type));
          return owners.length === 1 && !owners.includes(house) && isNonNull(field.type) && !isList(field.type);
        })
        .map(output => say(output, `make it nullable: ${named(output.field.type)} belongs to another house`)),
    ],
    canary: {
      orders: 'type Order @key(fields: "id") { id: ID! number: String! }',
      billing: 'type Invoice { order: Order! } type Order @key(fields: "id") { id: ID! }',
    },
  },
  {
    rule: 'root fields are nullable, except lists and connections',
    find: houses =>
      outputs(houses)
        .filter(({ type, field }) => ['Query', 'Mutation'].includes(type.name.value) && !/^_/.test(field.name.value))
        .filter(({ field }) => isNonNull(field.type) && !isList(field.type) && !/Connection$/.test(named(field.type)))
        .map(output => say(output, 'make it nullable')),
    canary: { orders: 'type Query { order(id: ID!): Order! } type Order { id: ID! }' },
  },
];
