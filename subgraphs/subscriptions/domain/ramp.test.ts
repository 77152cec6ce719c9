import { day, period } from '#kernel/time';
import { rampStepsOf } from './ramp';

const term = period(day('2026-06-15'), day('2029-06-15'));
const year = (number: number, quantity: number) => ({
  kind: 'BASE' as const,
  quantity,
  startsOn: day(`${2026 + number}-06-15`),
  endsOn: day(`${2027 + number}-06-15`),
});

test('a ramp of 10, 15 and 20 seats has two steps to come', () => {
  expect(rampStepsOf([year(0, 10), year(1, 15), year(2, 20)], term)).toEqual([
    { startsOn: '2027-06-15', seats: 15 },
    { startsOn: '2028-06-15', seats: 20 },
  ]);
});

test('years with the same seats are no steps, and tiers of one year are counted together', () => {
  expect(rampStepsOf([year(0, 10), year(1, 10), year(2, 10)], term)).toEqual([]);
  expect(rampStepsOf([year(0, 10), year(0, 5), year(1, 10), year(1, 6), year(2, 16)], term)).toEqual([
    { startsOn: '2027-06-15', seats: 16 },
  ]);
});
