/** Documents by hash: sent before by somebody, or standing in the manifest of a client of ours. */
import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTrustedDocuments } from '../../gateway/trusted-documents';
import { openPlatform, type Platform } from './platform';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const QUERY = 'query Name { billingAccount(id: 1) { name } }';
const PAGES = 'query Pages($n: Int) { billingAccounts(first: $n) { id } }';
const DEEP = `{ billingAccount(id: 1) { ${'parent { '.repeat(20)} id ${'} '.repeat(20)} } }`;
const CHANGE = 'mutation Change { addMember(email: "a") }';
const NAME = { data: { billingAccount: { name: 'Account 1' } } };

let platform: Platform;
let shop: Readonly<Record<string, string>>;
beforeAll(async () => {
  const operations = await mkdtemp(join(tmpdir(), 'operations-'));
  const trusted = [QUERY, PAGES, DEEP, CHANGE].map(body => ({ id: sha256(body), name: 'Name', type: 'query', body }));
  await writeFile(
    join(operations, 'shop.manifest.json'),
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations: trusted }),
  );
  platform = await openPlatform({ OPERATIONS_PATH: operations, TRUSTED_DOCUMENTS: 'enforced' });
  shop = { authorization: `Bearer ${await platform.mint({ sub: 'usr_1', roles: ['BUYER'], client_id: 'shop' })}` };
});
afterAll(() => platform.close());

const apq = (text: string, more: object = {}) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: sha256(text) } }, ...more });
const code = (reply: { readonly body: { readonly errors?: readonly { readonly extensions: { readonly code: string } }[] } }) =>
  reply.body.errors?.[0]?.extensions.code;

describe('automatic persisted queries', () => {
  test('a hash that nobody sent is asked for in full, in the words that clients know', async () => {
    const reply = await platform.post(apq('{ whoAmI }'));
    expect([reply.status, code(reply), reply.body.errors[0].message]).toEqual([400, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound']);
    expect((await platform.post(apq('{ whoAmI }'), { accept: 'application/json' })).status).toBe(200);
  });

  test('a document that was sent with its hash is known by it, also by GET', async () => {
    expect((await platform.post(apq(QUERY, { query: QUERY }))).body).toMatchObject(NAME);
    expect((await platform.post(apq(QUERY))).body).toMatchObject(NAME);
    expect((await platform.post({ documentId: `sha256:${sha256(QUERY)}` })).body).toMatchObject(NAME);
    const extensions = encodeURIComponent(JSON.stringify(apq(QUERY).extensions));
    const headers = { 'apollo-require-preflight': '1' };
    expect((await platform.send(`/graphql?extensions=${extensions}`, { headers })).body).toMatchObject(NAME);
  });

  test('a hash with another text is refused, and stands for its own text still', async () => {
    const other = { query: '{ whoAmI }' };
    for (const reply of [await platform.post(apq(QUERY, other)), await platform.post(apq('{ x }', other))]) {
      expect([reply.status, code(reply)]).toEqual([400, 'PERSISTED_QUERY_MISMATCH']);
    }
    expect(code(await platform.post(apq('{ x }')))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await platform.post(apq(QUERY))).body).toMatchObject(NAME);
  });

  test('what is refused is not remembered', async () => {
    expect(code(await platform.post(apq(DEEP, { query: DEEP })))).toBe('DEPTH_LIMIT');
    expect(code(await platform.post(apq(DEEP)))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  test('limits and methods are those of any document', async () => {
    await platform.post(apq(PAGES, { query: PAGES, variables: { n: 1 } }));
    expect(code(await platform.post(apq(PAGES, { variables: { n: 101 } })))).toBe('LIMIT_EXCEEDED');
    await platform.post(apq(CHANGE, { query: CHANGE }));
    const extensions = encodeURIComponent(JSON.stringify(apq(CHANGE).extensions));
    expect((await platform.send(`/graphql?extensions=${extensions}`, { headers: { 'apollo-require-preflight': '1' } })).status).toBe(405);
  });

  test.each([
    ['another version', { version: 2, sha256Hash: sha256(QUERY) }],
    ['no hash', { version: 1 }],
    ['a hash that is no text', { version: 1, sha256Hash: 7 }],
    ['a key of every object', { version: 1, sha256Hash: '__proto__' }],
  ])('%s is refused', async (_, persistedQuery) => {
    expect((await platform.post({ extensions: { persistedQuery } })).status).toBe(400);
  });
});

describe('a client that has a manifest', () => {
  test('sends what stands there, by hash or word for word', async () => {
    expect((await platform.post(apq(QUERY), shop)).body).toMatchObject(NAME);
    expect((await platform.post({ query: QUERY }, shop)).body).toMatchObject(NAME);
  });

  test('may send nothing else, and learns nothing from what others sent', async () => {
    const free = '{ whoAmI }';
    await platform.post(apq(free, { query: free }));
    for (const body of [{ query: free }, apq(free), apq(free, { query: free }), { query: `${QUERY} ` }]) {
      const reply = await platform.post(body, shop);
      expect([reply.status, code(reply)]).toEqual([403, 'FORBIDDEN']);
    }
    expect(code(await platform.post(apq(QUERY, { query: free }), shop))).toBe('PERSISTED_QUERY_MISMATCH');
  });

  test('is held to the limits like anybody', async () => {
    expect(code(await platform.post(apq(DEEP), shop))).toBe('DEPTH_LIMIT');
    expect(code(await platform.post(apq(PAGES, { variables: { n: 1_000 } }), shop))).toBe('LIMIT_EXCEEDED');
  });

  test('is free where its developers work', async () => {
    const { isEnforced, of } = openTrustedDocuments('operations', false);
    expect([isEnforced, (of('purchasing-web')?.size ?? 0) > 10, of('somebody'), of(null)]).toEqual([false, true, undefined, undefined]);
  });
});

test.each([
  ['that is not JSON', '{'],
  [
    'whose text was changed',
    JSON.stringify({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: sha256('{ a }'), name: 'A', type: 'query', body: '{ b }' }],
    }),
  ],
])('a manifest %s stops the gateway with a sentence', async (_, text) => {
  const folder = await mkdtemp(join(tmpdir(), 'operations-'));
  await writeFile(join(folder, 'shop.manifest.json'), text);
  expect(() => openTrustedDocuments(folder, true)).toThrow(/OPERATIONS_PATH: .*shop\.manifest\.json is not a manifest/);
});
