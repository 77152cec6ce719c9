import { readFileSync } from 'node:fs';
import { getIntrospectionQuery, getOperationAST, Kind, parse, print } from 'graphql';
import { budgetOf } from '../../gateway/cost/budget';
import { costOf } from '../../gateway/cost/cost-of';
import { ASSUMED_LENGTH, pricesIn } from '../../gateway/cost/prices';
import { anonymous } from '../../kernel/auth/viewer';
import { openPlatform, type Platform } from './platform';

const prices = pricesIn(`
  schema { query: Query mutation: Mutation }
  directive @cost(weight: Int!) on FIELD_DEFINITION | OBJECT | ENUM | SCALAR | ARGUMENT_DEFINITION
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean) on FIELD_DEFINITION
  type Query {
    shop: Shop
    shops: [Shop!]! @listSize(assumedSize: 3)
    page(first: Int! = 20, after: String): Shops @listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)
    report(deep: Boolean @cost(weight: 50)): String @cost(weight: 7)
    either: Either
  }
  type Mutation { open(name: String): Shop }
  interface Either { name: String }
  type Shops { nodes: [Shop!]! edges: [Edge!]! total: Int }
  type Edge { node: Shop }
  type Shop implements Either { name: String tags: [String!]! floors: [Floor!]! page(first: Int = 5): Shops @listSize(slicingArguments: ["first"], sizedFields: ["nodes"]) }
  type Floor @cost(weight: 2) { level: Level }
  enum Level @cost(weight: 1) { UP DOWN }
`);

function cost(text: string, variables = {}) {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return costOf(document, operation, operation.operation === 'query' ? 'Query' : 'Mutation', prices)(variables);
}

const INTROSPECTION = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true, oneOf: true });

/** The same question about the schema, so many times in one document. */
function introspections(times: number): string {
  const document = parse(INTROSPECTION);
  const definitions = document.definitions.map(node => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return node;
    const [field] = node.selectionSet.selections;
    if (field?.kind !== Kind.FIELD) throw new Error('no field');
    const selections = Array.from({ length: times }, (_, n) => ({ ...field, alias: { kind: Kind.NAME, value: `s${n}` } as const }));
    return { ...node, selectionSet: { ...node.selectionSet, selections } };
  });
  return print({ ...document, definitions });
}

test.each<[string, string, number]>([
  ['an object', '{ shop { name } }', 1],
  ['values alone', '{ __typename }', 0],
  ['a list that says how long it is', '{ shops { name } }', 3],
  ['a list that says nothing', '{ shop { floors { __typename } } }', 1 + ASSUMED_LENGTH * 2],
  ['a list of values', '{ shop { tags } }', 1],
  ['an enum with a price', '{ shop { floors { level } } }', 1 + ASSUMED_LENGTH * 3],
  ['a page as it is by default', '{ page { nodes { name } } }', 1 + 20],
  ['a page of a size', '{ page(first: 7) { nodes { name } total } }', 1 + 7],
  ['a page with edges', '{ page(first: 7) { edges { node { name } } } }', 1 + 7 * 2],
  [
    'pages in pages',
    '{ page(first: 10) { nodes { page(first: 10) { nodes { page(first: 10) { nodes { name } } } } } } }',
    1 + 10 * (2 + 10 * (2 + 10)),
  ],
  ['a field and an argument with a price', '{ report(deep: true) }', 57],
  ['aliases', '{ a: shop { name } b: shop { name } }', 2],
  [
    'fragments',
    '{ ...A either { ...B ... on Shop { floors { __typename } } } } fragment A on Query { shop { name } } fragment B on Either { name }',
    2 + 20,
  ],
  ['a change', 'mutation { open { name } }', 10],
  ['a word about the schema', '{ __schema { queryType { name } } }', 1],
  // 1 + 100 types × (a name, and 1 + 5 fields × (a name and a type with a name)), a tenth of it
  ['much about the schema', '{ __schema { types { name fields { name type { name } } } } }', Math.ceil((1 + 100 * (1 + 1 + 5 * 3)) / 10)],
  ['what the schema does not know', '{ nothing { at { all } } }', 0],
])('%s has its price', (_, text, expected) => {
  expect(cost(text)).toBe(expected);
});

