import { gzipSync } from 'node:zlib';
import { isErrorCode } from '../../kernel/graph/error-codes';
import { openPlatform, type Platform } from './platform';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform({ CORS_ORIGINS: 'https://shop.example' });
});
beforeEach(() => {
  platform.customers.seen.length = 0;
});
afterAll(() => platform.close());

const QUERY = '{ billingAccount(id: 1) { id } }';
const JSON_TYPE = { 'content-type': 'application/json' };
const get = (query: string, headers: Readonly<Record<string, string>> = {}) =>
  platform.send(`/graphql?query=${encodeURIComponent(query)}`, { headers });
const post = (body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = JSON_TYPE) =>
  platform.send('/graphql', { method: 'POST', headers, body });

test.each<[string, number, () => ReturnType<Platform['send']>]>([
  ['a GET without a preflight header', 400, () => get(QUERY)],
  ['a mutation by GET', 405, () => get('mutation { addMember(email: "a") }', { 'apollo-require-preflight': '1' })],
  ['another method', 405, () => platform.send('/graphql', { method: 'PUT', headers: JSON_TYPE, body: '{}' })],
  ['text/plain', 415, () => post(JSON.stringify({ query: QUERY }), { 'content-type': 'text/plain' })],
  ['a form', 415, () => post('query=x', { 'content-type': 'application/x-www-form-urlencoded' })],
  ['multipart', 415, () => post('--x', { 'content-type': 'multipart/form-data; boundary=x' })],
  ['no content type', 415, () => post(new Uint8Array([123, 125]), {})],
  ['a foreign charset', 415, () => post(JSON.stringify({ query: QUERY }), { 'content-type': 'application/json; charset=utf-16' })],
  ['a compressed body', 415, () => post(new Uint8Array(gzipSync(Buffer.alloc(50_000_000))), { ...JSON_TYPE, 'content-encoding': 'gzip' })],
  ['a body over a megabyte', 413, () => post(JSON.stringify({ query: `#${'x'.repeat(1024 * 1024)}` }))],
  ['a batch', 400, () => post(JSON.stringify([{ query: QUERY }]))],
  ['broken JSON', 400, () => post('{"query": ')],
  ['an empty body', 400, () => post('')],
  ['a body that is null', 400, () => post('null')],
  ['no query', 400, () => post('{"variables": {}}')],
  ['variables that are text', 400, () => post(JSON.stringify({ query: QUERY, variables: '{}' }))],
  ['variables that are a list', 400, () => post(JSON.stringify({ query: QUERY, variables: [] }))],
  ['an operation name that is a number', 400, () => post(JSON.stringify({ query: QUERY, operationName: 1 }))],
  ['an operation name that does not exist', 400, () => post(JSON.stringify({ query: `query A ${QUERY}`, operationName: 'B' }))],
  ['several operations and no name', 400, () => post(JSON.stringify({ query: `query A ${QUERY} query B ${QUERY}` }))],
  ['a document that does not parse', 400, () => post(JSON.stringify({ query: '{ a' }))],
  [
    'a variable of the wrong type',
    400,
    () => post(JSON.stringify({ query: 'query($n: Int) { billingAccounts(first: $n) { id } }', variables: { n: 'x' } })),
  ],
  ['a missing variable', 400, () => post(JSON.stringify({ query: 'query($n: ID!) { billingAccount(id: $n) { id } }' }))],
  [
    'a persisted document',
    400,
    () => post(JSON.stringify({ query: QUERY, extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } })),
  ],
  ['a hash that is none', 400, () => post(JSON.stringify({ documentId: 'sha256:x' }))],
  ['extensions that are a list', 400, () => post(JSON.stringify({ query: QUERY, extensions: [] }))],
  ['variables nested without end', 400, () => post(`{"query":"{ whoAmI }","variables":{"v":${'['.repeat(9_000)}${']'.repeat(9_000)}}}`)],
  ['a parameter given twice', 400, () => platform.send('/graphql?query=a&query=b', { headers: { 'apollo-require-preflight': '1' } })],
  ['an address that does not exist', 404, () => platform.send('/nothing')],
])('%s is refused with %i and JSON, and again when its document is known', async (_, status, request) => {
  for (const reply of [await request(), await request()]) {
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
    const { message, extensions } = reply.body.errors[0];
    expect([typeof message, isErrorCode(extensions.code)]).toEqual(['string', true]);
    expect(extensions.requestId).toBe(reply.headers.get('x-request-id'));
  }
  expect(platform.customers.seen).toEqual([]);
});

test('a variable of the wrong type is explained without naming what the caller did not', async () => {
  const query = 'mutation($i: PlaceOrderInput!) { placeOrder(input: $i) { id } }';
  const { status, body } = await platform.post({ query, variables: { i: { sku: 'X', quantity: 1, quantitty: 2 } } });
  expect({ status, code: body.errors[0].extensions.code }).toEqual({ status: 400, code: 'BAD_USER_INPUT' });
  expect(body.errors[0].message).toContain('quantitty');
  expect(body.errors[0].message).not.toMatch(/did you mean/i);
});

