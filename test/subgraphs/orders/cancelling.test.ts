/** P8: an end with the money back within 45 days of the purchase, later an end with the term. Today is 15 June 2026. */
import type { TestHouse } from '../../support/house';
import { bought, cancel, carryOut, dayComes, planned, renew, told } from './amending-scene';
import {
  accountEvent,
  acme,
  acmeBuyer,
  BUY,
  buy,
  card,
  globexBuyer,
  openOrders,
  payload,
  preview,
  progress,
  purchase,
  seats,
} from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openOrders();
});
afterEach(() => house.close());

const NAME = 'A-S00000077';
const cancellation = (change: object = {}) => ({ cancel: { subscriptionName: NAME, refund: true, ...change } });
const codes = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);
const credits = async () => (await house.announced('CreditRequested.v1')).map(({ data }) => data as Record<string, unknown>);

test('a purchase of 45 days ago is undone: all that was paid is given back, and the preview says the same', async () => {
  const { order: purchased, change } = await bought(house, {});
  dayComes(house, '2026-07-30'); // 15 June and 45 days
  const shown = await preview(house, [cancellation()]);
  expect(shown).toMatchObject({
    lines: [
      {
        description: 'Premium SaaS, refunded',
        quantity: 10,
        amount: { amount: '-2280.00' },
        working: 'Bought on 2026-06-15, within 45 days: $2,280.00 paid = −$2,280.00',
      },
    ],
    total: { amount: '-2280.00' },
    changes: [
      { kind: 'SUBSCRIPTION_CANCELLED', field: 'status', after: 'CANCELLED from 2026-07-30 on' },
      { kind: 'SUBSCRIPTION_CANCELLED', field: 'autoRenew', before: 'ON', after: 'OFF' },
      { kind: 'CREDIT_GIVEN', after: '$2,280.00' },
    ],
    userErrors: [],
  });
  const { order } = await cancel(house, NAME, { refund: true });
  expect(order).toMatchObject({ state: 'PROVISIONING', total: { amount: '-2280.00' } });
  expect((await planned(house)).changes).toMatchObject([
    { kind: 'CANCEL', effectiveOn: '2026-07-30', ends: { on: '2026-07-30', skus: null }, charges: [], isAutoRenew: false },
  ]);
  expect(await credits()).toEqual([]); // not before the subscription has ended
  await carryOut(house);
  expect((await progress(house, order.id)).state).toBe('FULFILLED');
  const invoiced = (await house.announced('InvoiceRequested.v1'))[0]!.data as { invoiceId: string; lines: { lineId: string }[] };
  expect(await credits()).toMatchObject([
    {
      orderId: order.id,
      isRefunded: true,
      reason: 'We move on.',
      total: { amount: '2280.00' },
      lines: [
        {
          subscriptionId: change.subscriptionId,
          amount: { amount: '2280.00' },
          creditedInvoiceId: invoiced.invoiceId,
          creditedLineId: invoiced.lines[0]!.lineId,
        },
      ],
    },
  ]);
  expect(await house.announced('InvoiceRequested.v1')).toHaveLength(1);
  expect(purchased.id).not.toBe(order.id);
});

test('seats that were added come back too, and never more than was paid', async () => {
  const { change } = await bought(house, {});
  dayComes(house, '2026-07-15');
  const added = await buy(house, [seats(5, { subscriptionName: NAME })]);
  const addition = (await planned(house)).changes[0]!;
  const both = { ...change, charges: [...change.charges, ...addition.charges] };
  await house.receive('subscriptions', told(both, 2, NAME));
  await carryOut(house, 'InvoiceRequested.v1', 'LicenseRequested.v1', 'DeliveryRequested.v1');
  expect(added.order.total.amount).toBe('1046.30'); // 5 × $228 × 335 ÷ 365
  const { order } = await cancel(house, NAME, { refund: true });
  expect(order.total.amount).toBe('-3326.30'); // $2,280.00 + $1,046.30
  await carryOut(house);
  expect(codes(await cancel(house, NAME, { refund: true }))).toEqual(['SUBSCRIPTION_NOT_ACTIVE']);
});

