import { day } from '#kernel/time';
import { daysLeft, mayCancel, mayRenew } from './sold-subscription';

const code = (result: { ok: true } | { ok: false; refusal: { code: string } }) => (result.ok ? 'accepted' : result.refusal.code);
const term = { status: 'ACTIVE', startsOn: day('2026-06-15'), endsOn: day('2027-06-15') };

test('P1: seats are charged for the days left, from today or from the first day of a term to come', () => {
  expect(daysLeft(term, day('2026-12-01'))).toMatchObject({ value: { from: '2026-12-01', days: 196 } });
  expect(daysLeft(term, day('2026-06-01'))).toMatchObject({ value: { from: '2026-06-15', days: 365 } });
  expect(code(daysLeft(term, day('2027-06-15')))).toBe('SUBSCRIPTION_NOT_ACTIVE');
  expect(code(daysLeft({ ...term, status: 'CANCELLED' }, day('2026-12-01')))).toBe('SUBSCRIPTION_NOT_ACTIVE');
});

test.each([
  ['2027-05-30', 'RENEWAL_TOO_EARLY'],
  ['2027-05-31', 'accepted'], // 15 days before 15 June
  ['2027-12-12', 'accepted'], // 180 days after
  ['2027-12-13', 'RENEWAL_TOO_LATE'],
])('R4: a term that ends on 15 June is renewed on %s: %s', (on, outcome) => expect(code(mayRenew(term, day(on)))).toBe(outcome));

test('P8: within 45 days of its purchase a term ends with its money back, later with its last day', () => {
  const bought = day('2026-06-15');
  expect(code(mayCancel(term, bought, true, day('2026-07-30')))).toBe('accepted'); // 15 June + 45 days
  expect(code(mayCancel(term, bought, true, day('2026-07-31')))).toBe('NOT_REFUNDABLE');
  expect(code(mayCancel(term, bought, false, day('2026-07-31')))).toBe('accepted');
  expect(code(mayCancel({ ...term, status: 'CANCELLED' }, bought, false, bought))).toBe('SUBSCRIPTION_NOT_ACTIVE');
});
