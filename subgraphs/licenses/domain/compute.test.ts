import { day } from '#kernel/time';
import { acceptMinutes, computeOn } from './compute';
import type { EntitlingVersion } from './entitlement';

const pack = (quantity: number, startsOn: string, endsOn: string) => ({
  sku: 'compute-1000',
  kind: 'COMPUTE',
  quantity,
  startsOn: day(startsOn),
  endsOn: day(endsOn),
});
const premium = (...packs: readonly ReturnType<typeof pack>[]): EntitlingVersion => ({
  subscriptionId: 'sub_1',
  version: 1,
  effectiveOn: day('2026-01-01'),
  status: 'ACTIVE',
  tier: 'PREMIUM',
  termStartsOn: day('2026-01-01'),
  termEndsOn: day('2027-01-01'),
  charges: [{ sku: 'premium', kind: 'BASE', quantity: 10, startsOn: day('2026-01-01'), endsOn: day('2027-01-01') }, ...packs],
});
const used = (usedOn: string, minutes: number) => ({ usedOn: day(usedOn), minutes });

test.each([
  ['FREE', [], 400],
  ['PREMIUM', [premium()], 10_000],
  ['ULTIMATE', [{ ...premium(), tier: 'ULTIMATE' }], 50_000],
])('%s includes its minutes each month', (_, versions, quota) => {
  expect(computeOn(versions, [], day('2026-06-15'))).toMatchObject({ monthlyQuota: quota, quotaLeft: quota, packs: [] });
});

test('a pack burns only after the month has used what its plan includes', () => {
  const versions = [premium(pack(2, '2026-05-01', '2027-05-01'))];
  expect(computeOn(versions, [used('2026-06-01', 9_999)], day('2026-06-15'))).toMatchObject({ quotaLeft: 1, packMinutesLeft: 2_000 });
  const standing = computeOn(versions, [used('2026-06-01', 9_999), used('2026-06-02', 501)], day('2026-06-15'));
  expect(standing).toMatchObject({ usedThisMonth: 10_500, quotaLeft: 0, packMinutesLeft: 1_500, overrun: 0 }); // 2,000 − (10,500 − 10,000)
});

test('a new month begins with its whole quota, and what packs have lost stays lost', () => {
  const versions = [premium(pack(1, '2026-05-01', '2027-05-01'))];
  const days = [used('2026-06-30', 10_400), used('2026-07-01', 100)];
  expect(computeOn(versions, days, day('2026-07-15'))).toMatchObject({ usedThisMonth: 100, quotaLeft: 9_900, packMinutesLeft: 600 });
  expect(computeOn(versions, days, day('2026-08-01'))).toMatchObject({ usedThisMonth: 0, quotaLeft: 10_000, packMinutesLeft: 600 });
});

test('of two packs the one that ends sooner burns first, whichever was bought first', () => {
  const versions = [premium(pack(1, '2026-01-01', '2027-01-01'), pack(1, '2026-02-01', '2026-08-01'))];
  const { packs } = computeOn(versions, [used('2026-06-01', 10_300)], day('2026-06-15'));
  expect(packs).toEqual([
    { minutes: 1_000, minutesLeft: 700, endsOn: '2026-08-01' },
    { minutes: 1_000, minutesLeft: 1_000, endsOn: '2027-01-01' },
  ]);
});

test('a pack gives nothing before it begins and after it ends, and what nothing covers is told', () => {
  const versions = [premium(pack(1, '2026-06-10', '2026-06-20'))];
  expect(computeOn(versions, [used('2026-06-09', 10_200)], day('2026-06-15'))).toMatchObject({ overrun: 200, packMinutesLeft: 1_000 });
  expect(computeOn(versions, [used('2026-06-12', 11_500)], day('2026-06-15'))).toMatchObject({ overrun: 500, packMinutesLeft: 0 }); // 11,500 − 10,000 − 1,000
  expect(computeOn(versions, [], day('2026-06-20')).packs).toEqual([]);
});

test('days that come late and in any order count the same', () => {
  const versions = [premium(pack(1, '2026-05-01', '2027-05-01'))];
  const days = [used('2026-06-03', 600), used('2026-06-01', 9_000), used('2026-06-02', 700)];
  expect(computeOn(versions, days, day('2026-06-15'))).toEqual(computeOn(versions, days.toReversed(), day('2026-06-15')));
});

test.each([
  [used('2026-06-15', 0), 'TAKEN'],
  [used('2026-06-15', -1), 'MINUTES_OUT_OF_RANGE'],
  [used('2026-06-15', 1.5), 'MINUTES_OUT_OF_RANGE'],
  [used('2026-06-16', 1), 'REPORT_IN_FUTURE'],
  [used('2026-04-14', 1), 'TAKEN'], // 62 days ago
  [used('2026-04-13', 1), 'REPORT_TOO_OLD'],
])('minutes of %j are %s', (reported, answer) => {
  const decision = acceptMinutes(reported, day('2026-06-15'));
  expect(decision.ok ? 'TAKEN' : decision.refusal.code).toBe(answer);
});
