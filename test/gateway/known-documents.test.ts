/** What is refused or answered the first time is so again when the document is known: by its text, and by its hash. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { answer } from '../../gateway/routing';
import { isErrorCode } from '../../kernel/graph/error-codes';
import { silentLog } from '../../kernel/log';
import { openPlatform, type Platform, type Reply } from './platform';

const READ = 'query Read($id: ID = 1) { billingAccount(id: $id) { id name orders { id } } }';
const CHANGE = 'mutation Change { addMember(email: "a") }';
const TWO = 'query A { whoAmI } query B { billingAccount(id: 1) { id } }';
const SCHEMA = '{ __schema { queryType { name } types { name } } }';
const PROTO = '{ __proto__: billingAccount(id: 1) { __proto__: id constructor: name } }';
const JSON_TYPE = { 'content-type': 'application/json' };
const PREFLIGHT = { 'apollo-require-preflight': '1' };

let platform: Platform;
let buyer: Readonly<Record<string, string>>;
let partner: Readonly<Record<string, string>>;
beforeAll(async () => {
  platform = await openPlatform({ CORS_ORIGINS: 'https://shop.example' });
  const tokenOf = async (role: string) => ({ authorization: `Bearer ${await platform.mint({ sub: `usr_${role}`, roles: [role] })}` });
  [buyer, partner] = [await tokenOf('BUYER'), await tokenOf('PARTNER')];
  for (const query of [READ, CHANGE, TWO, SCHEMA, PROTO]) {
    const sent = { query, ...byHash(query), ...(query === TWO && { operationName: 'A' }) };
    expect((await platform.post(sent, buyer)).status).toBe(200);
  }
});
afterAll(() => platform.close());
beforeEach(() => {
  platform.customers.seen.length = 0;
  platform.orders.seen.length = 0;
});
afterEach(() => {
  platform.orders.mood = 'up';
});

function byHash(query: string) {
  return { extensions: { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') } } };
}
/** A request for a document that is known: by its text, and by its hash alone. */
const ways = (query: string): readonly object[] => [{ query }, byHash(query)];
const post = (body: object | readonly object[], headers: Readonly<Record<string, string>> = JSON_TYPE) =>
  platform.send('/graphql', { method: 'POST', headers, body: JSON.stringify(body) });
const get = (asked: object, headers: Readonly<Record<string, string>> = PREFLIGHT) => {
  const given = Object.entries(asked).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  return platform.send(`/graphql?${new URLSearchParams(given)}`, { headers });
};
const zipped = (text: string) => new Uint8Array(gzipSync(text));

test.each<[string, number, string, (asked: object) => Promise<Reply>]>([
  ['a GET without a preflight header', 400, READ, asked => get(asked, {})],
  ['a mutation by GET', 405, CHANGE, asked => get(asked)],
  ['another method', 405, READ, asked => platform.send('/graphql', { method: 'PUT', headers: JSON_TYPE, body: JSON.stringify(asked) })],
  ['a mutation as text/plain', 415, CHANGE, asked => post(asked, { 'content-type': 'text/plain' })],
  ['a mutation as a form', 415, CHANGE, asked => post(asked, { 'content-type': 'application/x-www-form-urlencoded' })],
  ['a mutation as multipart', 415, CHANGE, asked => post(asked, { 'content-type': 'multipart/form-data; boundary=x' })],
  ['a foreign charset', 415, READ, asked => post(asked, { 'content-type': 'application/json; charset=utf-16' })],
  [
    'a compressed body',
    415,
    READ,
    asked =>
      platform.send('/graphql', {
        method: 'POST',
        headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
        body: zipped(JSON.stringify({ ...asked, variables: { id: ' '.repeat(5_000_000) } })),
      }),
  ],
  ['a body over a megabyte', 413, READ, asked => post({ ...asked, variables: { id: 'x'.repeat(1024 * 1024) } })],
  ['a batch', 400, READ, asked => post([asked, asked])],
  ['an accepted type that there is not', 406, READ, asked => post(asked, { ...JSON_TYPE, accept: 'text/csv' })],
  ['an unknown operation name', 400, TWO, asked => post({ ...asked, operationName: 'C' })],
  ['no operation name where there are two', 400, TWO, asked => post(asked)],
  ['a variable of the wrong type', 400, READ, asked => post({ ...asked, variables: { id: { a: 1 } } })],
  ['introspection by nobody', 400, SCHEMA, asked => post(asked)],
])('%s is refused with %i when the document is known, by its text and by its hash', async (_, status, query, send) => {
  for (const asked of ways(query)) {
    const reply = await send(asked);
    expect(reply.status).toBe(status);
    const { extensions } = reply.body.errors[0];
    expect([isErrorCode(extensions.code), extensions.requestId]).toEqual([true, reply.headers.get('x-request-id')]);
    expect(reply.body).not.toHaveProperty('data');
  }
  expect([...platform.customers.seen, ...platform.orders.seen]).toEqual([]);
});