test('after 45 days it ends with its term, and nothing is charged, credited or delivered', async () => {
  const { change } = await bought(house, {});
  dayComes(house, '2026-07-31');
  expect(await cancel(house, NAME, { refund: true })).toMatchObject({
    order: null,
    userErrors: [{ code: 'NOT_REFUNDABLE', path: ['refund'] }],
  });
  const { order } = await cancel(house, NAME);
  expect(order).toMatchObject({ total: { amount: '0.00' }, lines: [] });
  const { changes } = await planned(house);
  expect(changes).toMatchObject([{ kind: 'CANCEL', effectiveOn: '2026-07-31', charges: [], isAutoRenew: false }]);
  expect(changes[0]).not.toHaveProperty('ends');
  expect((await progress(house, order.id)).actions).toMatchObject([{ kind: 'CANCEL', effectiveOn: '2027-06-15' }]);
  await house.receive('subscriptions', told(change, 2, NAME, { isAutoRenew: false, cancelsOn: '2027-06-15' }));
  await carryOut(house);
  expect((await progress(house, order.id)).state).toBe('FULFILLED');
  expect(await credits()).toEqual([]);
  expect(codes(await preview(house, [seats(1, { subscriptionName: NAME })]))).toEqual([]); // it runs, and can grow
});

test('a renewal that has not begun is refunded from its first day on, and the running term stays', async () => {
  const { change } = await bought(house, { startsOn: '2026-06-15', termMonths: 1 });
  dayComes(house, '2026-07-05');
  await renew(house, NAME);
  await carryOut(house, 'InvoiceRequested.v1');
  const { order } = await cancel(house, NAME, { refund: true });
  expect(order.total.amount).toBe('-2280.00'); // the year that was renewed; not the $190.00 of the first month
  expect((await planned(house)).changes).toMatchObject([
    {
      kind: 'CANCEL',
      effectiveOn: '2026-07-15',
      term: { startsOn: '2026-07-15', endsOn: '2027-07-15' },
      ends: { on: '2026-07-15', skus: null },
    },
  ]);
  expect(change.term.endsOn).toBe('2026-07-15');
});

test('an account on hold may cancel, and no card is asked for', async () => {
  await bought(house, {});
  await house.receive('customers', accountEvent(acme, { version: 2, holds: ['CREDIT_HOLD'] }));
  const ended = payload(
    await house.run(acmeBuyer, BUY, purchase([cancellation()], { paymentMethodId: card, termsAccepted: false })),
    'placeOrder',
  );
  expect(ended).toMatchObject({ order: { state: 'PROVISIONING' }, userErrors: [] });
  expect(await house.announced('PaymentRequested.v1')).toEqual([]);
});

test('a cancellation is refused', async () => {
  await bought(house, {});
  expect(codes(await cancel(house, NAME, {}, globexBuyer))).toEqual(['SUBSCRIPTION_NOT_FOUND']);
  expect(codes(await cancel(house, NAME, { reason: ' ' }))).toEqual(['REASON_REQUIRED']);
  for (const change of [{ refund: true, effectiveOn: '2026-06-20' }, { effectiveOn: '2026-06-20' }]) {
    expect(await cancel(house, NAME, change)).toMatchObject({
      userErrors: [{ code: 'EFFECTIVE_DATE_OUT_OF_RANGE', path: ['effectiveOn'] }],
    });
  }
  expect(codes(await cancel(house, 'A-S00000001', { refund: true }))).toEqual(['NOT_REFUNDABLE']); // not bought here
  dayComes(house, '2027-06-15');
  expect(codes(await cancel(house, NAME))).toEqual(['SUBSCRIPTION_NOT_ACTIVE']);
});

test('cancellation, renewal and seats at the same moment: at most one of those that exclude each other', async () => {
  await bought(house, { termMonths: 1 });
  dayComes(house, '2026-07-05');
  const all = await Promise.all([
    cancel(house, NAME, { refund: true }),
    cancel(house, NAME, { refund: true }),
    renew(house, NAME),
    buy(house, [seats(1, { subscriptionName: NAME })]),
  ]);
  expect(all.filter(({ order }) => order)).toHaveLength(1);
});
