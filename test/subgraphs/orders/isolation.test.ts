import type { TestHouse } from '../../support/house';
import { analyst, support } from '../../support/viewers';
import {
  ADD_SEATS,
  acme,
  acmeBuyer,
  aId,
  BUY,
  buy,
  card,
  globexBuyer,
  newKey,
  openOrders,
  PAY_AGAIN,
  PREVIEW,
  PROGRESS,
  payload,
  premium,
  progress,
  purchase,
  RETRY,
  seats,
} from './scene';

let house: TestHouse;
beforeAll(async () => {
  house = await openOrders();
});
afterAll(() => house.close());

test('another account’s order does not exist, by any path', async () => {
  const { order } = await buy(house);
  expect(await progress(house, order.id, globexBuyer)).toBeNull();
  expect(await progress(house, 'ord_1', acmeBuyer)).toBeNull();
  const ENTITIES =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Order { id } ... on BillingAccount { orders { totalCount } } } }';
  const r = [
    { __typename: 'Order', id: order.id },
    { __typename: 'Order', number: order.number },
    { __typename: 'BillingAccount', id: acme },
  ];
  expect(payload(await house.run(globexBuyer, ENTITIES, { r }), '_entities')).toEqual([null, null, null]);
  expect(payload(await house.run(acmeBuyer, ENTITIES, { r }), '_entities')).toMatchObject([
    { id: order.id },
    { id: order.id },
    { orders: {} },
  ]);
  const taken = await house.run(globexBuyer, ADD_SEATS, {
    input: { idempotencyKey: newKey(), subscriptionName: 'A-S00000001', quantity: 1 },
  });
  expect(payload(taken, 'addSeats').userErrors).toMatchObject([{ code: 'SUBSCRIPTION_NOT_FOUND', path: ['subscriptionName'] }]);
  const paid = await house.run(globexBuyer, PAY_AGAIN, { input: { idempotencyKey: newKey(), orderId: order.id, paymentMethodId: card } });
  expect(payload(paid, 'retryPayment').userErrors).toMatchObject([{ code: 'ORDER_NOT_FOUND' }]);
});

test('each role reaches its own fields only', async () => {
  const codeOf = async (viewer: typeof support, document: string, variables: object) =>
    (await house.run(viewer, document, variables)).errors?.[0]?.extensions.code;
  expect(await codeOf(support, BUY, purchase([premium()]))).toBe('FORBIDDEN');
  expect(await codeOf(analyst, PREVIEW, purchase([premium()]))).toBe('FORBIDDEN');
  expect(await codeOf(analyst, PROGRESS, { id: aId('order', 1) })).toBe('FORBIDDEN');
  expect(await codeOf(acmeBuyer, RETRY, { input: { idempotencyKey: newKey(), orderId: aId('order', 1), reason: 'x' } })).toBe('FORBIDDEN');
});

test('an action without a member, or with two, is no action', async () => {
  for (const action of [{}, { ...premium(), ...seats(1) }]) {
    expect((await house.run(acmeBuyer, BUY, purchase([action]))).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  }
});
