/** What can be followed: by whom, from when, until when, and without a gap. */
import { setTimeout as after } from 'node:timers/promises';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import { openGateway } from '../../gateway/server';
import { silentLog } from '../../kernel/log';
import { openEventSource } from './event-source';
import { HIDDEN, OF_ACCOUNT, orderStates } from './fake-house';
import { ACCOUNT, openPlatform, type Platform } from './platform';

let platform: Platform;
let authorization: string;
const sources: Awaited<ReturnType<typeof openEventSource>>[] = [];
beforeAll(async () => {
  platform = await openPlatform({ SUBSCRIPTIONS_PER_VIEWER: '3' });
  authorization = await bearer('usr_1');
});
afterEach(async () => {
  for (const source of sources.splice(0)) await source.leave();
  orderStates.clear();
});
afterAll(() => platform.close());

const bearer = async (sub: string, seconds?: number) => `Bearer ${await platform.gateway.mint?.({ sub, roles: ['BUYER'] }, seconds)}`;
const follow = async (query: string, headers: Readonly<Record<string, string>> = {}, more: object = {}) => {
  const source = await openEventSource(platform.gateway.url, { query, ...more }, { authorization, ...headers });
  sources.push(source);
  return source;
};
const happen = (type: string, subject: string) =>
  platform.orders.announce({ type: `${type}.v1`, subject, accountId: ACCOUNT as never, data: { secret: 'margin' } });
const ORDER =
  'subscription($id: ID!) { changed: orderUpdated(id: $id) { ...State } } fragment State on Order { id state billingAccount { name } }';
const EVENTS = `subscription { accountEvents(account: "${ACCOUNT}") { id kind house subject at } }`;
const changed = (id: string, state: string) => ({ data: { changed: { id, state, billingAccount: { name: 'Account acc_1' } } } });

