import { createHmac, createPublicKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose';
import { readGatewayConfig } from '../../gateway/config';
import { openGateway } from '../../gateway/server';
import { silentLog } from '../../kernel/log';
import { json, serve } from '../../kernel/serve';
import { ACCOUNT, openPlatform, PARTNER, type Platform } from './platform';

const COMPANY = 'https://id.example';
let platform: Platform;
let company: Awaited<ReturnType<typeof identityProvider>>;
beforeAll(async () => {
  company = await identityProvider();
  platform = await openPlatform({ JWKS_URL: `${company.url}/keys`, JWT_ISSUER: COMPANY });
  writeFileSync(
    join(platform.folder, 'personas.json'),
    JSON.stringify([
      {
        id: 'buyer',
        label: 'Buyer',
        description: 'Buys.',
        claims: { sub: 'usr_b', roles: ['BUYER'], accounts: [ACCOUNT] },
        samples: { account: ACCOUNT },
      },
    ]),
  );
});
afterAll(async () => {
  await platform.close();
  await company.close();
});

const now = () => Math.floor(Date.now() / 1000);
const claims = (over: JWTPayload = {}): JWTPayload => ({
  iss: 'urn:purchasing-graph:development',
  aud: 'purchasing-graph',
  sub: 'usr_1',
  iat: now(),
  exp: now() + 60,
  roles: ['BUYER'],
  ...over,
});
const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const ownKey = () => JSON.parse(readFileSync(join(platform.folder, 'secrets/gateway-signing-key.json'), 'utf8')).keys[0];

async function identityProvider() {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'company-1', alg: 'RS256', use: 'sig' };
  const served = await serve({ port: 0, bodyMax: 1000, handle: async () => json(200, { keys: [jwk] }), onFault: () => {} });
  const sign = (over: JWTPayload = {}, header = {}) =>
    new SignJWT({ ...claims({ iss: COMPANY }), ...over })
      .setProtectedHeader({ alg: 'RS256', kid: 'company-1', ...header })
      .sign(privateKey);
  return { url: served.url, publicKey, sign, close: () => served.close(0) };
}

const whoAmI = (authorization?: string) => platform.post({ query: '{ whoAmI }' }, authorization === undefined ? {} : { authorization });
const signed = async (over: JWTPayload, header = {}) =>
  new SignJWT(claims(over)).setProtectedHeader({ alg: 'ES256', kid: ownKey().kid, ...header }).sign(await importJWK(ownKey(), 'ES256'));

test.each<[string, () => Promise<string> | string]>([
  ['alg none', () => `${b64({ alg: 'none' })}.${b64(claims())}.`],
  ['alg none with a signature', () => `${b64({ alg: 'none' })}.${b64(claims())}.AA`],
  [
    'HS256 with the public key as its secret',
    () => {
      const { kty, crv, x, y, kid } = ownKey();
      return hmac(
        { alg: 'HS256', kid },
        claims(),
        createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }).export({ type: 'spki', format: 'pem' }),
      );
    },
  ],
  [
    'HS256 with the company’s public RSA key',
    async () => {
      const { n, e } = await exportJWK(company.publicKey);
      const pem = createPublicKey({ key: { kty: 'RSA', n, e } as never, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
      return hmac({ alg: 'HS256', kid: 'company-1' }, claims({ iss: COMPANY }), pem);
    },
  ],
  ['an expired token', () => signed({ exp: now() - 60 })],
  ['a token without an end', () => signed({ exp: undefined as never })],
  ['a token that is not valid yet', () => signed({ nbf: now() + 600 })],
  ['another audience', () => signed({ aud: 'another-graph' })],
  ['no audience', () => signed({ aud: undefined as never })],
  ['an unknown issuer', () => signed({ iss: 'https://evil.example' })],
  ['one issuer’s name with another’s key', () => signed({ iss: COMPANY })],
  ['an unknown key id', () => signed({}, { kid: 'somebody-else' })],
  [
    'a key of the sender’s own',
    async () => {
      const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
      return new SignJWT(claims())
        .setProtectedHeader({ alg: 'ES256', kid: ownKey().kid, jwk: await exportJWK(publicKey), jku: 'https://evil.example/keys' })
        .sign(privateKey);
    },
  ],
  [
    'a changed payload',
    async () => {
      const [header, , signature] = (await signed({})).split('.');
      return `${header}.${b64(claims({ roles: ['OPERATOR'] }))}.${signature}`;
    },
  ],
  ['whitespace inside', async () => (await signed({})).replace('.', '. ')],
  ['padding', async () => `${await signed({})}=`],
  ['a token in parts that are not JSON', () => 'a.b.c'],
  ['a subject that stands for one of our houses', () => signed({ sub: 'house:billing' })],
  ['a subject that stands for nobody', () => signed({ sub: 'anonymous' })],
  ['a very long token', () => signed({ scope: 'x'.repeat(9_000) })],
])('%s is not believed, whatever document it comes with', async (_, token) => {
  const authorization = `Bearer ${await token()}`;
  for (const query of ['{ whoAmI }', '{ whoAmI }', `{ whoAmI } # ${authorization.length}`]) {
    const { status, body, headers } = await platform.post({ query }, { authorization });
    expect({ status, code: body.errors[0].extensions.code }).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect(headers.get('www-authenticate')).toContain('Bearer');
  }
});

