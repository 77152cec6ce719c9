import { randomUUID } from 'node:crypto';
import { hopHeader, signHop } from '../../../kernel/auth/hop-token';
import type { Viewer } from '../../../kernel/auth/viewer';
import { wallClock } from '../../../kernel/time';
import { HOP_SECRET } from '../../support/house';
import { operator, partner, service } from '../../support/viewers';
import { key, mutate, openScene } from './scene';

let scene: Awaited<ReturnType<typeof openScene>>;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene?.house.close());

const CLIENT = 'client { id name scopes createdAt lastUsedAt revokedAt secretsValid }';
const code = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map(error => error.code).join();
const run = (name: string, input: object, fields = CLIENT) => mutate(scene.house, operator, name, input, fields);
const rotate = async (input: object = {}) =>
  run('rotatePartnerClientSecret', { clientId: scene.shop.client.id, ...input }, `${CLIENT} secret`);

/** The call of the gateway's token endpoint. */
async function authenticate(content: unknown, { viewer = service('gateway'), signed = true }: { viewer?: Viewer; signed?: boolean } = {}) {
  const body = typeof content === 'string' ? content : JSON.stringify(content);
  const token = signHop(HOP_SECRET, {
    audience: 'partners',
    body: signed ? body : 'another body',
    viewer,
    correlationId: randomUUID(),
    now: wallClock.now(),
  });
  const response = await fetch(`${scene.house.url}/clients/authenticate`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', authorization: hopHeader(token) },
  });
  return { status: response.status, answer: await response.json() };
}
const statusOf = async (clientSecret: string, clientId: string = scene.shop.client.id) =>
  (await authenticate({ clientId, clientSecret })).status;

test('a client is used from the networks that are named, and the gateways are told', async () => {
  const told = async () =>
    (await scene.house.announced()).flatMap(({ type, data }) =>
      type === 'ClientRestricted.v1' ? [(data as { allowedNetworks: string[] }).allowedNetworks] : [],
    );
  const fields = 'client { allowedNetworks }';
  const input = {
    partnerId: scene.distributor.id,
    name: 'Office',
    scopes: ['customer:read'],
    allowedNetworks: ['203.0.113.9/24', '2001:db8::1'],
  };
  const networks = ['203.0.113.0/24', '2001:db8::1/128'];
  expect((await run('createPartnerClient', input, fields)).client).toEqual({ allowedNetworks: networks });
  const restrict = (allowedNetworks: string[], clientId: string = scene.shop.client.id) =>
    run('restrictPartnerClient', { clientId, allowedNetworks }, fields);
  expect((await restrict(['198.51.100.7', '198.51.100.7/32'])).client).toEqual({ allowedNetworks: ['198.51.100.7/32'] });
  expect((await restrict([])).client).toEqual({ allowedNetworks: [] });
  expect(await told()).toEqual([networks, ['198.51.100.7/32'], []]);

  expect((await restrict(['198.51.100.7', 'office.example'])).userErrors).toMatchObject([
    { code: 'NETWORK_INVALID', path: ['allowedNetworks', '1'] },
  ]);
  expect(code(await restrict(Array.from({ length: 51 }, (_, n) => `198.51.100.${n}`)))).toBe('NETWORK_INVALID');
  expect(code(await run('createPartnerClient', { ...input, allowedNetworks: ['1'] }, fields))).toBe('NETWORK_INVALID');
  expect(code(await restrict([], 'pcl_unknown'))).toBe('CLIENT_NOT_FOUND');
});

test('a client is set up, its secret shown once and kept as a hash', async () => {
  const input = { idempotencyKey: key(), partnerId: scene.distributor.id, name: 'Portal', scopes: ['webhook:write', 'customer:read'] };
  const first = await run('createPartnerClient', input, `${CLIENT} secret`);
  expect(first.client).toMatchObject({
    name: 'Portal',
    scopes: ['customer:read', 'webhook:write'],
    lastUsedAt: null,
    revokedAt: null,
    secretsValid: 1,
  });
  expect(first.secret).toMatch(/^pgs_[\w-]{43}$/);
  const again = await run('createPartnerClient', input, `${CLIENT} secret`);
  expect(again).toMatchObject({ client: first.client, secret: null, userErrors: [] });

  const stored = JSON.stringify([
    await scene.house.sql`select * from partner_clients`,
    await scene.house.sql`select * from partner_client_secrets`,
    await scene.house.sql`select answer::text, request_hash from idempotency_key`,
    await scene.house.announced(),
  ]);
  expect(stored).not.toContain(first.secret);
  expect(stored).not.toContain(first.secret.slice(4, 30));
});

