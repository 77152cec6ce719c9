import { day } from '#kernel/time';
import { fiscalQuarter, fiscalYear, lastDayOf, monthOf, monthsFrom } from './calendar';

test('a fiscal year begins on 1 February and bears the number of the year in which it ends', () => {
  expect(fiscalYear(2027)).toEqual({ startsOn: '2026-02-01', endsOn: '2027-02-01' });
  expect(lastDayOf(fiscalYear(2027))).toBe('2027-01-31');
});

test.each([
  ['FY2027-Q1', '2026-02-01', '2026-05-01'],
  ['FY2027-Q2', '2026-05-01', '2026-08-01'],
  ['FY2027-Q3', '2026-08-01', '2026-11-01'],
  ['FY2027-Q4', '2026-11-01', '2027-02-01'],
])('%s runs from %s to before %s', (name, startsOn, endsOn) => {
  expect(fiscalQuarter(name)).toEqual({ startsOn, endsOn });
});

test.each(['2027-Q1', 'FY2027-Q5', 'FY27-Q1', ''])('"%s" names no fiscal quarter', name => {
  expect(fiscalQuarter(name)).toBeNull();
});

test('a period names its months, at most 36 of them and never backwards', () => {
  expect(monthOf(day('2026-03-31'))).toBe('2026-03-01');
  expect(monthsFrom(day('2026-11-15'), day('2027-01-01'))).toEqual(['2026-11-01', '2026-12-01', '2027-01-01']);
  expect(monthsFrom(day('2024-01-01'), day('2026-12-31'))).toHaveLength(36);
  expect(monthsFrom(day('2024-01-01'), day('2027-01-01'))).toBeNull();
  expect(monthsFrom(day('2026-02-01'), day('2026-01-31'))).toBeNull();
});
