import { day } from '#kernel/time';
import { acceptMeasurement, isTaken, namespacePath, planOn, seatsOwed } from './namespace';
import type { Standing } from './subscription';

const base = (standing: Standing, startsOn: string, endsOn: string, tier = 'PREMIUM') => ({
  standing,
  tier,
  term: { startsOn: day(startsOn), endsOn: day(endsOn) },
});
const year = base('AGREED', '2026-03-01', '2027-03-01');

test.each([
  ['the day before the term', '2026-02-28', 'FREE'],
  ['its first day', '2026-03-01', 'PREMIUM'],
  ['its last day', '2027-02-28', 'PREMIUM'],
  ['the last day of grace', '2027-03-14', 'PREMIUM'], // 14 days: 1 to 14 March
  ['the day after', '2027-03-15', 'FREE'],
])('on %s (%s) the namespace has the plan %s', (_, on, plan) => {
  expect(planOn([year], day(on))).toBe(plan);
});

test.each(['DRAFT', 'SUSPENDED', 'CANCELLED'] as const)('a %s subscription gives no plan', standing => {
  expect(planOn([base(standing, '2026-03-01', '2027-03-01')], day('2026-06-01'))).toBe('FREE');
});

test('the subscription in force wins over one in grace', () => {
  const next = base('AGREED', '2027-03-01', '2028-03-01', 'ULTIMATE');
  expect(planOn([year, next], day('2027-03-05'))).toBe('ULTIMATE');
});

test('a namespace without a subscription is free', () => {
  expect(planOn([], day('2026-03-01'))).toBe('FREE');
});

test.each([
  ['the same year', '2026-03-01', '2027-03-01', true],
  ['a year that starts on the last day', '2027-02-28', '2028-02-28', true],
  ['a year that touches the end', '2027-03-01', '2028-03-01', false],
  ['a year that touches the start', '2025-03-01', '2026-03-01', false],
])('a second base subscription for %s: taken %s', (_, startsOn, endsOn, taken) => {
  expect(isTaken([year], { startsOn: day(startsOn), endsOn: day(endsOn) })).toBe(taken);
});

test('a cancelled subscription makes room', () => {
  expect(isTaken([base('CANCELLED', '2026-03-01', '2027-03-01')], year.term)).toBe(false);
});

test.each([
  [12, 10, 2],
  [10, 10, 0],
  [3, 10, 0],
])('%i users on %i seats owe %i', (inUse, seats, owed) => {
  expect(seatsOwed(inUse, seats)).toBe(owed);
});

test.each(['acme', 'Acme/Web', 'a', '_x', 'a.b-c_d/1'])('"%s" is a group path, in small letters', path => {
  expect(namespacePath(path)).toEqual({ ok: true, value: path.toLowerCase() });
});

test.each([
  '',
  ' ',
  '/acme',
  'acme/',
  'a//b',
  '-acme',
  '.acme',
  'acme.',
  'acme.git',
  'feed.atom/x',
  'аcme',
  'a b',
  `${'a'.repeat(256)}`,
  'a\u0000b',
  '__proto__/ö',
])('%j is no group path', path => {
  expect(namespacePath(path)).toMatchObject({ refusal: { code: 'NAMESPACE_PATH_INVALID' } });
});

const now = new Date('2026-06-01T12:00:00Z');
const measuredAt = (text: string) => new Date(`2026-06-01T${text}Z`);

test.each([
  [{ seatsInUse: 0, measuredAt: now }, 'kept'],
  [{ seatsInUse: 100_000_000, measuredAt: measuredAt('12:05:00') }, 'kept'],
  [{ seatsInUse: -1, measuredAt: now }, 'SEATS_IN_USE_INVALID'],
  [{ seatsInUse: 1.5, measuredAt: now }, 'SEATS_IN_USE_INVALID'],
  [{ seatsInUse: 100_000_001, measuredAt: now }, 'SEATS_IN_USE_INVALID'],
  [{ seatsInUse: 1, measuredAt: measuredAt('12:05:01') }, 'MEASURED_IN_FUTURE'],
])('the measurement %j is %s', (measurement, outcome) => {
  const result = acceptMeasurement(measurement, now);
  expect(result.ok ? 'kept' : result.refusal.code).toBe(outcome);
});
