import { setTimeout as after } from 'node:timers/promises';
import { generateKeyPair, SignJWT } from 'jose';
import { openIdentity } from '../../gateway/identity';
import { RevokedTokens } from '../../gateway/revoked-tokens';
import { openGateway } from '../../gateway/server';
import { silentLog } from '../../kernel/log';
import { openPlatform, PARTNER, type Platform } from './platform';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.close());

const GRANT = { grant_type: 'client_credentials', client_id: 'pcl_1', client_secret: 'the secret' };
const tokenOfClient = async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(GRANT).toString();
  return (await platform.send('/oauth/token', { method: 'POST', headers, body })).body.access_token;
};
const statusAt = async (url: string, token: string) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return (await fetch(`${url}/graphql`, { method: 'POST', headers, body: '{"query":"{ whoAmI }"}' })).status;
};
const within = async (ms: number, isSo: () => Promise<boolean>) => {
  const until = performance.now() + ms;
  while (!(await isSo()) && performance.now() < until) await after(10);
  return isSo();
};

test('a revoked client’s tokens die at every replica within a second, also those that were believed before', async () => {
  const replica = await openGateway({ environment: platform.environment, log: silentLog });
  const gateways = [platform.gateway.url, replica.url];
  const token = await tokenOfClient();
  for (const url of gateways) expect([await statusAt(url, token), await statusAt(url, token)]).toEqual([200, 200]);
  platform.partners.announce({ type: 'ClientRevoked.v1', subject: 'pcl_1', data: { clientId: 'pcl_1', partnerId: PARTNER } });
  for (const url of gateways) expect(await within(1_000, async () => (await statusAt(url, token)) === 401)).toBe(true);
  await replica.close();
  const later = await openGateway({ environment: platform.environment, log: silentLog });
  expect(await statusAt(later.url, token)).toBe(401);
  await later.close();
});

test('tokens of a partner’s systems die with the partner, and live again when it is taken back', async () => {
  const claims = { sub: 'partner:pcl_2', roles: ['PARTNER'], partner_id: PARTNER, client_id: 'pcl_2' };
  const token = await platform.mint(claims);
  const status = () => statusAt(platform.gateway.url, token);
  expect(await status()).toBe(200);
  const change = (isActive: boolean) =>
    platform.partners.announce({ type: 'PartnerChanged.v1', subject: PARTNER, data: { partnerId: PARTNER, isActive } });
  change(false);
  expect(await within(1_000, async () => (await status()) === 401)).toBe(true);
  change(true);
  expect(await within(1_000, async () => (await status()) === 200)).toBe(true);
});

test('a client is used from where it may be alone: its tokens of before, new ones, and behind a proxy of ours', async () => {
  const gateway = await openGateway({ environment: { ...platform.environment, TRUSTED_PROXIES: '1' }, log: silentLog });
  const token = await platform.mint({ sub: 'partner:pcl_3', roles: ['PARTNER'], client_id: 'pcl_3' });
  const from = async (address: string) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-forwarded-for': `203.0.113.5, ${address}` };
    return (await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: '{"query":"{ whoAmI }"}' })).status;
  };
  const restrict = (clientId: string, ...allowedNetworks: string[]) =>
    platform.partners.announce({ type: 'ClientRestricted.v1', subject: clientId, data: { clientId, partnerId: PARTNER, allowedNetworks } });
  expect(await from('198.51.100.7')).toBe(200);
  restrict('pcl_3', '203.0.113.0/24', '2001:db8::/32');
  expect(await within(1_000, async () => (await from('198.51.100.7')) === 403)).toBe(true);
  expect([await from('203.0.113.77'), await from('2001:db8::9'), await from('::ffff:203.0.113.1'), await from('nonsense')]).toEqual([
    200, 200, 200, 403,
  ]);
  restrict('pcl_3');
  expect(await within(1_000, async () => (await from('198.51.100.7')) === 200)).toBe(true);
  await gateway.close();
});

test('a client that is used from elsewhere gets no token', async () => {
  const announce = (...allowedNetworks: string[]) =>
    platform.partners.announce({
      type: 'ClientRestricted.v1',
      subject: 'pcl_1',
      data: { clientId: 'pcl_1', partnerId: PARTNER, allowedNetworks },
    });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const ask = () => platform.send('/oauth/token', { method: 'POST', headers, body: new URLSearchParams(GRANT).toString() });
  announce('203.0.113.0/24');
  expect(await within(1_000, async () => (await ask()).status === 403)).toBe(true);
  expect((await ask()).body.error).toBe('access_denied');
  announce();
  expect(await within(1_000, async () => (await ask()).status === 200)).toBe(true);
});

test('a gateway that has not heard whom to believe believes no partner, and says when to come back', async () => {
  const nobodyTells = { HOUSES: JSON.stringify({ ...JSON.parse(platform.environment.HOUSES), partners: 'http://127.0.0.1:1' }) };
  const gateway = await openGateway({ environment: { ...platform.environment, ...nobodyTells }, log: silentLog });
  const of = async (role: string) => statusAt(gateway.url, await platform.mint({ sub: 'somebody', roles: [role], client_id: 'pcl_4' }));
  expect([await of('PARTNER'), await of('BUYER')]).toEqual([503, 200]);
  await gateway.close();
});

test('a token that was given back is remembered until it would have ended, and no longer', () => {
  let now = new Date('2026-06-15T12:00:00Z');
  const tokens = new RevokedTokens({ now: () => now });
  const add = (id: string, expiresAt: string | undefined) => tokens.add(id, { revokedAt: '2026-06-15T11:59:00Z', expiresAt });
  add('ended', '2026-06-15T11:00:00Z');
  add('alive', '2026-06-15T12:10:00Z');
  add('of before ends were told', undefined);
  expect(['ended', 'alive', 'of before ends were told'].map(id => tokens.has(id))).toEqual([false, true, true]);
  for (let n = 0; n < 5_000; n += 1) {
    now = new Date(now.getTime() + 1_000);
    add(`token ${n}`, new Date(now.getTime() + 60_000).toISOString());
  }
  // Each lives a minute, and another for clocks that differ: at most 120 are of use, and a sweep comes with every thousandth.
  expect(tokens.size).toBeLessThanOrEqual(1_120);
  expect([tokens.has('token 4999'), tokens.has('token 0'), tokens.has('alive')]).toEqual([true, false, false]);
});

test('a signature is checked once; the token’s time is checked on every request', async () => {
  let now = new Date();
  let checks = 0;
  const pair = await generateKeyPair('ES256');
  const seconds = Math.floor(now.getTime() / 1000);
  const token = await new SignJWT({ sub: 'usr_1', iss: 'i', aud: 'a', exp: seconds + 30 })
    .setProtectedHeader({ alg: 'ES256' })
    .sign(pair.privateKey);
  const keys = async () => {
    checks += 1;
    return pair.publicKey;
  };
  const identity = openIdentity({
    issuers: [{ issuer: 'i', audience: 'a', keys, roles: [] }],
    clock: { now: () => now },
    trust: { doubtOf: () => null },
  });
  const isBelieved = async (text = token) => (await identity.viewerOf(`Bearer ${text}`, '127.0.0.1')).ok;
  expect([await isBelieved(), await isBelieved(), checks]).toEqual([true, true, 1]);
  expect([await isBelieved(`${token}x`), await isBelieved(`${token.slice(0, -1)}`), await isBelieved(` ${token}`)]).toEqual([
    false,
    false,
    false,
  ]);
  now = new Date((seconds + 36) * 1000);
  expect(await isBelieved()).toBe(false);
});
