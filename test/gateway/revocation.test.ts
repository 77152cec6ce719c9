import { setTimeout as after } from 'node:timers/promises';
import { generateKeyPair, SignJWT } from 'jose';
import { openIdentity } from '../../gateway/identity';
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
    revocations: { isRevoked: () => false },
  });
  const isBelieved = async (text = token) => (await identity.viewerOf(`Bearer ${text}`)).ok;
  expect([await isBelieved(), await isBelieved(), checks]).toEqual([true, true, 1]);
  expect([await isBelieved(`${token}x`), await isBelieved(`${token.slice(0, -1)}`), await isBelieved(` ${token}`)]).toEqual([
    false,
    false,
    false,
  ]);
  now = new Date((seconds + 36) * 1000);
  expect(await isBelieved()).toBe(false);
});
