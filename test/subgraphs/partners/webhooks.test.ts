/** Partners are told of their orders: signed, at least once, and never inside our own network. */
import { Webhook } from 'standardwebhooks';
import { addMs, wallClock } from '../../../kernel/time';
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
