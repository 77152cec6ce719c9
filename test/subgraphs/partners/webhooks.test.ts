/** Partners are told of their orders: signed, at least once, and never inside our own network. */
import { Webhook } from 'standardwebhooks';
import { accept } from '../../../kernel/result';
import { addMs, wallClock } from '../../../kernel/time';
import { queueStatus } from '../../../subgraphs/partners/actions/queue-delivery';
import { PARTNER_SCOPES } from '../../../subgraphs/partners/domain/client';
import { openReceiver, type Told } from '../../support/receiver';
import { partner } from '../../support/viewers';
import { mutate, openScene } from './scene';

let scene: Awaited<ReturnType<typeof openScene>>;
let receiver: Awaited<ReturnType<typeof openReceiver>>;
let inside: Awaited<ReturnType<typeof openReceiver>>;
beforeEach(async () => {
  const variables = { WEBHOOKS_TO_LOOPBACK: 'dangerously_yes_for_development_only' };
  scene = await openScene({ now: wallClock.now(), variables });
  [receiver, inside] = [await openReceiver(), await openReceiver()];
});
afterEach(async () => {
  await Promise.all([scene?.house.close(), receiver?.close(), inside?.close()]);
});

interface Event {
  readonly orderingKey: string;
  readonly sequence: number;
  readonly data: { readonly status: string };
}