test('a dry run shows no secret and makes no client', async () => {
  const input = { partnerId: scene.distributor.id, name: 'Portal', scopes: ['customer:read'], dryRun: true };
  const thought = await run('createPartnerClient', input, 'client { name } secret');
  expect(thought).toMatchObject({ client: { name: 'Portal' }, secret: null, userErrors: [] });
  expect((await rotate({ dryRun: true })).secret).toBeNull();
  expect(await statusOf(scene.shop.secret)).toBe(200);
  const [counted] = await scene.house.sql`select count(*)::int as secrets from partner_client_secrets`;
  expect(counted?.secrets).toBe(2);
});

test.each([
  [{ name: '' }, 'NAME_INVALID'],
  [{ scopes: [] }, 'SCOPE_UNKNOWN'],
  [{ scopes: ['admin'] }, 'SCOPE_UNKNOWN'],
  [{ partnerId: 'par_none' }, 'PARTNER_NOT_FOUND'],
])('a client with %j is refused: %s', async (fault, refusal) => {
  expect(
    code(await run('createPartnerClient', { partnerId: scene.distributor.id, name: 'Portal', scopes: ['customer:read'], ...fault })),
  ).toBe(refusal);
});

test('a partner has at most 20 clients', async () => {
  const input = { partnerId: scene.distributor.id, name: 'Portal', scopes: ['customer:read'] };
  for (let n = 2; n <= 20; n++) expect(code(await run('createPartnerClient', input))).toBe('');
  expect(code(await run('createPartnerClient', input))).toBe('CLIENTS_LIMIT_REACHED');
  await run('revokePartnerClient', { clientId: scene.shop.client.id });
  expect(code(await run('createPartnerClient', input))).toBe('');
});

test('the gateway learns whose client it is and its scopes', async () => {
  expect(await authenticate({ clientId: scene.shop.client.id, clientSecret: scene.shop.secret })).toEqual({
    status: 200,
    answer: {
      clientId: scene.shop.client.id,
      partnerId: scene.distributor.id,
      scopes: ['marketplace.order:create', 'marketplace.order:read'],
    },
  });
});

test('nobody else gets in, and all are told the same', async () => {
  const { client, secret } = scene.shop;
  const wrong = [
    { clientId: client.id, clientSecret: `${secret}x` },
    { clientId: client.id, clientSecret: scene.canary.secret },
    { clientId: scene.distributor.id, clientSecret: secret },
    { clientId: 'pcl_none', clientSecret: secret },
    { clientId: client.id, clientSecret: '' },
    { clientId: client.id, clientSecret: 'x'.repeat(10_000) },
    { clientId: [client.id], clientSecret: secret },
    { clientId: client.id },
    'no json',
    '',
  ];
  for (const content of wrong) {
    expect(await authenticate(content)).toEqual({ status: 401, answer: { message: 'The client is unknown, or its secret is not valid.' } });
  }
});

test('only a signed call of a service may ask', async () => {
  const content = { clientId: scene.shop.client.id, clientSecret: scene.shop.secret };
  expect((await authenticate(content, { signed: false })).status).toBe(401);
  expect((await authenticate(content, { viewer: operator })).status).toBe(403);
  expect((await authenticate(content, { viewer: partner(scene.distributor.id) })).status).toBe(403);
});

