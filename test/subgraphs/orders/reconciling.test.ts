/** Q1, Q2 in orders: a reconciliation is an order like every other, placed by nobody and paid with the newest card. */
import { day } from '../../../kernel/time';
import type { ReconciliationRequested } from '../../../subgraphs/subscriptions/events/published';
import type { TestHouse } from '../../support/house';
import { dayComes } from './amending-scene';
import { accountEvent, acme, acmeBuyer, aId, answerTo, failing, fulfil, openOrders, progress, versionEvent } from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openOrders();
  dayComes(house, '2026-03-16');
});
afterEach(() => house.close());

/** 7 users above the ten seats at $228 at the end of the first quarter, 9 March 2026: 7 × $228 × 9 ÷ 12 = $1,197. */
const requested = (change: Partial<ReconciliationRequested> = {}) => {
  const data: ReconciliationRequested = {
    reconciliationId: aId('reconciliation', 1),
    accountId: acme,
    subscriptionId: aId('subscription', 1),
    subscriptionName: 'A-S00000001',
    seats: 7,
    effectiveOn: day('2026-03-09'),
    monthsLeft: 9,
    amount: { amount: '1197.00', currency: 'USD' },
    ...change,
  };
  return { type: 'ReconciliationRequested.v1', accountId: acme, data };
};
const told = async (type: string) => (await house.announced(type)).map(({ data }) => data as never as Record<string, never>);
const orderIdOf = async () => (await told('ReconciliationOrdered.v1'))[0]!['orderId'] as never as string;
const cardAdded = (number: number) => ({
  type: 'PaymentMethodAdded.v1',
  accountId: acme,
  data: { paymentMethodId: aId('paymentMethod', number), accountId: acme, brand: 'visa', lastFour: '4242' },
});

test('the seats of a reconciliation are sold for the whole months left, at the price of the agreement, on the account’s terms', async () => {
  await house.receive('subscriptions', requested());
  const orderId = await orderIdOf();
  await fulfil(house, 'SubscriptionChangeRequested.v1', 'InvoiceRequested.v1', 'LicenseRequested.v1', 'DeliveryRequested.v1');
  expect(await progress(house, orderId)).toMatchObject({
    state: 'FULFILLED',
    lines: [{ quantity: 7, days: null, amount: { amount: '1197.00' }, working: '7 seats × $228.00 a year × 9 ÷ 12 months = $1,197.00' }],
  });
  const [change] = (await told('SubscriptionChangeRequested.v1'))[0]!['changes'] as never as object[];
  expect(change).toMatchObject({
    kind: 'ADD_SEATS',
    effectiveOn: '2026-03-09',
    charges: [{ quantity: 7, startsOn: '2026-03-09', endsOn: '2026-12-09' }],
  });
  expect(await told('ReconciliationOrdered.v1')).toMatchObject([{ reconciliationId: aId('reconciliation', 1), orderId }]);
});

test('a request that is heard twice is ordered once and answered twice', async () => {
  await house.receive('subscriptions', requested(), requested());
  const answers = await told('ReconciliationOrdered.v1');
  expect(answers).toHaveLength(2);
  expect(answers[0]).toEqual(answers[1]);
  expect(await told('OrderAccepted.v1')).toHaveLength(1);
});

test('an amount that differs from the notice by a cent orders nothing, and may be asked for again', async () => {
  await house.receive('subscriptions', requested({ amount: { amount: '1197.01', currency: 'USD' } }));
  expect(await told('ReconciliationRefused.v1')).toMatchObject([{ code: 'PRICE_CHANGED', isRetryable: true }]);
  expect(await told('OrderAccepted.v1')).toEqual([]);
});

test('a subscription that has ended is refused for good', async () => {
  await house.receive('subscriptions', versionEvent(1, { version: 2, status: 'CANCELLED' }), requested());
  expect(await told('ReconciliationRefused.v1')).toMatchObject([{ code: 'SUBSCRIPTION_NOT_ACTIVE', isRetryable: false }]);
});

async function declined(): Promise<string> {
  await house.receive('customers', accountEvent(acme, { version: 2, isAutoPay: true }));
  await house.receive('billing', cardAdded(1));
  await house.receive('subscriptions', requested());
  await failing(house, 'PaymentRequested.v1', 'PAYMENT', false);
  expect(await told('OrderStopped.v1')).toMatchObject([{ step: 'PAYMENT' }]);
  return orderIdOf();
}

test('an account that pays by itself is charged on its newest card; when that is declined, the next card is charged at once', async () => {
  const orderId = await declined();
  expect(await told('PaymentRequested.v1')).toMatchObject([{ paymentMethodId: aId('paymentMethod', 1), amount: { amount: '1197.00' } }]);
  dayComes(house, '2026-06-01');
  await house.receive('billing', cardAdded(2));
  expect((await told('PaymentRequested.v1')).at(-1)).toMatchObject({
    paymentMethodId: aId('paymentMethod', 2),
    amount: { amount: '1197.00' },
  });
  await fulfil(house, 'PaymentRequested.v1', 'SubscriptionChangeRequested.v1');
  // What is paid in June is invoiced in June: the books of March may be closed.
  expect((await told('InvoiceRequested.v1'))[0]).toMatchObject({ issuedOn: '2026-06-01', dueOn: '2026-06-01' });
  expect(await progress(house, orderId)).toMatchObject({ state: 'PROVISIONING' });
});

const ended = (orderId: string, status: string) => ({
  type: 'ReconciliationEnded.v1',
  accountId: acme,
  data: { reconciliationId: aId('reconciliation', 1), accountId: acme, status, orderId },
});

test('a reconciliation that was given up closes its order, which no card pays any more', async () => {
  const orderId = await declined();
  await house.receive('subscriptions', ended(orderId, 'FAILED'));
  await house.receive('billing', cardAdded(2));
  expect(await progress(house, orderId)).toMatchObject({
    state: 'CANCELLED',
    timeline: expect.arrayContaining([expect.objectContaining({ kind: 'ORDER_CANCELLED' })]),
  });
  expect(await told('PaymentRequested.v1')).toHaveLength(1);
  const PAY = 'mutation ($input: RetryPaymentInput!) { retryPayment(input: $input) { userErrors { code } } }';
  const input = { idempotencyKey: 'late', orderId, paymentMethodId: aId('paymentMethod', 2) };
  const { data } = await house.run(acmeBuyer, PAY, { input });
  expect(data.retryPayment.userErrors).toEqual([{ code: 'ORDER_STATE_FORBIDS' }]);
});

test('a payment that was on its way when the reconciliation was given up goes on', async () => {
  const orderId = await declined();
  await house.receive('billing', cardAdded(2));
  await house.receive('subscriptions', ended(orderId, 'FAILED'));
  const { source, event } = await answerTo(house, 'PaymentRequested.v1');
  await house.receive(source, event);
  expect(await progress(house, orderId)).toMatchObject({ state: 'PROVISIONING' });
});
