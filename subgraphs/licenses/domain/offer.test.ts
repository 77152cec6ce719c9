import { money } from '#kernel/money';
import { type OfferedProduct, planOffers, type Sellable, upsellOffers } from './offer';

const usd = (minor: bigint) => money(minor, 'USD');
const plan = (sku: string, tier: string, minor: bigint): OfferedProduct => ({
  sku,
  name: sku,
  kind: 'BASE',
  tier,
  deployment: 'SAAS',
  price: usd(minor),
});
const PRODUCTS: readonly OfferedProduct[] = [
  plan('ultimate-saas', 'ULTIMATE', 118_800n),
  plan('premium-saas', 'PREMIUM', 22_800n),
  { ...plan('premium-own', 'PREMIUM', 22_800n), deployment: 'SELF_MANAGED' },
  { sku: 'compute-1000', name: 'Minutes', kind: 'COMPUTE', tier: null, deployment: 'SAAS', price: usd(1_000n) },
  { sku: 'storage-10gb', name: 'Storage', kind: 'STORAGE', tier: null, deployment: 'SAAS', price: usd(6_000n) },
];
const FREE: Sellable = {
  plan: 'FREE',
  sku: null,
  seats: 0,
  seatsInUse: 4,
  termMonths: null,
  isOnHold: false,
  isResold: false,
  compute: { monthlyQuota: 400, quotaLeft: 400, packMinutesLeft: 0 },
};
const PAID: Sellable = { ...FREE, plan: 'PREMIUM', sku: 'premium-saas', seats: 15, seatsInUse: 14, termMonths: 12 };

test('a free namespace may choose any plan, for as many seats as it has users', () => {
  expect(planOffers(FREE, PRODUCTS).map(({ sku, seatsMin, isEligible }) => [sku, seatsMin, isEligible])).toEqual([
    ['premium-saas', 4, true],
    ['ultimate-saas', 4, true],
  ]);
});

test.each<[string, Partial<Sellable>, (string | null)[]]>([
  ['a paid one has its plan, and may go up', {}, ['HAS_IT', null]],
  ['nothing goes down before the renewal', { plan: 'ULTIMATE', sku: 'ultimate-saas' }, ['LOWER_PLAN', 'HAS_IT']],
  ['on a hold nothing is bought', { isOnHold: true }, ['HAS_IT', 'ON_HOLD']],
  ["a partner's sale is changed by the partner", { isResold: true }, ['HAS_IT', 'SOLD_BY_PARTNER']],
  ['a term of several years is changed by sales', { termMonths: 36 }, ['HAS_IT', 'MULTI_YEAR']],
])('%s', (_, change, reasons) => {
  expect(planOffers({ ...PAID, ...change }, PRODUCTS).map(({ reason }) => reason)).toEqual(reasons);
});

test('seats are offered when an alert is due, and so many that none is', () => {
  // 15 seats: 1 left is an alert; 14 users need 16, of which 2 are left and 2 is an alert, so 17.
  expect(upsellOffers(PAID, PRODUCTS, 'SEAT_LIMIT')[0]).toEqual({
    code: 'ADD_SEATS',
    sku: 'premium-saas',
    reason: '1 of 15 seats are left.',
    seatsNow: 15,
    seatsSuggested: 17,
    price: usd(45_600n), // (17 − 15) × $228
  });
  expect(upsellOffers({ ...PAID, seatsInUse: 13 }, PRODUCTS, 'SEAT_LIMIT').map(({ code }) => code)).toEqual(['UPGRADE_PLAN']);
  expect(upsellOffers({ ...PAID, seatsInUse: 18 }, PRODUCTS, 'SEAT_LIMIT')[0]).toMatchObject({ reason: '3 more users than seats.' });
});

test('the next plan is offered for all who use it now', () => {
  expect(upsellOffers(FREE, PRODUCTS, 'PLAN_LIMIT')).toEqual([
    {
      code: 'UPGRADE_PLAN',
      sku: 'premium-saas',
      reason: 'premium-saas is the next plan.',
      seatsNow: 0,
      seatsSuggested: 4,
      price: usd(91_200n),
    }, // 4 × $228
  ]);
  expect(upsellOffers({ ...PAID, plan: 'ULTIMATE' }, PRODUCTS, 'PLAN_LIMIT')).toEqual([]);
});

test('minutes are offered when a fifth of the month is left and no pack is', () => {
  const left = (quotaLeft: number, packMinutesLeft = 0) =>
    upsellOffers({ ...PAID, compute: { monthlyQuota: 10_000, quotaLeft, packMinutesLeft } }, PRODUCTS, 'COMPUTE_LIMIT').map(
      ({ sku }) => sku,
    );
  expect([left(2_001), left(2_000), left(0, 500)]).toEqual([[], ['compute-1000'], []]); // 20 % of 10,000
  expect(upsellOffers({ ...PAID, compute: null }, PRODUCTS, 'COMPUTE_LIMIT')).toEqual([]);
});

test('what cannot be bought is not suggested, and without a price list nothing is', () => {
  for (const closed of [{ isOnHold: true }, { isResold: true }, { termMonths: 24 }]) {
    expect(upsellOffers({ ...PAID, ...closed }, PRODUCTS, 'SEAT_LIMIT')).toEqual([]);
  }
  expect([planOffers(FREE, []), upsellOffers(PAID, [], 'SEAT_LIMIT'), upsellOffers(PAID, [], 'STORAGE_LIMIT')]).toEqual([[], [], []]);
  expect(upsellOffers(PAID, PRODUCTS, 'STORAGE_LIMIT')).toEqual([expect.objectContaining({ code: 'BUY_STORAGE', price: usd(6_000n) })]);
});
