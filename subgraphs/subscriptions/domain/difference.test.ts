import { seededIds } from '#kernel/new-id';
import { day } from '#kernel/time';
import { differences } from './difference';

const version = {
  standing: 'AGREED' as const,
  planName: 'Premium',
  seats: 10,
  term: { startsOn: day('2026-03-01'), endsOn: day('2027-03-01') },
  isAutoRenew: true,
  namespaceId: null,
};

test('the first version changes everything it states from nothing', () => {
  expect(differences(null, version)).toEqual([
    { field: 'STANDING', before: null, after: 'AGREED' },
    { field: 'PLAN', before: null, after: 'Premium' },
    { field: 'SEATS', before: null, after: '10' },
    { field: 'TERM', before: null, after: '2026-03-01/2027-03-01' },
    { field: 'AUTO_RENEW', before: null, after: 'ON' },
  ]);
});

test('a later version names only what it changed', () => {
  const namespaceId = seededIds('difference', new Date('2026-03-01T00:00:00Z'))('namespace');
  expect(differences(version, { ...version, seats: 15 })).toEqual([{ field: 'SEATS', before: '10', after: '15' }]);
  expect(differences(version, { ...version, isAutoRenew: false, namespaceId })).toEqual([
    { field: 'AUTO_RENEW', before: 'ON', after: 'OFF' },
    { field: 'NAMESPACE', before: null, after: namespaceId },
  ]);
  expect(differences(version, version)).toEqual([]);
});
