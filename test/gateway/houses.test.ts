import { createServer } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { openHouseCaller } from '../../gateway/house-caller';
import { HouseSilent } from '../../gateway/house-silent';
import { anonymous } from '../../kernel/auth/viewer';
import { openPlatform, type Platform } from './platform';

let platform: Platform;
let ask: Awaited<ReturnType<Platform['as']>>;
beforeAll(async () => {
  platform = await openPlatform();
  ask = await platform.as({ roles: ['BUYER'] });
});
afterAll(() => platform.close());
afterEach(() => {
  platform.orders.mood = 'up';
  platform.customers.mood = 'up';
});

const MIXED = '{ billingAccounts { id name orders { id state } } order(id: 1) { id } }';

test('houses answer one question together', async () => {
  expect((await ask('{ billingAccount(id: 7) { name orders { id } parent { ordersTotal } } }')).body).toMatchObject({
    data: { billingAccount: { name: 'Account 7', orders: [{ id: 'ord_of_7' }], parent: { ordersTotal: 1 } } },
  });
  expect((await ask('mutation { placeOrder(input: { sku: "X", quantity: 1, action: { addSeats: 1 } }) { id state } }')).body.data).toEqual({
    placeOrder: { id: 'ord_1', state: 'ACCEPTED' },
  });
});

test.each(['hangs', 'overloaded', 'garbage'] as const)('a house that %s loses its own fields only, soon', async mood => {
  platform.orders.mood = mood;
  const startedAt = performance.now();
  const { status, body } = await ask(MIXED);
  expect(performance.now() - startedAt).toBeLessThan(1_000); // the deadline is 400 ms here, 5 s by default
  expect(status).toBe(200);
  const rows = [1, 2, 3].map(n => ({ id: `acc_${n}`, name: `Account ${n}`, orders: null }));
  expect(body.data).toEqual({ billingAccounts: rows, order: null });
  const { requestId } = body.errors[0].extensions;
  const error = (...path: (string | number)[]) => ({
    message: expect.stringMatching(/^Orders does not answer/),
    path,
    extensions: { code: 'HOUSE_UNAVAILABLE', house: 'orders', retryable: true, requestId },
  });
  expect(body.errors).toHaveLength(4);
  expect(body.errors).toEqual(expect.arrayContaining([error('order'), ...[0, 1, 2].map(n => error('billingAccounts', n, 'orders'))]));
});

test('a house that hung is not waited for twice in one request', async () => {
  platform.customers.mood = 'hangs';
  const startedAt = performance.now();
  await ask('{ order(id: 1) { billingAccount { name } } billingAccount(id: 1) { name } }');
  expect(performance.now() - startedAt).toBeLessThan(700);
});

test('what a house says in its errors does not reach the caller', async () => {
  const { body } = await ask('{ broken billingAccount(id: 1) { id } }');
  expect(body.data).toEqual({ broken: null, billingAccount: { id: '1' } });
  expect(body.errors).toEqual([
    {
      message: 'Something went wrong on our side.',
      path: ['broken'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', house: 'orders', requestId: expect.any(String) },
    },
  ]);
  for (const mood of ['garbage', 'overloaded', 'refuses'] as const) {
    platform.orders.mood = mood;
    expect(JSON.stringify((await ask(MIXED)).body)).not.toMatch(/http|internal|10\.0|127\.0|select|localhost/i);
  }
});

test('a value that a house owes and does not give nulls its parent and is an error', async () => {
  const { body } = await ask('{ billingAccount(id: 1) { id note } }');
  expect(body.data).toEqual({ billingAccount: null });
  expect(body.errors[0]).toMatchObject({ extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  expect(Object.keys(body.extensions)).toEqual(['cost']);
});

test('an answer made to poison harms nobody', async () => {
  platform.orders.mood = 'hostile';
  expect((await ask('{ order(id: 1) { id state } }')).body.data).toEqual({ order: { id: '1', state: 'X' } });
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('each call is signed for its house and carries the request id', async () => {
  platform.customers.seen.length = 0;
  platform.orders.seen.length = 0;
  const { headers } = await ask(MIXED);
  const seen = [...platform.customers.seen, ...platform.orders.seen];
  expect(seen.map(({ correlationId }) => correlationId)).toEqual(seen.map(() => headers.get('x-request-id')));
  expect(seen.every(({ viewer }) => viewer.subject === 'usr_1')).toBe(true);
  const direct = await fetch(`${platform.orders.url}/graphql`, { method: 'POST', body: '{"query":"{ broken }"}' });
  expect(direct.status).toBe(401);
});

test('when the client leaves, a read is given up and a change is finished', async () => {
  platform.orders.mood = 'hangs';
  const leave = async (query: string) => {
    platform.orders.seen.length = 0;
    const left = new AbortController();
    const headers = { 'content-type': 'application/json' };
    const asked = fetch(`${platform.gateway.url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query }),
      signal: left.signal,
    }).catch(() => {});
    while (platform.orders.seen.length === 0) await after(5);
    left.abort();
    await asked;
    await after(100);
    return platform.orders.seen[0]?.signal.aborted;
  };
  expect(await leave('{ order(id: 1) { id } }')).toBe(true);
  expect(await leave('mutation { addSeats(quantity: 1) { id } }')).toBe(false);
});

test('a broken connection is tried again for a read and never for a change', async () => {
  let attempts = 0;
  const door = createServer(socket => {
    attempts += 1;
    socket.destroy();
  });
  await new Promise<void>(done => door.listen(0, '127.0.0.1', done));
  const address = door.address();
  const url = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
  const caller = openHouseCaller({ houses: { orders: url }, hopSecret: 's'.repeat(32), deadlineMs: 500 });
  const call = { path: '/graphql', body: '{}', viewer: anonymous, correlationId: 'x', signal: new AbortController().signal };
  await expect(caller.call('orders', { ...call, isRepeatable: false })).rejects.toBeInstanceOf(HouseSilent);
  expect(attempts).toBe(1);
  await expect(caller.call('orders', { ...call, isRepeatable: true })).rejects.toMatchObject({ reason: 'connection' });
  expect(attempts).toBe(3);
  await expect(caller.call('reports', { ...call, isRepeatable: true })).rejects.toMatchObject({ reason: 'unknown-house' });
  await caller.close();
  await new Promise(done => door.close(done));
});
