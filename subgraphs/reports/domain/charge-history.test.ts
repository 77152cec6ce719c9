import { day } from '#kernel/time';
import { changesOf } from './charge-history';

const charge = (chargeId: string, change: object = {}) => ({
  chargeId,
  quantity: 10,
  unitPriceMinor: 22_800n,
  currency: 'USD' as const,
  startsOn: day('2026-01-01'),
  endsOn: day('2027-01-01'),
  ...change,
});

test('a charge that is told again as it was changes nothing', () => {
  expect(changesOf([charge('a')], [charge('a')])).toEqual({ outdated: [], added: [] });
});

test('a charge that ends earlier than was known is outdated, and added as it is now', () => {
  const shortened = charge('a', { endsOn: day('2026-06-01') });
  expect(changesOf([charge('a')], [shortened])).toEqual({ outdated: [charge('a')], added: [{ told: shortened, before: charge('a') }] });
});

test('seats that were added are a charge beside the first', () => {
  expect(changesOf([charge('a')], [charge('a'), charge('b')])).toEqual({ outdated: [], added: [{ told: charge('b'), before: null }] });
});

test('a charge that is not told any more is no longer so', () => {
  expect(changesOf([charge('a')], [])).toEqual({ outdated: [charge('a')], added: [] });
});
