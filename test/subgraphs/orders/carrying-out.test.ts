import type { TestHouse } from '../../support/house';
import { operator, support } from '../../support/viewers';
import {
  ALL_BUT_PAYMENT,
  accountEvent,
  acme,
  acmeBuyer,
  aId,
  answerTo,
  asked,
  buy,
  card,
  failing,
  fulfil,
  newKey,
  openOrders,
  PAY_AGAIN,
  payload,
  premium,
  preview,
  progress,
  RETRY,
  seats,
  stepOf,
  versionEvent,
} from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openOrders();
});
afterEach(() => house.close());

const NOON = new Date('2026-06-15T12:00:00.000Z');
const retry = async (orderId: string, viewer = support) =>
  payload(
    await house.run(viewer, RETRY, {
      input: { idempotencyKey: newKey(), orderId, step: 'SUBSCRIPTION', reason: 'The namespace was freed.' },
    }),
    'retryFulfillment',
  );
const attemptOf = async (type: string) => ((await asked(house, type)).data as { attempt: number }).attempt;

test('a step that failed is asked for again by itself after two seconds', async () => {
  const { order } = await buy(house);
  await failing(house, 'SubscriptionChangeRequested.v1', 'SUBSCRIPTION', true);
  const waiting = await progress(house, order.id);
  expect(waiting.state).toBe('PROVISIONING');
  expect(stepOf(waiting, 'SUBSCRIPTION')).toEqual({
    kind: 'SUBSCRIPTION',
    state: 'FAILED',
    attempts: 1,
    lastError: 'NO_LUCK: Not now.',
    nextRetryAt: '2026-06-15T12:00:02.000Z',
  });
  await house.runJobs();
  expect(stepOf(await progress(house, order.id), 'SUBSCRIPTION')).toMatchObject({ state: 'RUNNING', attempts: 2, nextRetryAt: null });
  expect(await attemptOf('SubscriptionChangeRequested.v1')).toBe(2);
  await fulfil(house, ...ALL_BUT_PAYMENT);
  expect((await progress(house, order.id)).state).toBe('FULFILLED');
});

test('an order whose step failed for good waits for support, who say why', async () => {
  const { order } = await buy(house);
  await failing(house, 'SubscriptionChangeRequested.v1', 'SUBSCRIPTION', false);
  expect((await progress(house, order.id, support)).state).toBe('ERROR');
  expect((await house.announced('OrderStopped.v1'))[0]!.data).toMatchObject({ orderId: order.id, step: 'SUBSCRIPTION', code: 'NO_LUCK' });

  expect(await retry(order.id, operator)).toMatchObject({ order: { state: 'PROVISIONING' }, userErrors: [] });
  expect(await attemptOf('SubscriptionChangeRequested.v1')).toBe(2);
  expect((await retry(order.id)).userErrors).toMatchObject([{ code: 'NO_FAILED_STEP' }]); // it runs already
  const story = (await progress(house, order.id)).timeline;
  expect(story.find(({ kind }: { kind: string }) => kind === 'ORDER_RESUMED')).toMatchObject({
    actor: 'operator@example.com',
    detail: 'The namespace was freed.',
  });
  await fulfil(house, ...ALL_BUT_PAYMENT);
  expect((await progress(house, order.id)).state).toBe('FULFILLED');
});

test('a declined card stops the order; the buyer pays with another one', async () => {
  const { order } = await buy(house, [premium()], { paymentMethodId: card });
  const first = (await asked(house, 'PaymentRequested.v1')).data as { paymentId: string };
  await failing(house, 'PaymentRequested.v1', 'PAYMENT', false);
  const other = aId('paymentMethod', 2);
  const again = await house.run(acmeBuyer, PAY_AGAIN, { input: { idempotencyKey: newKey(), orderId: order.id, paymentMethodId: other } });
  expect(payload(again, 'retryPayment')).toMatchObject({ order: { state: 'ACCEPTED' }, userErrors: [] });
  // The payment is the same one: whatever the first card did, no second payment can come of it.
  expect((await asked(house, 'PaymentRequested.v1')).data).toMatchObject({
    attempt: 2,
    paymentMethodId: other,
    paymentId: first.paymentId,
  });
  await fulfil(house, 'PaymentRequested.v1', ...ALL_BUT_PAYMENT);
  expect((await progress(house, order.id)).state).toBe('FULFILLED');
});