test('a page size in a variable is priced each time', () => {
  const text = 'query($n: Int = 4) { page(first: $n) { nodes { page(first: $n) { nodes { name } } } } }';
  expect([cost(text), cost(text, { n: 2 }), cost(text, { n: null }), cost(text, { n: 'x' })]).toEqual([1 + 4 * 6, 1 + 2 * 4, 25, 25]);
  expect(cost('query($n: Int) { page(first: $n) { nodes { name } } }')).toBe(21);
});

test('the houses’ prices survive composition, and every saved operation fits into any signed-in budget', () => {
  const supergraph = pricesIn(readFileSync('schema/supergraph.graphql', 'utf8'));
  expect(supergraph.of('BillingAccount', 'orders')?.size?.slicing.get('first')).toBe(20);
  const document = parse(readFileSync('operations/operations.graphql', 'utf8'));
  for (const operation of document.definitions) {
    if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
    const requested = costOf(document, operation, operation.operation === 'query' ? 'Query' : 'Mutation', supergraph)({});
    expect(requested).toBeGreaterThan(0);
    expect(requested).toBeLessThan(budgetOf({ ...anonymous, subject: 'x', roles: ['PARTNER'] }));
  }
});

test('a whole introspection fits into a person’s budget, and many of them under aliases do not', () => {
  const budget = budgetOf({ ...anonymous, subject: 'x', roles: ['BUYER'] });
  expect(cost(INTROSPECTION)).toBeGreaterThan(budget / 20);
  expect(cost(INTROSPECTION)).toBeLessThan(budget / 2);
  expect(cost(introspections(20))).toBe(20 * cost(INTROSPECTION));
});

describe('at the gateway', () => {
  let platform: Platform;
  let ask: Awaited<ReturnType<Platform['as']>>;
  beforeAll(async () => {
    platform = await openPlatform();
    ask = await platform.as({ roles: ['BUYER'] });
  });
  afterAll(() => platform.close());

  const children = (levels: number) => `{ billingAccounts { ${'orders { billingAccount { '.repeat(levels)} id ${'} } '.repeat(levels)} } }`;
  const dry = (query: string, more = {}) => platform.post({ query, extensions: { dryRun: 'cost' }, ...more });

  test('an answer says what it cost and what is left', async () => {
    expect((await ask('{ billingAccount(id: 1) { id } }')).body.extensions.cost).toEqual({ requested: 1, budget: 20_000, left: 19_999 });
  });

  test('what costs more than its caller may spend is refused before it runs, also when it is known', async () => {
    platform.customers.seen.length = 0;
    for (let time = 0; time < 2; time += 1) {
      const { status, body } = await ask(children(4));
      expect([status, body.errors[0].extensions]).toMatchObject([400, { code: 'COST_LIMIT', limit: { name: 'cost', max: 20_000 } }]);
    }
    expect(platform.customers.seen).toEqual([]);
    const stranger = await platform.post({ query: children(2) });
    expect(stranger.body.errors[0].extensions).toMatchObject({ code: 'COST_LIMIT', limit: { max: 1_000 } });
    expect((await ask(children(2))).status).toBe(200);
  });

  test('the schema is not told over and over in one request, also when the document is known', async () => {
    expect((await ask(INTROSPECTION)).status).toBe(200);
    for (let time = 0; time < 2; time += 1)
      expect((await ask(introspections(3))).body.errors[0].extensions).toMatchObject({ code: 'COST_LIMIT', limit: { max: 20_000 } });
  });

  test('the price can be asked for without running, also when it is too high', async () => {
    platform.customers.seen.length = 0;
    expect((await dry(children(1))).body).toEqual({ extensions: { cost: { requested: 210, budget: 1_000, left: 790 } } });
    expect((await dry(children(4))).body.extensions.cost.left).toBeLessThan(0);
    expect((await dry('mutation { addMember(email: "a") }')).body.extensions.cost.requested).toBe(10);
    expect((await dry(children(9))).body.errors[0].extensions.code).toBe('DEPTH_LIMIT');
    expect((await dry('{ whoAmI }', { extensions: { dryRun: true } })).status).toBe(400);
    expect(platform.customers.seen).toEqual([]);
  });
});
