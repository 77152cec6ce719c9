import { decodeJwt } from 'jose';
import { openPlatform, PARTNER, type Platform } from './platform';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.close());
afterEach(() => {
  platform.partners.mood = 'up';
});

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});
const token = (form: Readonly<Record<string, string>> | string, headers: Readonly<Record<string, string>> = {}) =>
  platform.send('/oauth/token', {
    method: 'POST',
    headers: { ...FORM, ...headers },
    body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
  });
const GRANT = { grant_type: 'client_credentials' };
const KNOWN = { client_id: 'pcl_1', client_secret: 'the secret' };

test.each([
  ['in the header', () => token(GRANT, basic('pcl_1', 'the secret'))],
  ['in the body', () => token({ ...GRANT, ...KNOWN })],
])('credentials %s buy a token for 15 minutes with the client’s scopes', async (_, ask) => {
  const { status, headers, body } = await ask();
  expect(status).toBe(200);
  expect(body).toEqual({
    access_token: expect.any(String),
    token_type: 'Bearer',
    expires_in: 900,
    scope: 'marketplace.order:create marketplace.order:read',
  });
  expect([headers.get('cache-control'), headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
  const { exp = 0, iat = 0 } = decodeJwt(body.access_token);
  expect(exp - iat).toBe(900);
  const answer = await platform.post({ query: '{ whoAmI }' }, { authorization: `Bearer ${body.access_token}` });
  expect(JSON.parse(answer.body.data.whoAmI)).toMatchObject({
    subject: 'partner:pcl_1',
    roles: ['PARTNER'],
    partnerId: PARTNER,
    clientId: 'pcl_1',
    scopes: ['marketplace.order:create', 'marketplace.order:read'],
  });
});

test('a token may be asked for with less', async () => {
  const { body } = await token({ ...GRANT, ...KNOWN, scope: 'marketplace.order:read' });
  expect(body.scope).toBe('marketplace.order:read');
  expect(decodeJwt(body.access_token)['scope']).toBe('marketplace.order:read');
});

test.each<[string, number, string, () => ReturnType<Platform['send']>]>([
  ['a wrong secret', 401, 'invalid_client', () => token({ ...GRANT, ...KNOWN, client_secret: 'guess' })],
  ['a wrong secret in the header', 401, 'invalid_client', () => token(GRANT, basic('pcl_1', 'guess'))],
  ['an unknown client', 401, 'invalid_client', () => token({ ...GRANT, ...KNOWN, client_id: 'pcl_9' })],
  ['no credentials', 401, 'invalid_client', () => token(GRANT)],
  ['a header that is no Basic', 401, 'invalid_client', () => token(GRANT, { authorization: 'Bearer x' })],
  ['credentials in both places', 400, 'invalid_request', () => token({ ...GRANT, ...KNOWN }, basic('pcl_1', 'the secret'))],
  ['no grant type', 400, 'invalid_request', () => token(KNOWN)],
  ['another grant type', 400, 'unsupported_grant_type', () => token({ ...KNOWN, grant_type: 'password' })],
  ['a parameter given twice', 400, 'invalid_request', () => token('grant_type=client_credentials&grant_type=client_credentials')],
  ['a JSON body', 400, 'invalid_request', () => token('{}', { 'content-type': 'application/json' })],
  [
    'a scope the client does not have',
    400,
    'invalid_scope',
    () => token({ ...GRANT, ...KNOWN, scope: 'marketplace.order:read billing:write' }),
  ],
  ['an empty scope', 400, 'invalid_scope', () => token({ ...GRANT, ...KNOWN, scope: '' })],
  ['GET', 405, 'invalid_request', () => platform.send('/oauth/token')],
])('%s is refused with %i %s', async (_, status, error, ask) => {
  const reply = await ask();
  expect({ status: reply.status, error: reply.body.error }).toEqual({ status, error });
  expect(reply.headers.get('cache-control')).toBe('no-store');
});

test('a client that used the header is told which header', async () => {
  expect((await token(GRANT, basic('pcl_1', 'guess'))).headers.get('www-authenticate')).toMatch(/^Basic/);
});

test('when the house that knows clients is silent, the client is told to come back', async () => {
  platform.partners.mood = 'hangs';
  const { status, headers, body } = await token({ ...GRANT, ...KNOWN });
  expect([status, body.error, headers.get('retry-after')]).toEqual([503, 'temporarily_unavailable', '5']);
});

test('guessing is slowed down, and does not lock the client out elsewhere', async () => {
  const guesses = await Promise.all(Array.from({ length: 40 }, () => token({ ...GRANT, client_id: 'pcl_7', client_secret: 'guess' })));
  const slowed = guesses.filter(({ status }) => status === 429);
  expect(slowed.length).toBe(10);
  expect(Number(slowed[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await token({ ...GRANT, ...KNOWN })).status).toBe(200);
});
