import { day } from '#kernel/time';
import { acceptAddOns, acceptReport, peakOf, reportTermStart, usersMaxOf } from './seat-report';

const term = { startsOn: day('2026-03-01') };
const report = { on: day('2026-06-10'), billableUsers: 80, maxHistoricalUsers: 95 };
const answerTo = (change: Partial<typeof report>) => {
  const decision = acceptReport({ ...report, ...change }, term.startsOn, day('2026-06-10'));
  return decision.ok ? 'TAKEN' : decision.refusal.code;
};

test.each([
  [{}, 'TAKEN'],
  [{ billableUsers: 0, maxHistoricalUsers: 0 }, 'TAKEN'],
  [{ billableUsers: -1 }, 'USERS_OUT_OF_RANGE'],
  [{ maxHistoricalUsers: -1 }, 'USERS_OUT_OF_RANGE'],
  [{ billableUsers: 2147483647 }, 'USERS_OUT_OF_RANGE'],
  [{ billableUsers: 1.5 }, 'USERS_OUT_OF_RANGE'],
  [{ on: day('2026-06-11') }, 'TAKEN'], // the instance's clock is a day ahead
  [{ on: day('2026-06-12') }, 'REPORT_IN_FUTURE'],
  [{ on: day('2026-01-30') }, 'TAKEN'], // 30 days before 1 March
  [{ on: day('2026-01-29') }, 'REPORT_TOO_OLD'],
])('a report with %j is %s', (change, answer) => {
  expect(answerTo(change)).toBe(answer);
});

test('max users is the historical maximum of the term or today, whichever is more', () => {
  expect(peakOf(report, term.startsOn, term.startsOn)).toBe(95);
  expect(peakOf({ ...report, billableUsers: 97 }, term.startsOn, term.startsOn)).toBe(97);
});

test('a new term resets max users, even when the instance still counts under its old licence', () => {
  expect(peakOf(report, term.startsOn, day('2025-03-01'))).toBe(80);
});

test('a late report of the old term counts for the old term', () => {
  expect(reportTermStart(day('2026-02-27'), term, day('2025-03-01'))).toBe('2025-03-01');
  expect(reportTermStart(day('2026-03-01'), term, day('2025-03-01'))).toBe('2026-03-01');
});

test('max users never falls within a term', () => {
  expect(usersMaxOf([80, 95, 60])).toBe(95);
  expect(usersMaxOf([])).toBe(0);
});

test.each([
  [[], true],
  [[{ sku: 'assistant', purchased: 5, assigned: 5 }], true],
  [[{ sku: '', purchased: 5, assigned: 5 }], false],
  [[{ sku: 'assistant', purchased: -1, assigned: 5 }], false],
  [[{ sku: 'assistant', purchased: 5, assigned: 10_000_001 }], false],
  [Array.from({ length: 101 }, () => ({ sku: 'assistant', purchased: 1, assigned: 1 })), false],
])('add-ons %j are taken: %s', (addOns, isTaken) => {
  expect(acceptAddOns(addOns).ok).toBe(isTaken);
});
