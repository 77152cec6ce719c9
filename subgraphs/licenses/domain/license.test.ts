import { addDays, day } from '#kernel/time';
import { fitsAtInstallation, needsAnother, revokedTerms, statusOf, termsOf, usersAtInstallationMax } from './license';

const license = { startsOn: day('2026-01-01'), expiresOn: day('2027-01-01'), graceDays: 14 };
const charge = (quantity: number, startsOn: string, endsOn = '2027-01-01') => ({
  kind: 'BASE',
  quantity,
  startsOn: day(startsOn),
  endsOn: day(endsOn),
});
const subscription = {
  status: 'ACTIVE',
  tier: 'ULTIMATE',
  termStartsOn: day('2026-01-01'),
  termEndsOn: day('2027-01-01'),
  cancelledOn: null,
  charges: [charge(10, '2026-01-01'), charge(5, '2026-07-01')],
};

test.each([
  ['2025-12-31', 'FUTURE'],
  ['2026-01-01', 'CURRENT'],
  ['2026-12-16', 'CURRENT'],
  ['2026-12-17', 'EXPIRING'], // 2027-01-01 less 15 days
  ['2026-12-31', 'EXPIRING'],
  ['2027-01-01', 'GRACE'],
  ['2027-01-14', 'GRACE'],
  ['2027-01-15', 'EXPIRED'], // 2027-01-01 and 14 days
])('on %s a licence for 2026 is %s', (today, status) => {
  expect(statusOf(license, day(today))).toBe(status);
});

test('a licence grants the seats in force on the day it is issued', () => {
  expect(termsOf(subscription, day('2026-06-30')).seats).toBe(10);
  expect(termsOf(subscription, day('2026-07-01')).seats).toBe(15); // 10 + 5 from 1 July
  expect(termsOf(subscription, day('2027-03-01')).seats).toBe(15); // the term is over: its last day counts
});

test('a term whose end was put off has a licence until 21 days after it, and no days of grace beside', () => {
  const extended = { ...subscription, extendedUntil: addDays(subscription.termEndsOn, 21) };
  expect(termsOf(extended, subscription.termEndsOn)).toMatchObject({
    expiresOn: addDays(subscription.termEndsOn, 21),
    graceDays: 0,
    seats: 15,
  });
  // A renewal leaves the extension behind: its term ends later.
  const renewed = { ...extended, termStartsOn: subscription.termEndsOn, termEndsOn: addDays(subscription.termEndsOn, 365) };
  expect(termsOf(renewed, subscription.termEndsOn)).toMatchObject({ expiresOn: renewed.termEndsOn, graceDays: 14 });
});

test('a cancelled subscription gets a licence that has expired and has no grace', () => {
  const cancelled = termsOf({ ...subscription, status: 'CANCELLED', cancelledOn: day('2026-03-05') }, day('2026-03-05'));
  expect(cancelled).toMatchObject({ expiresOn: '2026-03-05', graceDays: 0 });
  expect(statusOf(cancelled, day('2026-03-05'))).toBe('EXPIRED');
});

test('a licence cancelled before it began is expired, not future', () => {
  const cancelled = termsOf({ ...subscription, status: 'CANCELLED', cancelledOn: day('2025-12-05') }, day('2025-12-05'));
  expect(statusOf(cancelled, day('2025-12-05'))).toBe('EXPIRED');
});

test('a licence is replaced when plan, seats or term changed, and only then', () => {
  const terms = termsOf(subscription, day('2026-02-01'));
  const issued = { ...terms, generatedFrom: 'ACTIVATION', subscriptionVersion: 1 } as const;
  const needs = (change: Partial<typeof terms>) => needsAnother(issued, { ...terms, ...change }, 2, day('2026-02-01'));
  expect(needs(termsOf(subscription, day('2026-06-30')))).toBe(false);
  expect(needs(termsOf(subscription, day('2026-07-01')))).toBe(true);
  expect([needs({ plan: 'PREMIUM' }), needs({ startsOn: day('2026-01-02') }), needs({ expiresOn: day('2028-01-01') })]).toEqual([
    true,
    true,
    true,
  ]);
});

test('what support decided stands until the subscription changes, and a manual licence no longer than itself', () => {
  const terms = termsOf(subscription, day('2026-02-01'));
  const manual = { ...terms, seats: 500, expiresOn: day('2026-03-01'), generatedFrom: 'MANUAL', subscriptionVersion: 4 } as const;
  expect(needsAnother(manual, terms, 4, day('2026-03-14'))).toBe(false); // the 14th day of grace
  expect(needsAnother(manual, terms, 4, day('2026-03-15'))).toBe(true);
  expect(needsAnother(manual, terms, 5, day('2026-02-01'))).toBe(true);
  const revoked = { ...revokedTerms(terms, day('2026-02-01')), generatedFrom: 'REVOCATION', subscriptionVersion: 4 } as const;
  expect(revoked).toMatchObject({ seats: terms.seats, expiresOn: '2026-02-01', graceDays: 0 });
  expect([needsAnother(revoked, terms, 4, day('2026-12-01')), needsAnother(revoked, terms, 5, day('2026-12-01'))]).toEqual([false, true]);
});

test('a file of 100 seats says that at most 110 users fit', () => {
  expect([usersAtInstallationMax(100), usersAtInstallationMax(9), usersAtInstallationMax(15)]).toEqual([110, 9, 16]); // 9.9 and 16.5, rounded down
});
test.each([
  [110, 100, true],
  [111, 100, false],
  [11, 10, true],
  [12, 10, false],
  [1, 1, true],
  [2, 1, false],
])('%i users on a licence file of %i seats: %s', (users, seats, fits) => {
  expect(fitsAtInstallation(users, seats)).toBe(fits);
});
