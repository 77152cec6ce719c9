import { money } from '#kernel/money';
import { day, period } from '#kernel/time';
import { priceOfDaysLeft, priceOfMonths, priceOnce, stepsOfTerm } from './pricing';

const usd = (minor: bigint) => money(minor, 'USD');
const seats = (quantity: number, unitPrice = usd(22_800n)) => ({ kind: 'BASE' as const, quantity, unitPrice });

test('ten seats with 177 days left cost $1,105.64 to the cent', () => {
  const left = period(day('2026-07-08'), day('2027-01-01')); // 24 + 31 + 30 + 31 + 30 + 31 = 177 days
  expect(priceOfDaysLeft(seats(10), left)).toEqual({
    amount: usd(110_564n), // 10 × $228 × 177 ÷ 365 = $1,105.6438…
    days: 177,
    working: '10 seats × $228.00 a year × 177 ÷ 365 days = $1,105.64',
  });
});

test('a fraction of exactly half a cent is rounded up, once for the line and not for each seat', () => {
  const left = period(day('2026-01-01'), day('2026-03-15')); // 73 days, a fifth of 365
  expect(priceOfDaysLeft(seats(1, usd(2n)), left).amount).toEqual(usd(0n)); // 0.4 cent
  expect(priceOfDaysLeft(seats(5, usd(1n)), left).amount).toEqual(usd(1n)); // 5 × 0.2 cent, and not 5 × 0
  expect(priceOfDaysLeft(seats(5, usd(73n)), period(day('2026-01-01'), day('2026-01-06'))).amount).toEqual(usd(5n)); // 365 × 5 ÷ 365
  expect(priceOfMonths(seats(1, usd(1n)), 6).amount).toEqual(usd(1n)); // 0.5 cent
});

test('a leap term is counted against 365 days, so its 366th day is charged', () => {
  const leap = period(day('2028-01-01'), day('2029-01-01'));
  expect(priceOfDaysLeft(seats(10), leap).amount).toEqual(usd(228_625n)); // 10 × $228 × 366 ÷ 365 = $2,286.246…
});

test('a currency without decimals is rounded to whole units', () => {
  const left = period(day('2026-07-08'), day('2027-01-01'));
  expect(priceOfDaysLeft(seats(10, money(34_200n, 'JPY')), left).amount).toEqual(money(165_847n, 'JPY')); // 10 × ¥34,200 × 177 ÷ 365 = 165,846.57…
});

test('a year costs the annual price, half a year half of it', () => {
  expect(priceOfMonths(seats(10), 12)).toEqual({ amount: usd(228_000n), days: null, working: '10 seats × $228.00 a year = $2,280.00' });
  expect(priceOfMonths(seats(1), 6).working).toBe('1 seat × $228.00 a year × 6 ÷ 12 months = $114.00');
});

test('a pack costs the same on every day', () => {
  const packs = { kind: 'COMPUTE' as const, quantity: 2, unitPrice: usd(1_000n) };
  expect(priceOnce(packs)).toEqual({ amount: usd(2_000n), days: null, working: '2 packs × $10.00 = $20.00' });
});

test('thirty months from 29 February are two years and six months, and the steps touch', () => {
  expect(stepsOfTerm(day('2028-02-29'), 30)).toEqual([
    { startsOn: '2028-02-29', endsOn: '2029-02-28', months: 12 },
    { startsOn: '2029-02-28', endsOn: '2030-02-28', months: 12 },
    { startsOn: '2030-02-28', endsOn: '2030-08-29', months: 6 },
  ]);
});