test('answers that come twice, late or out of turn change nothing', async () => {
  const { order } = await buy(house);
  const { source, event } = await answerTo(house, 'SubscriptionChangeRequested.v1');
  const late = { ...event, data: { ...event.data, attempt: 7 } };
  await house.receive(source, late);
  expect(await house.announced('InvoiceRequested.v1')).toEqual([]);
  const told = await house.receive(source, event);
  await house.receive(source, event, ...told); // said again, and delivered again
  expect(await house.announced('InvoiceRequested.v1')).toHaveLength(1);
  await fulfil(house, 'InvoiceRequested.v1', 'LicenseRequested.v1', 'DeliveryRequested.v1');
  await failing(house, 'DeliveryRequested.v1', 'DELIVERY', false);
  const done = await progress(house, order.id);
  expect(done.state).toBe('FULFILLED');
  expect(await house.announced('OrderFulfilled.v1')).toHaveLength(1);
  expect(new Set(done.timeline.map((entry: object) => JSON.stringify(entry))).size).toBe(done.timeline.length);
});

test('a step that nobody answers is asked for again after a minute, and an answer to the older try is too late', async () => {
  const { order } = await buy(house);
  const old = await answerTo(house, 'SubscriptionChangeRequested.v1');
  const remind = async (secondsLater: number) => {
    house.setClock(new Date(NOON.getTime() + secondsLater * 1000));
    await house.write(work => work.enqueue('remindSilentOwners', {}));
    await house.runJobs();
    return attemptOf('SubscriptionChangeRequested.v1');
  };
  expect(await remind(59)).toBe(1);
  expect(await remind(60)).toBe(2);
  expect(await remind(179)).toBe(2); // two minutes now
  expect(await remind(180)).toBe(3);
  await house.receive(old.source, old.event);
  expect(stepOf(await progress(house, order.id), 'SUBSCRIPTION')).toMatchObject({ state: 'RUNNING', attempts: 3 });
  await fulfil(house, ...ALL_BUT_PAYMENT);
  expect((await progress(house, order.id)).state).toBe('FULFILLED');
});

test('an older announcement of an account or a subscription does not undo a newer one', async () => {
  await house.receive('customers', accountEvent(acme, { version: 3, holds: ['CREDIT_HOLD'] }), accountEvent(acme, { version: 2 }));
  expect((await preview(house, [seats(1)])).userErrors).toMatchObject([{ code: 'ACCOUNT_ON_HOLD' }]);
  const more = { ...versionEvent(1).data.charges[0]!, chargeId: aId('charge', 77), quantity: 5 };
  const charges = [...versionEvent(1).data.charges, more];
  await house.receive('subscriptions', versionEvent(1, { version: 2, charges }), versionEvent(1));
  const shown = await preview(house, [seats(1)], { paymentMethodId: card });
  expect(shown.changes[0]).toMatchObject({ field: 'seats', before: '15', after: '16' }); // 10 + 5, the sum of all charges
});

test('a retry needs a reason, an order, and a step that failed', async () => {
  const { order } = await buy(house);
  const retry = async (change: object) =>
    payload(
      await house.run(support, RETRY, { input: { idempotencyKey: newKey(), orderId: order.id, reason: 'looked into it', ...change } }),
      'retryFulfillment',
    ).userErrors[0]?.code;
  expect(await retry({ reason: '  ' })).toBe('REASON_REQUIRED');
  expect(await retry({ orderId: aId('order', 99) })).toBe('ORDER_NOT_FOUND');
  expect(await retry({ step: 'BAKING' })).toBe('NO_FAILED_STEP');
  expect(await retry({})).toBe('NO_FAILED_STEP');
  const pay = await house.run(acmeBuyer, PAY_AGAIN, { input: { idempotencyKey: newKey(), orderId: order.id, paymentMethodId: 'visa' } });
  expect(payload(pay, 'retryPayment').userErrors[0].code).toBe('PAYMENT_METHOD_NOT_FOUND');
  await fulfil(house, 'SubscriptionChangeRequested.v1');
});