test('an order is told as it is, and again after each event of it and of no other', async () => {
  const source = await follow(ORDER, {}, { variables: { id: 'ord_1' } });
  expect([source.response.status, source.response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  await source.until(() => source.events.length === 1);
  expect(source.events[0]).toMatchObject({ event: 'next', data: changed('ord_1', 'FULFILLED') });
  orderStates.set('ord_1', 'CANCELLED');
  happen('OrderCancelled', 'ord_2');
  await after(50);
  expect(source.events).toHaveLength(1);
  happen('OrderCancelled', 'ord_1');
  await source.until(() => source.events.length === 2);
  expect(source.events[1]?.data).toEqual(changed('ord_1', 'CANCELLED'));
});

test('the events of an account are told once each, as selected, and nothing else of them', async () => {
  const source = await follow(EVENTS);
  await source.until(() => source.state.beats > 0);
  const said = [happen('OrderAccepted', 'ord_7'), happen('OrderFulfilled', 'ord_7')];
  platform.orders.announce({ type: 'OrderAccepted.v1', subject: 'ord_8', accountId: null });
  await source.until(() => source.events.length === 2);
  expect(source.events.map(({ data }) => data.data.accountEvents)).toEqual(
    said.map(({ id, type, time }) => ({ id, kind: type.replace('.v1', ''), house: 'orders', subject: 'ord_7', at: time })),
  );
  expect(JSON.stringify(source.events)).not.toContain('margin');
});

test('who was cut off goes on without a gap and without a repetition', async () => {
  const before = await follow(EVENTS);
  await before.until(() => before.state.beats > 0);
  happen('A', 'ord_1');
  await before.until(() => before.events.length === 1);
  const lastEventId = before.events[0]?.id ?? '';
  await before.leave();
  happen('B', 'ord_1');
  happen('C', 'ord_1');
  const again = await follow(EVENTS, { 'last-event-id': lastEventId });
  happen('D', 'ord_1');
  await again.until(() => again.events.length === 3);
  happen('E', 'ord_1');
  await again.until(() => again.events.length === 4);
  expect(again.events.map(({ data }) => data.data.accountEvents.kind)).toEqual(['B', 'C', 'D', 'E']);
});

test('who was cut off goes on at another replica, which reads what it has not heard itself', async () => {
  const before = await follow(EVENTS);
  await before.until(() => before.state.beats > 0);
  happen('A', 'ord_1');
  await before.until(() => before.events.length === 1);
  happen('B', 'ord_1');
  const replica = await openGateway({ environment: platform.environment, log: silentLog });
  const headers = { authorization, 'last-event-id': before.events[0]?.id ?? '' };
  const again = await openEventSource(replica.url, { query: EVENTS }, headers);
  await again.until(() => again.events.length === 1);
  happen('C', 'ord_1');
  await again.until(() => again.events.length === 2);
  expect(again.events.map(({ data }) => data.data.accountEvents.kind)).toEqual(['B', 'C']);
  // Its drain lets the client go without a word, so that it comes back elsewhere.
  await replica.close();
  await again.until(() => !again.state.isOpen);
  expect(again.events).toHaveLength(2);
});

test('what may not be seen is answered as if it did not exist, and ends', async () => {
  const order = await follow(ORDER, {}, { variables: { id: HIDDEN } });
  await order.until(() => order.events.length === 2);
  expect(order.events.map(({ event, data }) => [event, data])).toEqual([
    ['next', { data: { changed: null } }],
    ['complete', null],
  ]);
  const account = await follow(`subscription { accountEvents(account: "${HIDDEN}") { id } }`);
  await account.until(() => account.events.length === 2);
  expect(account.events[0]?.data.errors[0].extensions.code).toBe('NOT_FOUND');
  expect(account.state.isOpen).toBe(false);
});

test('a subscription ends with its token', async () => {
  const short = await bearer('usr_short', -3); // five seconds of tolerance for clocks that differ
  const source = await follow(EVENTS, { authorization: short });
  await source.until(() => source.events.length === 2, 6_000);
  expect(source.events[0]?.data.errors[0].extensions.code).toBe('UNAUTHENTICATED');
  expect(source.events[1]?.event).toBe('complete');
}, 120_000);

test('a viewer follows so many things at once, and another one when it has left one', async () => {
  const mine = { authorization: await bearer('usr_many') };
  const open = [await follow(EVENTS, mine), await follow(EVENTS, mine), await follow(EVENTS, mine)];
  const fourth = await follow(EVENTS, mine);
  expect([fourth.response.status, (await follow(EVENTS)).response.status]).toEqual([429, 200]);
  await open[0]?.leave();
  await after(50);
  expect((await follow(EVENTS, mine)).response.status).toBe(200);
});

test.each<[string, number, string, object, Readonly<Record<string, string>>]>([
  ['an order without its id', 400, 'BAD_USER_INPUT', { query: ORDER }, {}],
  ['an unknown field', 400, 'GRAPHQL_VALIDATION_FAILED', { query: 'subscription { orderUpdated(id: 1) { nothing } }' }, {}],
  [
    'two things at once',
    400,
    'GRAPHQL_VALIDATION_FAILED',
    { query: 'subscription { a: orderUpdated(id: 1) { id } b: orderUpdated(id: 1) { id } }' },
    {},
  ],
  [
    'too deep a selection',
    400,
    'DEPTH_LIMIT',
    { query: `subscription { orderUpdated(id: 1) { ${'billingAccount { orders { '.repeat(9)} id ${'} } '.repeat(9)} } }` },
    {},
  ],
  [
    'too dear a selection',
    400,
    'COST_LIMIT',
    { query: `subscription { orderUpdated(id: 1) { ${'billingAccount { orders { '.repeat(5)} id ${'} } '.repeat(5)} } }` },
    {},
  ],
  ['an answer in one piece', 406, 'BAD_REQUEST', { query: EVENTS }, { accept: 'application/json' }],
  ['a position that is none', 400, 'BAD_REQUEST', { query: EVENTS }, { 'last-event-id': '1; drop' }],
  ['a bad token', 401, 'UNAUTHENTICATED', { query: EVENTS }, { authorization: 'Bearer a.b.c' }],
])('%s is refused with %i %s', async (_, status, code, body, headers) => {
  for (const source of [await follow('', headers, body), await follow('', headers, body)]) {
    await source.until(() => !source.state.isOpen);
    expect([source.response.status, JSON.parse(source.text()).errors[0].extensions.code]).toEqual([status, code]);
  }
});

test('many who follow one order are told by one read, and each is told only what it may know', async () => {
  const id = `${OF_ACCOUNT}1`;
  const follower = async (sub: string, claims: object) => {
    const token = await platform.gateway.mint?.({ sub, roles: ['BUYER'], ...claims });
    return follow(ORDER, { authorization: `Bearer ${token}` }, { variables: { id } });
  };
  const owners = await Promise.all(Array.from({ length: 12 }, (_, n) => follower(`usr_owner${n}`, { accounts: [ACCOUNT] })));
  for (const source of owners) await source.until(() => source.events.length === 1);
  const stranger = await follower('usr_stranger', {});
  await stranger.until(() => !stranger.state.isOpen);
  expect(stranger.events[0]?.data).toEqual({ data: { changed: null } });
  platform.orders.seen.length = 0;
  orderStates.set(id, 'CANCELLED');
  happen('OrderCancelled', id);
  for (const source of owners) await source.until(() => source.events.length === 2);
  for (const source of owners) expect(source.events[1]?.data).toEqual(changed(id, 'CANCELLED'));
  // They are the same in all that the house looked at: their accounts.
  expect(platform.orders.seen).toHaveLength(1);
});

test('a query may be answered as events too', async () => {
  const source = await follow('{ billingAccount(id: 1) { name } }');
  await source.until(() => source.events.length === 2);
  expect(source.events.map(({ event }) => event)).toEqual(['next', 'complete']);
  expect(source.events[0]?.data.data).toEqual({ billingAccount: { name: 'Account 1' } });
});

test('who may read the schema reads what can be followed', async () => {
  const { body } = await platform.post({ query: getIntrospectionQuery() }, { authorization });
  const root = buildClientSchema(body.data).getSubscriptionType();
  expect([root?.name, Object.keys(root?.getFields() ?? {})]).toEqual(['LiveUpdates', ['orderUpdated', 'accountEvents']]);
});