/** The same messages in another order, the same for the same seed. */
function shuffled<Item>(items: readonly Item[], seed: number): readonly Item[] {
  let state = seed;
  const next = () => (state = (state * 48_271) % 2_147_483_647);
  return items
    .map(item => [next(), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
}

const viewer = () => partner(scene.distributor.id, ...PARTNER_SCOPES);
const run = (name: string, input: object, fields: string, by = viewer()) => mutate(scene.house, by, name, input, fields);
const codes = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map(error => error.code).join();
const set = (url: string, events = ['order.fulfilled']) =>
  run('setStatusWebhook', { url, events }, 'webhook { id url events lastDelivery { status } } secret');
const LOG = 'nodes { id event status attempts responseStatus error orderingKey sequence }';
const log = async () =>
  (await scene.house.run(viewer(), `{ statusWebhooks { url deliveries { ${LOG} } } }`)).data.statusWebhooks[0].deliveries.nodes;

test('an event is signed as Standard Webhooks specifies, and an old or altered one is not believed', async () => {
  const { webhook, secret } = await set(receiver.url);
  expect(webhook).toMatchObject({ url: receiver.url, events: ['order.fulfilled'], lastDelivery: null });
  await run('testStatusWebhook', { webhookId: webhook.id }, 'delivery { id }');
  await scene.house.runJobs();
  const [{ headers, body }] = receiver.told as [Told];
  const told = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  expect(new Webhook(secret).verify(body, told)).toMatchObject({ type: 'webhook.test', orderingKey: webhook.id, sequence: 0 });
  expect(() => new Webhook(secret).verify(`${body} `, told)).toThrow();
  const late = { ...told, 'webhook-timestamp': String(Number(told['webhook-timestamp']) - 301) };
  expect(() => new Webhook(secret).verify(body, late)).toThrow();
  expect(await log()).toMatchObject([{ event: 'webhook.test', status: 'DELIVERED', attempts: 1, responseStatus: 200, error: null }]);
});

test.each<[string, (state: typeof receiver.state) => void, object]>([
  ['fails', state => (state.status = 500), { responseStatus: 500, error: 'It answered 500.' }],
  ['cuts the line', state => (state.isCutOff = true), { responseStatus: null, error: 'It could not be reached.' }],
  ['sends us to an address inside', state => Object.assign(state, { status: 302, location: `${inside.url}` }), { responseStatus: 302 }],
])('a receiver that %s loses nothing and leads nowhere: the event is told once more under the same id', async (_how, mood, logged) => {
  const { webhook } = await set(receiver.url);
  mood(receiver.state);
  const { delivery } = await run('testStatusWebhook', { webhookId: webhook.id }, 'delivery { id status }');
  await scene.house.runJobs();
  expect(await log()).toMatchObject([{ id: delivery.id, status: 'PENDING', attempts: 1, ...logged }]);
  expect(inside.told).toEqual([]);
  Object.assign(receiver.state, { status: 200, location: '', isCutOff: false });
  await run('redeliverWebhook', { deliveryId: delivery.id }, 'delivery { id status }');
  await scene.house.runJobs();
  expect(await log()).toMatchObject([{ id: delivery.id, status: 'DELIVERED' }]);
  expect(new Set(receiver.told.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([delivery.id]));
});

/** Jobs of one line come one after the other, and a round that finds the line taken ends. */
async function untilTold(): Promise<void> {
  for (let rounds = 0; rounds < 100; rounds += 1) {
    await scene.house.runJobs();
    if ((await log()).every(({ status }: { status: string }) => status === 'DELIVERED')) return;
  }
}

test('what comes shuffled and doubled is put right by its id, its key and its place', async () => {
  const { webhook, secret } = await set(receiver.url, ['order.accepted', 'order.error', 'order.fulfilled']);
  const orders = ['por_1', 'por_2'];
  const course = ['ACCEPTED', 'ERROR', 'ACCEPTED', 'FULFILLED'] as const;
  for (const id of orders)
    for (const [at, status] of course.entries()) {
      const order = { id, partnerId: scene.distributor.id, resellerId: null, status, externalId: id, subscriptionName: null };
      await scene.house.write(async work => queueStatus(work, order as never, at + 1, 'because').then(() => accept(null)));
    }
  await untilTold();
  for (const { id } of await log()) await run('redeliverWebhook', { deliveryId: id }, 'delivery { id }');
  await untilTold();
  expect(receiver.told).toHaveLength(16);
  for (let seed = 1; seed <= 20; seed += 1) {
    const [seen, last] = [new Set<unknown>(), new Map<string, { sequence: number; status: string }>()];
    for (const { headers, body } of shuffled(receiver.told, seed)) {
      const event = new Webhook(secret).verify(body, headers as Record<string, string>) as Event;
      seen.add(headers['webhook-id']);
      if (event.sequence > (last.get(event.orderingKey)?.sequence ?? 0))
        last.set(event.orderingKey, { sequence: event.sequence, status: event.data.status });
    }
    expect([seed, seen.size, ...orders.map(id => last.get(id))]).toEqual([
      seed,
      8,
      ...orders.map(() => ({ sequence: 4, status: 'FULFILLED' })),
    ]);
  }
  expect(webhook.id).toMatch(/^whk_/);
});

test('each partner is told in a line of its own, so that a receiver that hangs keeps nobody else waiting', async () => {
  for (const by of [viewer(), partner(scene.reseller.id, ...PARTNER_SCOPES)]) {
    const { webhook } = await run('setStatusWebhook', { url: receiver.url, events: ['order.fulfilled'] }, 'webhook { id }', by);
    for (let n = 0; n < 3; n += 1) await run('testStatusWebhook', { webhookId: webhook.id }, 'delivery { id }', by);
  }
  const lines = await scene.house
    .sql`select queue_name, count(*)::int from graphile_worker.jobs where queue_name is not null group by 1 order by 1`;
  expect(lines.map(({ queue_name, count }) => [queue_name, count])).toEqual(
    [scene.distributor.id, scene.reseller.id].toSorted().map(id => [`webhooks of ${id}`, 3]),
  );
});

test('after three days without an answer an event is given up, and shown as such', async () => {
  const { webhook } = await set(receiver.url);
  receiver.state.status = 503;
  await run('testStatusWebhook', { webhookId: webhook.id }, 'delivery { id }');
  scene.house.setClock(addMs(wallClock.now(), 72 * 3_600_000));
  await scene.house.runJobs();
  expect(await log()).toMatchObject([{ status: 'FAILED', attempts: 1, responseStatus: 503 }]);
});

test('addresses, events and webhooks that cannot be are refused, and those of others are not there', async () => {
  expect(codes(await set('https://10.0.0.1/'))).toBe('WEBHOOK_URL_REFUSED');
  expect(codes(await set(receiver.url, ['order.lost']))).toBe('EVENT_UNKNOWN');
  const { webhook } = await set(receiver.url);
  const { delivery } = await run('testStatusWebhook', { webhookId: webhook.id }, 'delivery { id }');
  const rival = partner(scene.reseller.id, ...PARTNER_SCOPES);
  expect(codes(await run('removeStatusWebhook', { webhookId: webhook.id }, 'webhook { id }', rival))).toBe('WEBHOOK_NOT_FOUND');
  expect(codes(await run('testStatusWebhook', { webhookId: webhook.id }, 'delivery { id }', rival))).toBe('WEBHOOK_NOT_FOUND');
  expect(codes(await run('redeliverWebhook', { deliveryId: delivery.id }, 'delivery { id }', rival))).toBe('DELIVERY_NOT_FOUND');
  for (let n = 2; n <= 10; n++) expect(codes(await set(`https://hooks.example.com/${n}`))).toBe('');
  expect(codes(await set('https://hooks.example.com/11'))).toBe('WEBHOOKS_LIMIT_REACHED');
  expect(codes(await run('removeStatusWebhook', { webhookId: webhook.id }, 'webhook { id }'))).toBe('');
  await scene.house.runJobs();
  expect(receiver.told).toEqual([]);
});
