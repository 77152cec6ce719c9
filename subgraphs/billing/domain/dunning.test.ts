import { addDays, day } from '#kernel/time';
import { type DunningStep, firstStepDays, isHeldFor, reminderDue } from './dunning';

test.each([
  ['not before the seventh day', 6, null, null],
  ['on the seventh day', 7, null, 7],
  ['not again on the eighth', 8, 7, null],
  ['on the fourteenth', 14, 7, 14],
  ['on the thirtieth', 30, 14, 30],
  ['no more after that', 89, 30, null],
  ['once, the latest, after days were missed', 20, null, 14],
  ['not an earlier one after a later', 40, 30, null],
] as const)('a reminder is sent %s', (_title, days, last, step) => {
  expect(reminderDue(days, last)?.daysOverdue ?? null).toBe(step);
});

test.each([
  [90, false],
  [91, true], // more than 90
  [400, true],
])('an account whose oldest invoice has been due for %d days is held: %s', (days, held) => {
  const today = day('2026-06-15');
  expect(isHeldFor(addDays(today, -days), today)).toBe(held);
});

test('an account that owes nothing is not held, and a policy is data', () => {
  const strict: readonly DunningStep[] = [
    { daysOverdue: 1, act: 'REMIND' },
    { daysOverdue: 3, act: 'HOLD' },
  ];
  expect(isHeldFor(null, day('2026-06-15'))).toBe(false);
  expect(isHeldFor(day('2026-06-12'), day('2026-06-15'), strict)).toBe(true);
  expect(reminderDue(1, null, strict)).toEqual({ daysOverdue: 1, act: 'REMIND' });
  expect([firstStepDays(), firstStepDays(strict)]).toEqual([7, 1]);
});
