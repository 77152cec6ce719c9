import { idFromUuid } from '#kernel/ids';
import { day, type PlainDate } from '#kernel/time';
import type { PublishedCharge } from '../../orders/events/published';
import { type ChargeKind, type ChargeModel, faultOfCharges, renewalAmount, seatsOn } from './charge';

const charge = (quantity: number, startsOn: string, endsOn: string, kind: ChargeKind = 'BASE', model: ChargeModel = 'RECURRING') => ({
  kind,
  model,
  quantity,
  unitPriceMinor: 34_800n,
  currency: 'USD' as const,
  startsOn: day(startsOn),
  endsOn: day(endsOn),
});

const added = [
  charge(10, '2026-01-01', '2027-01-01'),
  charge(5, '2026-07-01', '2027-01-01'),
  charge(3, '2026-01-01', '2027-01-01', 'ADD_ON'),
];

test.each([
  ['2025-12-31', 0],
  ['2026-01-01', 10],
  ['2026-06-30', 10],
  ['2026-07-01', 15],
  ['2026-12-31', 15],
  ['2027-01-01', 0],
])('on %s the seats are the sum of the base charges in force: %i', (on, seats) => {
  expect(seatsOn(added, day(on))).toBe(seats);
});

test('a renewal costs the annual price of all recurring charges in force on the last day', () => {
  const charges = [...added, charge(9, '2026-01-01', '2026-07-01'), charge(2, '2026-01-01', '2027-01-01', 'BASE', 'ONE_TIME')];
  expect(renewalAmount(charges, day('2027-01-01'))).toEqual({ minor: 626_400n, currency: 'USD' }); // (10 + 5 + 3) × $348
});

test('nothing recurring, nothing to renew', () => {
  expect(renewalAmount([charge(2, '2026-01-01', '2027-01-01', 'COMPUTE', 'ONE_TIME')], day('2027-01-01'))).toBeNull();
});

const planned = (change: Partial<PublishedCharge> = {}): PublishedCharge => ({
  chargeId: idFromUuid('charge', '019b0000-0000-7000-8000-000000000001'),
  sku: 'premium',
  kind: 'BASE',
  model: 'RECURRING',
  quantity: 10,
  unitPrice: { amount: '348.00', currency: 'USD' },
  startsOn: day('2026-01-01'),
  endsOn: day('2027-01-01'),
  ...change,
});
const term = { startsOn: day('2026-01-01'), endsOn: day('2027-01-01') };
const otherDay: PlainDate = day('2025-12-31');

test.each([
  ['no charge at all', [], /no charge/],
  ['a quantity of zero', [planned({ quantity: 0 })], /quantity 0/],
  ['half a seat', [planned({ quantity: 0.5 })], /quantity 0.5/],
  ['two currencies', [planned(), planned({ unitPrice: { amount: '348.00', currency: 'EUR' } })], /priced in EUR/],
  ['an end before the start', [planned({ startsOn: day('2026-05-01'), endsOn: day('2026-05-01') })], /ends before/],
  ['a start before the term', [planned({ startsOn: otherDay })], /outside the term/],
  ['an end after the term', [planned({ endsOn: day('2027-01-02') })], /outside the term/],
])('charges with %s are not written', (_, charges, fault) => {
  expect(faultOfCharges(charges, term, null)).toMatch(fault);
});

test('charges that fit the term are written', () => {
  expect(faultOfCharges([planned(), planned({ kind: 'ADD_ON' })], term, 'USD')).toBeNull();
});
