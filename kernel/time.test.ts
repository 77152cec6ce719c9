import fc from 'fast-check';
import {
  addDays,
  addMonths,
  day,
  dayOf,
  daysBetween,
  daysIn,
  earlier,
  includes,
  later,
  monthsBetween,
  period,
  plainDateFrom,
  startOfDay,
  stoppedClock,
} from './time';

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2026-01-31', 2, '2026-03-31'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2024-02-29', 48, '2028-02-29'],
  ['2026-12-31', 1, '2027-01-31'],
  ['2026-10-31', 1, '2026-11-30'],
  ['2026-03-15', 13, '2027-04-15'],
  ['2026-03-15', 36, '2029-03-15'],
] as const)('%s and %s months is %s', (from, months, to) => {
  expect(addMonths(day(from), months)).toBe(to);
});

test.each([
  ['2026-02-29'],
  ['2026-13-01'],
  ['2026-00-10'],
  ['2026-04-31'],
  ['26-04-30'],
  ['2026-4-3'],
  ['2026-04-30T00:00'],
  ['1899-12-31'],
  ['2200-01-01'],
  [''],
])('"%s" is no day', text => {
  expect(plainDateFrom(text)).toBeNull();
  expect(() => day(text)).toThrow(RangeError);
});

test('days are counted by the calendar, across clock changes and leap days', () => {
  expect(daysBetween(day('2026-03-28'), day('2026-03-30'))).toBe(2);
  expect(daysBetween(day('2024-02-01'), day('2024-03-01'))).toBe(29);
  expect(daysBetween(day('2026-03-01'), day('2026-02-01'))).toBe(-28);
  expect(daysIn(period(day('2025-06-15'), day('2026-06-15')))).toBe(365);
  expect(monthsBetween(day('2026-01-31'), day('2026-02-28'))).toBe(0);
  expect(monthsBetween(day('2026-01-15'), day('2027-02-15'))).toBe(13);
});

test('a period includes its start and excludes its end, so periods that touch share no day', () => {
  const june = period(day('2026-06-01'), day('2026-07-01'));
  expect([includes(june, day('2026-06-01')), includes(june, day('2026-06-30')), includes(june, day('2026-07-01'))]).toEqual([
    true,
    true,
    false,
  ]);
});

test('so many days on and as many back is the same day', () => {
  const anyDay = fc.date({ min: new Date('1950-01-01'), max: new Date('2150-01-01'), noInvalidDate: true }).map(dayOf);
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -20_000, max: 20_000 }), (from, days) => {
      const to = addDays(from, days);
      expect(daysBetween(from, to)).toBe(days);
      expect(addDays(to, -days)).toBe(from);
      expect(dayOf(startOfDay(to))).toBe(to);
      expect([earlier(from, to), later(from, to)].sort()).toEqual([from, to].sort());
    }),
    { seed: 20260615 },
  );
});

test('the day of a moment is the day in UTC', () => {
  expect(dayOf(new Date('2026-06-30T23:59:59.999Z'))).toBe('2026-06-30');
  expect(dayOf(new Date('2026-07-01T01:30:00+02:00'))).toBe('2026-06-30');
});

test('a stopped clock stands until it is set', () => {
  const clock = stoppedClock(new Date(1_000));
  expect(clock.now()).toEqual(new Date(1_000));
  clock.set(new Date(2_000));
  expect(clock.now()).toEqual(new Date(2_000));
});