function hmac(header: object, payload: object, secret: string | Buffer): string {
  const text = `${b64(header)}.${b64(payload)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

test('another scheme is not taken for nobody', async () => {
  expect((await whoAmI('Basic dXNyOnB3')).status).toBe(401);
  expect((await whoAmI('')).status).toBe(401);
});

test('who asks reaches the house, whole and checked', async () => {
  const token = await company.sign({
    roles: ['BUYER', 'SERVICE', 'KING'],
    scope: 'a b',
    scopes: ['c'],
    accounts: [ACCOUNT, 'acc_1'],
    partner_id: PARTNER,
    instance: 'gl-1',
    email: 'a@b.example',
  });
  const { body } = await whoAmI(`Bearer ${token}`);
  expect(JSON.parse(body.data.whoAmI)).toEqual({
    subject: 'usr_1',
    roles: ['BUYER'],
    scopes: ['a', 'b', 'c'],
    accounts: [ACCOUNT],
    partnerId: PARTNER,
    instanceIdentifier: 'gl-1',
    clientId: null,
    email: 'a@b.example',
  });
});

test('nobody is nobody, whatever a header says', async () => {
  const { body } = await platform.post({ query: '{ whoAmI }' }, { 'x-viewer': '{"roles":["OPERATOR"]}' });
  expect(JSON.parse(body.data.whoAmI)).toMatchObject({ subject: 'anonymous', roles: [] });
});

test('a persona signs in with one request', async () => {
  const headers = { 'content-type': 'application/json' };
  const { body } = await platform.send('/explorer/sign-in', { method: 'POST', headers, body: '{"persona":"buyer"}' });
  expect(JSON.parse((await whoAmI(`Bearer ${body.token}`)).body.data.whoAmI)).toMatchObject({ subject: 'usr_b', accounts: [ACCOUNT] });
  expect((await platform.send('/explorer/personas')).body.personas).toEqual([
    { id: 'buyer', label: 'Buyer', description: 'Buys.', samples: { account: ACCOUNT } },
  ]);
  expect((await platform.send('/explorer/sign-in', { method: 'POST', headers, body: '{"persona":"king"}' })).status).toBe(404);
  expect(
    (await platform.send('/explorer/sign-in', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"persona":"buyer"}' }))
      .status,
  ).toBe(415);
});

test('the published keys are public halves', async () => {
  const { body } = await platform.send('/.well-known/jwks.json');
  expect(body.keys).toHaveLength(1);
  expect(JSON.stringify(body)).not.toMatch(/"d":/);
});

const variables = { HOP_SECRETS: 'x'.repeat(32), HOUSES: '{}' };
test.each<[string, NodeJS.ProcessEnv, RegExp]>([
  [
    'the development issuer in production',
    { ENVIRONMENT: 'production', DEVELOPMENT_ISSUER: 'yes_for_development_only' },
    /DEVELOPMENT_ISSUER .* cannot be enabled in production/,
  ],
  ['the development issuer by another word', { DEVELOPMENT_ISSUER: 'true' }, /absent, or yes_for_development_only/],
  ['nobody who could sign in', {}, /set JWKS_URL and JWT_ISSUER/],
  [
    'a development secret in production',
    {
      ENVIRONMENT: 'production',
      HOP_SECRETS: 'development development development',
      JWKS_URL: 'https://id.example/k',
      JWT_ISSUER: COMPANY,
    },
    /development secret/,
  ],
  ['a short signing key', { HOP_SECRETS: 'short', DEVELOPMENT_ISSUER: 'yes_for_development_only' }, /HOP_SECRETS: .*32/],
  ['any origin', { CORS_ORIGINS: '*', DEVELOPMENT_ISSUER: 'yes_for_development_only' }, /CORS_ORIGINS: origins such as/],
  ['a port that is none', { PORT: 'x', DEVELOPMENT_ISSUER: 'yes_for_development_only' }, /PORT/],
])('%s is refused with a sentence', (_, given, sentence) => {
  expect(() => readGatewayConfig({ ...variables, ENVIRONMENT: 'development', ...given })).toThrow(sentence);
});

test('in production no persona exists, and the signing key is brought, not made', async () => {
  const { DEVELOPMENT_ISSUER: _, ...environment } = {
    ...platform.environment,
    ENVIRONMENT: 'production',
    JWKS_URL: `${company.url}/keys`,
    JWT_ISSUER: COMPANY,
    HOP_SECRETS: 'z'.repeat(40),
  };
  const open = (more: NodeJS.ProcessEnv) => openGateway({ environment: { ...environment, ...more }, log: silentLog });
  await expect(open({ SIGNING_KEY_PATH: '/nowhere/key.json' })).rejects.toThrow(/SIGNING_KEY_PATH: there is no key/);
  const gateway = await open({});
  expect(gateway.mint).toBeNull();
  expect(await (await fetch(`${gateway.url}/explorer/personas`)).json()).toEqual({ personas: [] });
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(`${gateway.url}/explorer/sign-in`, { method: 'POST', headers, body: '{"persona":"buyer"}' })).status).toBe(404);
  const answer = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${await signed({})}` },
    body: '{"query":"{ whoAmI }"}',
  });
  expect(answer.status).toBe(401);
  await gateway.close();
});
