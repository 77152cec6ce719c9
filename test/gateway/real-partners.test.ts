/** The gateway and the house that keeps partners' systems, both as they ship: a token, and its end. */
import { setTimeout as after } from 'node:timers/promises';
import { createPartnerClient } from '../../subgraphs/partners/actions/createPartnerClient';
import { revokePartnerClient } from '../../subgraphs/partners/actions/revokePartnerClient';
import { openScene } from '../subgraphs/partners/scene';
import { openEventSource } from './event-source';
import { ACCOUNT, openPlatform, type Platform } from './platform';

let scene: Awaited<ReturnType<typeof openScene>>;
let platform: Platform;
beforeAll(async () => {
  scene = await openScene();
  platform = await openPlatform({}, { partners: scene.house.url });
});
afterAll(async () => {
  await platform.close();
  await scene.house.close();
});

const bearerOf = async ({ client, secret }: { readonly client: { readonly id: string }; readonly secret: string }) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const form = { grant_type: 'client_credentials', client_id: client.id, client_secret: secret };
  const { body } = await platform.send('/oauth/token', { method: 'POST', headers, body: new URLSearchParams(form).toString() });
  return `Bearer ${body.access_token}`;
};

test('a revoked system’s token dies within a second, and what it follows with it; the other system goes on', async () => {
  const [shop, canary] = [await bearerOf(scene.shop), await bearerOf(scene.canary)];
  const status = async (authorization: string) => (await platform.post({ query: '{ whoAmI }' }, { authorization })).status;
  expect([await status(shop), await status(canary)]).toEqual([200, 200]);
  const query = `subscription { accountEvents(account: "${ACCOUNT}") { id } }`;
  // Partners are shown nothing to follow; whoever else comes with the token of a system follows as long as the system is trusted.
  const follower = await platform.mint({ sub: 'usr_1', roles: ['BUYER'], accounts: [ACCOUNT], client_id: scene.shop.client.id });
  const source = await openEventSource(platform.gateway.url, { query }, { authorization: `Bearer ${follower}` });
  await source.until(() => source.state.beats > 0);
  await scene.write(work => revokePartnerClient(work, { clientId: scene.shop.client.id }));
  const revokedAt = performance.now();
  while ((await status(shop)) === 200 && performance.now() - revokedAt < 3_000) await after(10);
  expect(performance.now() - revokedAt).toBeLessThan(1_000);
  expect([await status(shop), await status(canary)]).toEqual([401, 200]);
  await source.until(() => !source.state.isOpen);
  expect(source.events[0]?.data.errors[0].extensions.code).toBe('UNAUTHENTICATED');
});

test('a token that is given back dies within a second and alone, and is told inactive to its own client and to others', async () => {
  const [kept, given, foreign] = [await bearerOf(scene.canary), await bearerOf(scene.canary), await bearerOf(scene.canary)].map(bearer =>
    bearer.slice(7),
  );
  const form = (path: string, token: string, { client, secret } = scene.canary) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ token: token ?? '', client_id: client.id, client_secret: secret }).toString();
    return platform.send(path, { method: 'POST', headers, body });
  };
  const isActive = async (token: string) => (await form('/oauth/introspect', token)).body.active;
  const told = await form('/oauth/introspect', given!);
  expect(told.body).toMatchObject({
    active: true,
    client_id: scene.canary.client.id,
    token_type: 'Bearer',
    scope: expect.stringContaining('marketplace'),
  });
  expect(told.headers.get('cache-control')).toBe('no-store');

  const rival = await scene.write(work =>
    createPartnerClient(work, { partnerId: scene.distributor.id, name: 'Rival', scopes: ['customer:read'] }),
  );
  expect((await form('/oauth/introspect', foreign!, rival)).body).toEqual({ active: false });
  expect((await form('/oauth/revoke', foreign!, rival)).status).toBe(200);
  expect((await form('/oauth/introspect', 'no token')).body).toEqual({ active: false });
  expect((await form('/oauth/revoke', 'no token')).status).toBe(200);
  expect((await form('/oauth/revoke', given!, { ...scene.canary, secret: 'a guess' })).status).toBe(401);
  expect((await form('/oauth/introspect', '')).status).toBe(400);

  expect((await form('/oauth/revoke', given!)).status).toBe(200);
  const status = async (token: string) => (await platform.post({ query: '{ whoAmI }' }, { authorization: `Bearer ${token}` })).status;
  for (let tries = 0; (await status(given!)) === 200 && tries < 300; tries++) await after(10);
  expect([await status(given!), await status(kept!), await status(foreign!)]).toEqual([401, 200, 200]);
  expect([await isActive(given!), await isActive(kept!)]).toEqual([false, true]);
});
