import { day } from '#kernel/time';
import { isOver, newest, type Standing, type SubscriptionStatus, statusOn, versionOn } from './subscription';

const term = { startsOn: day('2026-03-01'), endsOn: day('2027-03-01') };
const days = ['2026-02-28', '2026-03-01', '2027-02-28', '2027-03-01'];

const STATUS_BY_STANDING: readonly (readonly [Standing, readonly SubscriptionStatus[]])[] = [
  ['DRAFT', ['DRAFT', 'DRAFT', 'DRAFT', 'DRAFT']],
  ['AGREED', ['PENDING', 'ACTIVE', 'ACTIVE', 'EXPIRED']],
  ['SUSPENDED', ['PENDING', 'SUSPENDED', 'SUSPENDED', 'EXPIRED']],
  ['CANCELLED', ['CANCELLED', 'CANCELLED', 'CANCELLED', 'CANCELLED']],
];

test.each(STATUS_BY_STANDING)('what is %s reads before, from the first to the last day, and after its term as %j', (standing, statuses) => {
  expect(days.map(on => statusOn({ standing, term }, day(on)))).toEqual(statuses);
});

test('only what is cancelled or past its term is over', () => {
  expect(days.map(on => isOver({ standing: 'AGREED', term }, day(on)))).toEqual([false, false, false, true]);
  expect(isOver({ standing: 'CANCELLED', term }, day('2026-03-02'))).toBe(true);
});

const version = (number: number, effectiveOn: string) => ({ number, effectiveOn: day(effectiveOn) });

test.each([
  ['the first, before any takes effect', '2026-02-01', 1],
  ['the first, on its day', '2026-03-01', 1],
  ['the newest of one day', '2026-06-01', 3],
  ['one made later for an earlier day, until the later day comes', '2026-08-31', 5],
  ['the one that took effect last', '2026-09-01', 4],
])('the version that speaks is %s', (_, on, number) => {
  const versions = [
    version(1, '2026-03-01'),
    version(2, '2026-06-01'),
    version(3, '2026-06-01'),
    version(4, '2026-09-01'),
    version(5, '2026-07-01'),
  ];
  expect(versionOn(versions, day(on))?.number).toBe(number);
  expect(versionOn(versions.toReversed(), day(on))?.number).toBe(number);
});

test('a subscription without a version has none', () => {
  expect(versionOn([], day('2026-01-01'))).toBeNull();
  expect(newest([])).toBeNull();
});

test('the newest version is the one with the highest number', () => {
  expect(newest([version(2, '2026-06-01'), version(3, '2026-05-01'), version(1, '2026-03-01')])?.number).toBe(3);
});