test('two secrets are valid during a rotation, and never three', async () => {
  const [first, { secret: second, client }] = [scene.shop.secret, await rotate()];
  expect(client.secretsValid).toBe(2);
  expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);

  const { secret: third } = await rotate({ oldSecretValidHours: 1 });
  expect([await statusOf(first), await statusOf(second), await statusOf(third)]).toEqual([401, 200, 200]);
  scene.house.setClock(new Date('2026-06-15T13:00:00Z')); // noon + 1 hour
  expect([await statusOf(first), await statusOf(second), await statusOf(third)]).toEqual([401, 401, 200]);

  const { secret: fourth, client: last } = await rotate({ oldSecretValidHours: 0 });
  expect([await statusOf(third), await statusOf(fourth), last.secretsValid]).toEqual([401, 200, 1]);
});

test('a rotation never lets an ended secret live again', async () => {
  await rotate({ oldSecretValidHours: 1 });
  scene.house.setClock(new Date('2026-06-15T14:00:00Z'));
  await rotate({ oldSecretValidHours: 168 });
  expect(await statusOf(scene.shop.secret)).toBe(401);
});

test('two rotations at once leave two valid secrets', async () => {
  await Promise.all([rotate(), rotate(), rotate()]);
  const [valid] = await scene.house.sql`select count(*)::int as secrets from partner_client_secrets
    where client_id = ${scene.shop.client.id.slice(4)}::uuid and (expires_at is null or expires_at > '2026-06-15T12:00:00Z')`;
  expect(valid?.secrets).toBe(2);
});

test('an overlap beyond a week, and a client that is unknown, are refused', async () => {
  expect(code(await rotate({ oldSecretValidHours: 169 }))).toBe('OVERLAP_INVALID');
  expect(code(await rotate({ oldSecretValidHours: -1 }))).toBe('OVERLAP_INVALID');
  expect(code(await rotate({ clientId: 'pcl_none' }))).toBe('CLIENT_NOT_FOUND');
  expect(code(await run('revokePartnerClient', { clientId: scene.distributor.id }))).toBe('CLIENT_NOT_FOUND');
});

test('a revoked client never gets in again', async () => {
  const { secret } = await rotate();
  const input = { idempotencyKey: key(), clientId: scene.shop.client.id };
  const revoked = await run('revokePartnerClient', input);
  expect(revoked.client).toMatchObject({ revokedAt: '2026-06-15T12:00:00.000Z', secretsValid: 0 });
  expect((await run('revokePartnerClient', input)).client).toEqual(revoked.client);
  expect([await statusOf(scene.shop.secret), await statusOf(secret)]).toEqual([401, 401]);
  expect(code(await rotate())).toBe('CLIENT_NOT_FOUND');
  expect(code(await run('revokePartnerClient', { clientId: scene.shop.client.id }))).toBe('CLIENT_NOT_FOUND');
  expect(await statusOf(scene.canary.secret, scene.canary.client.id)).toBe(200);
  const announced = await scene.house.announced('ClientRevoked.v1');
  expect(announced.map(({ data }) => data)).toEqual([{ clientId: scene.shop.client.id, partnerId: scene.distributor.id }]);
});

test('an inactive partner’s clients stay outside and get no new ones', async () => {
  await run('updatePartner', { partnerId: scene.distributor.id, isActive: false }, 'partner { isActive }');
  expect(await statusOf(scene.shop.secret)).toBe(401);
  expect(code(await run('createPartnerClient', { partnerId: scene.distributor.id, name: 'Portal', scopes: ['customer:read'] }))).toBe(
    'PARTNER_INACTIVE',
  );
});

test('the last visit is known to the minute', async () => {
  const lastUsedAt = async () =>
    (await scene.house.run(partner(scene.distributor.id), '{ myPartner { clients { lastUsedAt } } }')).data.myPartner.clients[0].lastUsedAt;
  expect(await lastUsedAt()).toBeNull();
  for (const [time, seen] of [
    ['12:00:00', '12:00:00'],
    ['12:00:59', '12:00:00'],
    ['12:01:00', '12:01:00'],
  ]) {
    scene.house.setClock(new Date(`2026-06-15T${time}Z`));
    await statusOf(scene.shop.secret);
    expect(await lastUsedAt()).toBe(`2026-06-15T${seen}.000Z`);
  }
});
