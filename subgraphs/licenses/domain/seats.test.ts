import { day } from '#kernel/time';
import { isSeatAlertDue, overageOf, seatAlertOf, seatsLeftAlert, seatsOn } from './seats';

const charge = (kind: string, quantity: number, startsOn: string, endsOn: string) => ({
  kind,
  quantity,
  startsOn: day(startsOn),
  endsOn: day(endsOn),
});

test('seats are the sum of the base charges in force, and nothing else', () => {
  const charges = [
    charge('BASE', 10, '2026-01-01', '2027-01-01'),
    charge('BASE', 5, '2026-06-01', '2027-01-01'),
    charge('ADD_ON', 100, '2026-01-01', '2027-01-01'),
    charge('BASE', 40, '2025-01-01', '2026-01-01'),
  ];
  expect(['2025-12-31', '2026-01-01', '2026-05-31', '2026-06-01', '2027-01-01'].map(text => seatsOn(charges, day(text)))).toEqual([
    40, 10, 10, 15, 0,
  ]);
});

test.each([
  [15, 1],
  [16, 2],
  [25, 2],
  [26, 2], // 10 % of 26 = 2.6
  [99, 9], // 10 % of 99 = 9.9
  [100, 8], // 8 % of 100
  [999, 79], // 8 % of 999 = 79.92
  [1000, 50], // 5 % of 1000
])('a subscription of %i seats speaks up when %i are left', (seats, left) => {
  expect(seatsLeftAlert(seats)).toBe(left);
  expect([isSeatAlertDue(seats - left, seats), isSeatAlertDue(seats - left - 1, seats), isSeatAlertDue(seats + 1, seats)]).toEqual([
    true,
    false,
    true,
  ]);
});

test('overage is never negative', () => {
  expect([overageOf(12, 10), overageOf(10, 10), overageOf(3, 10)]).toEqual([2, 0, 0]);
});

test('an alert says whether seats are left at all', () => {
  // 100 seats speak up when 8 are left
  expect([91, 92, 99, 100, 120].map(users => seatAlertOf(users, 100))).toEqual([null, 'FEW_LEFT', 'FEW_LEFT', 'NONE_LEFT', 'NONE_LEFT']);
});
