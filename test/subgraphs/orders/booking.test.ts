/** The booking metrics of deals as they are quoted and ordered, each with its working. */
import { day } from '../../../kernel/time';
import { loadPriceList } from '../../../subgraphs/orders/actions/loadPriceList';
import { PRICE_LIST } from '../../../subgraphs/orders/store/price-list';
import type { TestHouse } from '../../support/house';
import { dayComes } from './amending-scene';
import { newDeal, offer } from './quote-scene';
import { aId, globex, openOrders, versionEvent } from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openOrders();
});
afterEach(() => house.close());

const NAME = 'A-S00000001';
const [base] = versionEvent(1).data.charges;
const charge = (quantity: number, amount: string) => ({ ...base!, quantity, unitPrice: { amount, currency: 'USD' as const } });

async function metrics(change: object) {
  const { quote, userErrors } = await offer(house, change);
  expect(userErrors).toEqual([]);
  return Object.fromEntries(Object.entries(quote.metrics).map(([name, value]) => [name, (value as { amount?: string }).amount ?? value]));
}

async function listAt(amount: string) {
  const products = PRICE_LIST.products.map(product => ({ ...product, prices: [{ amount, currency: 'USD' as const }] }));
  await house.write(work => loadPriceList(work as never, { validFrom: day('2026-06-01'), products }));
}

test('a new deal of 36 months and $360,000 brings $120,000 a year', async () => {
  await listAt('1200.00'); // 100 seats × $1,200 × 3 years
  expect(await metrics({ billingAccountId: globex, actions: [newDeal({ quantity: 100, termMonths: 36 })] })).toMatchObject({
    orderType: 'NEW_FIRST_ORDER',
    amount: '360000.00',
    arr: '120000.00',
    arrBasis: '0.00',
    netArr: '120000.00',
    bookedArr: '120000.00',
    arrFromSeats: '120000.00',
  });
});

test('an addition of $60,000 for half a year brings $120,000 a year', async () => {
  await house.receive('subscriptions', versionEvent(1, { version: 2, charges: [charge(10, '1200.00')] }));
  dayComes(house, '2026-06-10'); // 182 of 365 days are left
  const found = await metrics({ kind: 'AMEND', actions: [{ addSeats: { subscriptionName: NAME, quantity: 100 } }] });
  expect(found).toMatchObject({
    orderType: 'GROWTH',
    amount: '59835.62', // 100 × $1,200 × 182 ÷ 365
    netArr: '120000.00',
    bookedArr: '120000.00',
    arr: '132000.00', // with the 10 seats that were there
  });
});

test('a renewal of 100 × $228 as 120 × $240 grows by $4,560 from seats and $1,440 from the price', async () => {
  await house.receive('subscriptions', versionEvent(1, { version: 2, charges: [charge(100, '228.00')] }));
  await listAt('240.00');
  dayComes(house, '2026-12-01');
  expect(await metrics({ kind: 'RENEW', actions: [{ renew: { subscriptionName: NAME, quantity: 120 } }] })).toMatchObject({
    orderType: 'GROWTH',
    amount: '28800.00', // 120 × $240
    arrBasis: '22800.00', // 100 × $228
    netArr: '6000.00',
    bookedArr: '28800.00',
    arr: '28800.00',
    arrFromSeats: '4560.00',
    arrFromPrice: '1440.00',
    arrFromTier: '0.00',
  });
});

test('an upgrade books the difference of the plans, from the tier', async () => {
  expect(await metrics({ kind: 'AMEND', actions: [{ changePlan: { subscriptionName: NAME, sku: 'ultimate-saas' } }] })).toMatchObject({
    orderType: 'GROWTH',
    arrBasis: '2280.00',
    netArr: '9600.00', // 10 × ($1,188 − $228)
    bookedArr: '11880.00',
    arrFromSeats: '0.00',
    arrFromTier: '9600.00',
  });
});

test('a renewal with fewer seats is a contraction, and packs are something else', async () => {
  await house.receive('subscriptions', versionEvent(1, { version: 2, charges: [charge(10, '228.00')] }));
  expect(
    await metrics({ kind: 'AMEND', actions: [{ addProduct: { subscriptionName: NAME, sku: 'compute-1000', quantity: 3 } }] }),
  ).toMatchObject({
    orderType: 'SERVICES_AND_OTHER',
    amount: '30.00',
    other: '30.00',
    netArr: '0.00',
  });
  dayComes(house, '2026-12-01');
  expect(await metrics({ kind: 'RENEW', actions: [{ renew: { subscriptionName: NAME, quantity: 6 } }] })).toMatchObject({
    orderType: 'CONTRACTION',
    netArr: '-912.00', // −4 × $228
  });
});

test('the end of one of two subscriptions is partial churn, and the end of the last is final', async () => {
  await house.receive('subscriptions', versionEvent(2));
  const ends = { kind: 'CANCEL', actions: [{ cancel: { subscriptionName: NAME } }] };
  expect(await metrics(ends)).toMatchObject({ orderType: 'PARTIAL_CHURN', netArr: '-2280.00', bookedArr: '0.00', arr: '0.00' });
  await house.receive('subscriptions', versionEvent(2, { version: 2, subscriptionId: aId('subscription', 2), status: 'CANCELLED' }));
  expect(await metrics(ends)).toMatchObject({ orderType: 'FINAL_CHURN' });
});