test('a GET with a preflight header, and a POST with a charset, are answered', async () => {
  expect((await get(QUERY, { 'apollo-require-preflight': '1' })).body).toMatchObject({ data: { billingAccount: { id: '1' } } });
  const { headers, body } = await post(JSON.stringify({ query: QUERY }), { 'content-type': 'application/json;charset="UTF-8"' });
  expect(body).toMatchObject({ data: { billingAccount: { id: '1' } } });
  expect(headers.get('cache-control')).toBe('no-store');
});

test('the media type is the one the client accepts', async () => {
  const accept = { ...JSON_TYPE, accept: 'application/graphql-response+json' };
  const type = async (query: string) => (await post(JSON.stringify({ query }), accept)).headers.get('content-type');
  expect(await type(QUERY)).toMatch(/^application\/graphql-response\+json/);
  expect(await type('{ nothing }')).toMatch(/^application\/graphql-response\+json/);
  expect(await type('{')).toMatch(/^application\/graphql-response\+json/);
  expect((await post(JSON.stringify({ query: QUERY }), { ...JSON_TYPE, accept: 'text/csv' })).status).toBe(406);
});

test.each<[string, string, number, string]>([
  ['what a client names first', 'application/graphql-response+json;q=0.9, application/json', 200, 'application/json'],
  [
    'the newer type of two that are wanted equally',
    'application/json, application/graphql-response+json',
    400,
    'application/graphql-response+json',
  ],
  ['JSON for who takes anything', '*/*', 400, 'application/json'],
  ['JSON for who takes any application', 'text/html, application/*;q=0.1', 400, 'application/json'],
])('a document with a fault is told in %s', async (_, accept, status, type) => {
  for (const query of ['{', '{ nothing }', 'query($n: ID!) { billingAccount(id: $n) { id } }']) {
    const reply = await post(JSON.stringify({ query }), { ...JSON_TYPE, accept });
    expect([reply.status, reply.headers.get('content-type'), 'data' in reply.body]).toEqual([status, `${type}; charset=utf-8`, false]);
  }
});

test.each(['application/graphql-response+json;q=0', 'application/json;charset=utf-16', 'image/*', 'text/html'])(
  'who accepts only %s is told what there is',
  async accept => expect((await post(JSON.stringify({ query: QUERY }), { ...JSON_TYPE, accept })).status).toBe(406),
);

const LONG = `{ billingAccounts { ${Array.from({ length: 90 }, (_, n) => `name${n}: name`).join(' ')} } }`;
test.each([
  ['br', 'gzip, br'],
  ['gzip', 'gzip, br;q=0.2'],
  ['gzip', 'gzip, br;q=0'],
  [null, 'identity'],
  [null, 'gzip;q=0'],
])('a long answer is packed as %s for who accepts “%s”, and reads the same', async (encoding, accepted) => {
  const { headers, body } = await post(JSON.stringify({ query: LONG }), { ...JSON_TYPE, 'accept-encoding': accepted });
  expect([headers.get('content-encoding'), headers.get('vary')]).toEqual([encoding, 'Origin, Accept-Encoding']);
  expect(body.data.billingAccounts[2].name89).toBe('Account 3');
});

test('a short answer is not packed', async () => {
  const { headers } = await post(JSON.stringify({ query: QUERY }), { ...JSON_TYPE, 'accept-encoding': 'gzip, br' });
  expect(headers.get('content-encoding')).toBeNull();
});

test.each(['__proto__', '\\u005f_proto__'])('a key %s in variables harms nobody', async key => {
  const body = `{"query":"query($i: PlaceOrderInput!) { __typename }","variables":{"i":{"${key}":{"polluted":true},"sku":"X"}},"${key}":{"polluted":true}}`;
  await post(body);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect((await post(JSON.stringify({ query: QUERY }))).body.data).toEqual({ billingAccount: { id: '1' } });
});

test('every answer carries a request id, the caller’s own when it has the form of one', async () => {
  const own = await post(JSON.stringify({ query: '{ nothing }' }), { ...JSON_TYPE, 'x-request-id': 'shop-12345678' });
  expect([own.headers.get('x-request-id'), own.body.errors[0].extensions.requestId]).toEqual(['shop-12345678', 'shop-12345678']);
  const forged = await post(JSON.stringify({ query: QUERY }), { ...JSON_TYPE, 'x-request-id': 'a b {"level":50}' });
  expect(forged.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('only a listed origin is told that it may ask', async () => {
  const preflight = (origin: string) =>
    platform.send('/graphql', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
  expect((await preflight('https://shop.example')).headers.get('access-control-allow-origin')).toBe('https://shop.example');
  for (const origin of ['https://evil.example', 'null', 'https://shop.example.evil.example']) {
    expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
    const { headers } = await post(JSON.stringify({ query: QUERY }), { ...JSON_TYPE, origin });
    expect([headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([null, 'Origin']);
  }
});

test('probes answer, and the explorer is served from its folder only', async () => {
  expect((await platform.send('/healthz')).body).toEqual({ status: 'alive' });
  expect((await platform.send('/readyz')).body).toEqual({ status: 'ready' });
  expect((await platform.send('/explorer/..%2fsupergraph.graphql')).status).toBe(404);
  expect((await platform.send('/explorer/../supergraph.graphql')).status).toBe(404);
});
