/** The graph that partners are shown: at an address of its own, and to their tokens at any. What is not in it does not exist. */
import { readFileSync } from 'node:fs';
import { buildClientSchema, buildSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema } from 'graphql';
import { contractOf, PARTNER_TAG } from '../../gateway/audience/contract';
import { openPlatform, type Platform, type Reply } from './platform';

let platform: Platform;
let partner: (body: object, path?: string) => Promise<Reply>;
let buyer: typeof partner;
beforeAll(async () => {
  platform = await openPlatform();
  const as = async (role: string): Promise<typeof partner> => {
    const authorization = `Bearer ${await platform.mint({ sub: `somebody ${role}`, roles: [role] })}`;
    const headers = { 'content-type': 'application/json', authorization };
    return (body, path = '/partner/graphql') => platform.send(path, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  [partner, buyer] = [await as('PARTNER'), await as('BUYER')];
});
afterAll(() => platform.close());
afterEach(() => {
  platform.orders.mood = 'up';
});

const ADDRESSES = ['/partner/graphql', '/graphql'];
/** Names that exist and are hidden, each beside one that never was, of equal length. */
const HIDDEN: readonly (readonly [string, string, string])[] = [
  ['a root field', '{ billingAccounts { id } }', 'billingAccounts'],
  ['a field with arguments', '{ billingAccount(id: 1) { id } }', 'billingAccount'],
  ['a leaf', '{ refusedHere }', 'refusedHere'],
  ['a type in a fragment', '{ whoAmI ...F } fragment F on BillingAccount { id }', 'BillingAccount'],
  ['an input type', 'query($input: PlaceOrderInput) { whoAmI }', 'PlaceOrderInput'],
  ['a scalar', 'query($at: DateTime) { whoAmI }', 'DateTime'],
  ['a mutation', 'mutation { placeOrder(input: { sku: "s", quantity: 1 }) { id } }', 'placeOrder'],
  ['mutations that others may send together', 'mutation { a: addMember(email: "a") b: addMember(email: "b") }', 'addMember'],
  ['mutations that nobody may', 'mutation { a: addSeats(quantity: 1) { id } b: addSeats(quantity: 2) { id } }', 'addSeats'],
  ['what can be followed', 'subscription { accountEvents(account: "acc_1") { id } }', 'accountEvents'],
  ['a federation entry', '{ _entities(representations: []) { __typename } }', '_entities'],
  ['what an operation beside the one that runs asks for', 'query A { whoAmI } subscription B { accountEvents { id } }', 'accountEvents'],
];

describe.each(ADDRESSES)('a partner’s token at %s', path => {
  test.each(HIDDEN)('is answered of %s exactly as of nothing', async (_what, query, name) => {
    const never = `x${name.slice(1, -1)}q`;
    for (const more of [{}, { extensions: { dryRun: 'cost' } }]) {
      const operationName = query.startsWith('query A') ? { operationName: 'A' } : {};
      const [hidden, unknown] = await Promise.all(
        [query, query.replaceAll(name, never)].map(text => partner({ query: text, ...operationName, ...more }, path)),
      );
      const told = (reply: Reply | undefined, own: string) =>
        JSON.stringify([reply?.status, reply?.body])
          .replaceAll(own, '…')
          .replace(/"requestId":"[^"]*"/g, '');
      expect(hidden?.status).toBe(400);
      expect(hidden?.body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
      expect(told(hidden, name)).toBe(told(unknown, never));
    }
  });

  test('runs what partners are shown, and reads the schema of that alone', async () => {
    expect((await partner({ query: '{ whoAmI }' }, path)).status).toBe(200);
    const { body } = await partner({ query: getIntrospectionQuery() }, path);
    expect(Object.keys(buildClientSchema(body.data).getQueryType()?.getFields() ?? {}).toSorted()).toEqual(['broken', 'whoAmI']);
    expect(JSON.stringify(body.data)).not.toMatch(/BillingAccount|Order|LiveUpdates|account__secret/);
    const asked = await partner({ query: '{ __type(name: "BillingAccount") { name } __schema { subscriptionType { name } } }' }, path);
    expect(asked.body.data).toEqual({ __type: null, __schema: { subscriptionType: null } });
  });

  test.each([
    '{ whoAmI __schema { types { name } } }',
    '{ ...F } fragment F on Query { __schema { types { name } } }',
    'query($name: String!) { __type(name: $name) { name } }',
  ])('does not come to the whole schema by %s', async query => {
    const { status, body } = await partner({ query }, path);
    expect([status, body.errors[0].extensions.code, body.data]).toEqual([400, 'BAD_USER_INPUT', undefined]);
  });

  test.each(['hangs', 'up'] as const)('is not told which house a fault is in that %s', async mood => {
    platform.orders.mood = mood;
    const { status, body } = await partner({ query: '{ broken }' }, path);
    expect([status, body.data]).toEqual([200, { broken: null }]);
    expect(JSON.stringify(body)).not.toMatch(/orders/i);
    expect(body.errors[0].extensions).toMatchObject({ code: mood === 'up' ? 'INTERNAL_SERVER_ERROR' : 'HOUSE_UNAVAILABLE' });
  });
});

test('at the partners’ address everybody is shown their graph, and strangers may not read its schema', async () => {
  expect((await buyer({ query: '{ billingAccount(id: 1) { id } }' })).body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  expect((await buyer({ query: '{ billingAccount(id: 1) { id } }' }, '/graphql')).status).toBe(200);
  const stranger = await platform.send('/partner/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ __schema { types { name } } }"}',
  });
  expect(stranger.body.errors[0].extensions.code).toBe('FORBIDDEN');
  expect((await platform.send('/partner/schema.graphql')).status).toBe(401);
});

test('the schema is handed out as text, the same as is read by asking', async () => {
  const authorization = `Bearer ${await platform.mint({ sub: 'partner:pcl_1', roles: ['PARTNER'] })}`;
  const { status, body } = await platform.send('/partner/schema.graphql', { headers: { authorization } });
  const asked = buildClientSchema((await partner({ query: getIntrospectionQuery() })).body.data);
  expect(status).toBe(200);
  expect(printSchema(lexicographicSortSchema(buildSchema(body)))).toBe(printSchema(lexicographicSortSchema(asked)));
});

test('what is committed for partners names nothing of ours', () => {
  const sdl = readFileSync('schema/partner.graphql', 'utf8');
  const graph = buildSchema(sdl);
  const roots = [graph.getQueryType(), graph.getMutationType()].flatMap(type => Object.keys(type?.getFields() ?? {}));
  expect(roots).toEqual(expect.arrayContaining(['partnerOrder', 'partnerOffers', 'placePartnerOrder', 'setStatusWebhook', 'registerDeal']));
  const names = sdl.replace(/"""[\s\S]*?"""/g, '');
  expect(names).not.toMatch(/margin|waterfall|quote|account\b|clock|createPartner|signPartner|house|_entities|_service/i);
});

test('a supergraph in which nothing is tagged shows partners nothing', () => {
  const whole = buildSchema('type Query { a: Int } type Subscription { id: ID }');
  expect(contractOf(whole, 'type Query { a: Int }', PARTNER_TAG)).toBeNull();
  expect(contractOf(whole, 'type Query { a: Int @tag(name: "other") }', PARTNER_TAG)).toBeNull();
});

test('of an enum with tagged values those are shown, and an object is what an interface says only where all of it is shown', () => {
  const sdl = (tag: string) => `
    interface Named { id: ID name: String }
    type Query { a: Thing ${tag} b: Thing }
    type Thing implements Named { id: ID ${tag} name: String code: Code ${tag} }
    enum Code { SHOWN ${tag} HIDDEN }`;
  const shown = contractOf(buildSchema(sdl('')), sdl('@tag(name: "partner")'), PARTNER_TAG);
  expect(shown && printSchema(shown)).toBe(
    'type Query {\n  a: Thing\n}\n\ntype Thing {\n  id: ID\n  code: Code\n}\n\nenum Code {\n  SHOWN\n}',
  );
});