test('a partner who asks what others asked about the schema is told of its own graph, and others of theirs', async () => {
  const typesOf = async (asked: object, headers: Readonly<Record<string, string>>) =>
    JSON.stringify((await post(asked, { ...JSON_TYPE, ...headers })).body.data);
  for (const asked of ways(SCHEMA)) {
    expect(await typesOf(asked, buyer)).toContain('BillingAccount');
    expect(await typesOf(asked, partner)).not.toContain('BillingAccount');
    expect(await typesOf(asked, buyer)).toContain('BillingAccount');
  }
});

test('a known hash with another text is refused, and the text that it stands for is answered', async () => {
  const reply = await post({ query: CHANGE, ...byHash(READ) });
  expect([reply.status, reply.body.errors[0].extensions.code]).toEqual([400, 'PERSISTED_QUERY_MISMATCH']);
  expect(platform.customers.seen).toEqual([]);
  expect((await post(byHash(READ))).body.data.billingAccount.name).toBe('Account 1');
});

test('a known document is answered in the type that its client accepts, and to a foreign origin without leave to read it', async () => {
  for (const asked of ways(READ)) {
    const { headers } = await post(asked, { ...JSON_TYPE, accept: 'application/graphql-response+json', origin: 'https://evil.example' });
    expect(headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect((await get(asked)).status).toBe(200);
  }
});

test('a known document with __proto__ for a name harms no other, also when a house answers to poison', async () => {
  for (const asked of [...ways(PROTO), ...ways(PROTO)]) {
    expect(JSON.stringify((await post(asked)).body.data)).toBe('{"__proto__":{"__proto__":"1","constructor":"Account 1"}}');
    platform.orders.mood = 'hostile';
    await post({ query: '{ order(id: 1) { id state } }' });
    platform.orders.mood = 'up';
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect((await post(byHash(READ))).body.data.billingAccount).toMatchObject({ id: '1', name: 'Account 1' });
  }
});

test('errors of a known document hold a code, a request id and nothing of the house', async () => {
  const broken = '{ broken }';
  await post({ query: broken, ...byHash(broken) });
  for (const asked of ways(broken)) {
    const { body, headers } = await post(asked);
    expect(body.errors).toEqual([
      {
        message: 'Something went wrong on our side.',
        path: ['broken'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', house: 'orders', requestId: headers.get('x-request-id') },
      },
    ]);
  }
  for (const mood of ['hangs', 'garbage', 'overloaded', 'refuses'] as const) {
    platform.orders.mood = mood;
    for (const asked of ways(READ)) {
      const { status, body } = await post(asked);
      expect([status, body.data.billingAccount.name]).toEqual([200, 'Account 1']);
      expect(body.errors[0]).toMatchObject({
        path: ['billingAccount', 'orders'],
        extensions: { code: 'HOUSE_UNAVAILABLE', house: 'orders' },
      });
      expect(JSON.stringify(body)).not.toMatch(/http|internal\b|10\.0|127\.0|select|localhost|stack/i);
    }
  }
});

test('a fault of the gateway itself is one sentence with a request id', async () => {
  const request = {
    method: 'POST',
    target: '/graphql',
    path: '/graphql',
    query: new URLSearchParams(),
    headers: {},
    body: '',
    remoteAddress: '127.0.0.1',
    signal: new AbortController().signal,
  };
  const fault = async () => {
    throw new Error('select secret from vault at postgres://db.internal:5432');
  };
  const { status, headers = {}, body } = await answer(request, { '/graphql': fault }, { corsOrigins: [], log: silentLog });
  expect(status).toBe(500);
  expect(JSON.parse(String(body))).toEqual({
    errors: [
      {
        message: 'Something went wrong on our side.',
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: headers['x-request-id'] },
      },
    ],
  });
});
