import { day } from '#kernel/time';
import { type EntitlingVersion, entitledOn } from './entitlement';

const charge = (kind: string, quantity: number, startsOn = '2026-01-01', endsOn = '2027-01-01', sku = kind.toLowerCase()) => ({
  sku,
  kind,
  quantity,
  startsOn: day(startsOn),
  endsOn: day(endsOn),
});
const version = (change: Partial<EntitlingVersion> = {}): EntitlingVersion => ({
  subscriptionId: 'sub_1',
  version: 1,
  effectiveOn: day('2026-01-01'),
  status: 'ACTIVE',
  tier: 'PREMIUM',
  termStartsOn: day('2026-01-01'),
  termEndsOn: day('2027-01-01'),
  charges: [charge('BASE', 10)],
  ...change,
});

test.each([
  ['2025-12-31', [false, 'NOT_STARTED', 'FREE', 0]],
  ['2026-01-01', [true, 'IN_FORCE', 'PREMIUM', 10]],
  ['2026-12-31', [true, 'IN_FORCE', 'PREMIUM', 10]],
  ['2027-01-01', [true, 'IN_GRACE', 'PREMIUM', 10]],
  ['2027-01-14', [true, 'IN_GRACE', 'PREMIUM', 10]], // the 14th day
  ['2027-01-15', [false, 'EXPIRED', 'FREE', 0]],
])('on %s a year of 2026 gives %j', (on, expected) => {
  const { hasAccess, reason, plan, seats } = entitledOn([version()], day(on));
  expect([hasAccess, reason, plan, seats]).toEqual(expected);
});

test.each(['CANCELLED', 'SUSPENDED'])('a subscription that is %s gives nothing, and says so', status => {
  expect(entitledOn([version({ status })], day('2026-06-01'))).toMatchObject({
    hasAccess: false,
    reason: status,
    plan: 'FREE',
    grants: [],
  });
});

test.each([
  ['2027-01-21', [true, 'IN_GRACE', 10, '2027-01-22']], // the end of the term and 21 days
  ['2027-01-22', [false, 'EXPIRED', 0, null]],
])('on %s a year of 2026 whose end was put off gives %j', (on, expected) => {
  const { hasAccess, reason, seats, endsOn } = entitledOn([version({ extendedUntil: day('2027-01-22') })], day(on));
  expect([hasAccess, reason, seats, endsOn]).toEqual(expected);
});

test('who never bought has the free plan', () => {
  expect(entitledOn([], day('2026-06-01'))).toMatchObject({ hasAccess: false, reason: 'NEVER_BOUGHT', plan: 'FREE', endsOn: null });
});

test('what was bought beside the plan adds to it, and an add-on resets nothing', () => {
  const versions = [
    version(),
    version({
      version: 2,
      effectiveOn: day('2026-03-01'),
      charges: [charge('BASE', 10), charge('BASE', 5, '2026-03-01'), charge('ADD_ON', 7, '2026-03-01')],
    }),
    version({ subscriptionId: 'sub_2', charges: [charge('STORAGE', 3), charge('COMPUTE', 2)] }),
  ];
  expect(entitledOn(versions, day('2026-04-01'))).toMatchObject({
    plan: 'PREMIUM',
    seats: 15, // 10 + 5
    addOns: [{ sku: 'add_on', seats: 7 }],
    storageGb: 30, // 3 × 10 GB
    endsOn: '2027-01-01',
  });
  expect(entitledOn(versions, day('2026-02-01'))).toMatchObject({ seats: 10, addOns: [] });
});

test('a plan that changed is the old one on the days before', () => {
  const upgraded = version({ version: 2, effectiveOn: day('2026-06-01'), tier: 'ULTIMATE' });
  expect(['2026-05-31', '2026-06-01'].map(on => entitledOn([version(), upgraded], day(on)).plan)).toEqual(['PREMIUM', 'ULTIMATE']);
});
