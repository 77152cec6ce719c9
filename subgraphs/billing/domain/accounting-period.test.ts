import { day } from '#kernel/time';
import { closable, daysOfMonth, monthOf, postable, reopenable } from './accounting-period';

const code = (result: { ok: boolean; refusal?: { code: string } }) => (result.ok ? 'OK' : result.refusal?.code);

test.each([
  ['2026-06-01', '2026-06-01', '2026-07-01'],
  ['2028-02-29', '2028-02-01', '2028-03-01'],
  ['2026-12-31', '2026-12-01', '2027-01-01'],
  ['2026-01-31', '2026-01-01', '2026-02-01'],
])('%s is in the month from %s until %s', (on, startsOn, endsOn) => {
  expect(monthOf(day(on))).toBe(startsOn);
  expect(daysOfMonth(monthOf(day(on)))).toEqual({ startsOn, endsOn });
});

test.each([
  ['on its last day', '2026-06-30', false, 'PERIOD_NOT_OVER'],
  ['on the first of the next month', '2026-07-01', false, 'OK'],
  ['a second time', '2026-07-01', true, 'PERIOD_ALREADY_CLOSED'],
])('closing June %s', (_title, today, isClosed, expected) => {
  expect(code(closable(day('2026-06-01'), isClosed, day(today)))).toBe(expected);
});

test('only a closed month is opened again, and nothing is posted in it until then', () => {
  expect(code(reopenable(day('2026-06-01'), true))).toBe('OK');
  expect(code(reopenable(day('2026-06-01'), false))).toBe('PERIOD_NOT_CLOSED');
  expect(code(postable(day('2026-06-30'), false))).toBe('OK');
  expect(postable(day('2026-06-30'), true)).toMatchObject({
    refusal: { code: 'PERIOD_CLOSED', message: 'The books of 2026-06 are closed: nothing is posted on 2026-06-30 any more.' },
  });
});
