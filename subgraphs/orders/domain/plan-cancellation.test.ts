import { seededIds } from '#kernel/new-id';
import { day, period } from '#kernel/time';
import type { Agreement, ChargeInForce } from './agreement';
import { historyOf, type PastAction, type SoldLine } from './history';
import { creditForDaysLeft } from './plan-amendment';
import { refundOf } from './plan-cancellation';
import { mayRenewOn, termAfter } from './plan-renewal';

const newId = seededIds('cancellation', new Date('2026-06-15T00:00:00Z'));
const charge: ChargeInForce = {
  chargeId: newId('charge'),
  sku: 'premium-saas',
  kind: 'BASE',
  quantity: 10,
  unitPrice: { amount: '228.00', currency: 'USD' },
  startsOn: day('2026-06-15'),
  endsOn: day('2027-06-15'),
};
const line = (change: Partial<SoldLine> = {}): SoldLine => ({
  id: newId('invoiceLine'),
  chargeId: charge.chargeId!,
  invoiceId: newId('invoice'),
  sku: 'premium-saas',
  description: 'Premium SaaS',
  kind: 'BASE',
  model: 'RECURRING',
  quantity: 10,
  unitPriceMinor: 22_800n,
  amountMinor: 228_000n,
  taxMinor: 43_320n,
  periodStartsOn: day('2026-06-15'),
  periodEndsOn: day('2027-06-15'),
  ...change,
});
const creation: PastAction = {
  kind: 'CREATE_SUBSCRIPTION',
  orderedOn: day('2026-06-15'),
  termStartsOn: day('2026-06-15'),
  termEndsOn: day('2027-06-15'),
  termMonths: 12,
  amendment: null,
  isWritten: true,
};
const agreement = (lines: readonly SoldLine[]): Agreement => ({
  id: newId('subscription'),
  name: 'A-S00000001',
  status: 'ACTIVE',
  planSku: 'premium-saas',
  planName: 'Premium SaaS',
  planTier: 'PREMIUM',
  planDeployment: 'SAAS',
  termStartsOn: day('2026-06-15'),
  termEndsOn: day('2027-06-15'),
  termMonths: 12,
  isAutoRenew: true,
  namespaceId: null,
  charges: [charge],
  planAtRenewal: null,
  sellingEntity: 'DE_GMBH',
  dealType: 'DIRECT',
  history: historyOf([creation], lines, day('2027-06-15')),
});
const term = period(day('2026-06-15'), day('2027-06-15'));
const refunded = (...lines: readonly SoldLine[]) => {
  const result = refundOf(agreement(lines), term, day('2026-07-30'), []);
  return result.ok ? result.value.map(({ priced, tax }) => [priced.amount.minor, tax?.tax.minor]) : result.refusal.code;
};

test('the tax that was paid comes back with the price, to the cent', () => {
  expect(refunded(line())).toEqual([[-228_000n, -43_320n]]); // 19 % of $2,280.00 = $433.20
});

test('what was credited before is not given back again, and what was credited in full has no line', () => {
  const credit = line({ amountMinor: -110_564n, taxMinor: -21_007n });
  expect(refunded(line(), credit)).toEqual([[-117_436n, -22_313n]]); // 2,280.00 − 1,105.64; 433.20 − 210.07
  expect(refunded(line(), line({ amountMinor: -228_000n, taxMinor: -43_320n }))).toEqual([]);
});

test('what belongs to an earlier term is kept', () => {
  expect(refunded(line({ chargeId: newId('charge'), periodStartsOn: day('2025-06-15'), periodEndsOn: day('2026-06-15') }))).toEqual([]);
});

test.each([
  ['the 45th day', '2026-07-30', 'refunded'],
  ['the 46th day', '2026-07-31', 'NOT_REFUNDABLE'],
])('on %s after the purchase, %s, it is %s', (_, on, outcome) => {
  const result = refundOf(agreement([line()]), term, day(on), []);
  expect(result.ok ? 'refunded' : result.refusal.code).toBe(outcome);
});

test('a credit without a line of ours is counted by days, and by months where those are fewer', () => {
  const half = { ...charge, chargeId: newId('charge'), startsOn: day('2026-07-01'), endsOn: day('2027-01-01') }; // 184 days, six months
  const credit = (one: ChargeInForce) => creditForDaysLeft(one, one.startsOn, [], 'Premium')?.priced.amount.minor;
  expect(credit(half)).toBe(-114_000n); // $2,280 × 6 ÷ 12, and not × 184 ÷ 365 = $1,149.37
  expect(credit({ ...half, startsOn: day('2026-07-08') })).toBe(-110_564n); // $2,280 × 177 ÷ 365
});

test('nothing is left of a charge that is over', () => {
  expect(creditForDaysLeft(charge, day('2027-06-15'), [], 'Premium')).toBeNull();
});

test('the sales team renews until 180 days after the end', () => {
  const outcome = (on: string) => {
    const result = mayRenewOn(day(on), agreement([]), 'SALES_ASSISTED', []);
    return result.ok ? 'renewed' : result.refusal.code;
  };
  expect(['2027-05-30', '2027-05-31', '2027-12-12', '2027-12-13'].map(outcome)).toEqual([
    'RENEWAL_TOO_EARLY', // 16 days before 15 June
    'renewed', // 15 days before
    'renewed', // 180 days after: 15 + 31 + 31 + 30 + 31 + 30 + 12
    'RENEWAL_TOO_LATE',
  ]);
});

test('a term after a shortened month ends on the day on which the first one began', () => {
  const month = { termStartsOn: day('2026-01-31'), termEndsOn: day('2026-02-28'), termMonths: 1 };
  expect(termAfter(month, 1)).toEqual({ startsOn: '2026-02-28', endsOn: '2026-03-31' });
  expect(termAfter({ ...month, termEndsOn: day('2026-02-20') }, 1)).toEqual({ startsOn: '2026-02-20', endsOn: '2026-03-20' });
});
