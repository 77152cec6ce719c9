import { idFromUuid, type NamespaceId } from '#kernel/ids';
import { seededIds } from '#kernel/new-id';
import { addMonths, day } from '#kernel/time';
import type { PlannedVersion } from '../../orders/events/published';
import type { Known } from './agreement';
import { decideVersions } from './change';

const newId = seededIds('change', new Date('2026-03-01T00:00:00Z'));
const subscriptionId = newId('subscription');
const namespaceId = newId('namespace');

function planned(change: Partial<PlannedVersion> = {}): PlannedVersion {
  const startsOn = change.effectiveOn ?? day('2026-03-01');
  const term = change.term ?? { startsOn: day('2026-03-01'), endsOn: addMonths(day('2026-03-01'), 12), months: 12 };
  return {
    actionId: newId('orderAction'),
    subscriptionId,
    kind: 'CREATE',
    effectiveOn: startsOn,
    plan: { sku: 'premium-saas', name: 'Premium', tier: 'PREMIUM', deployment: 'SAAS' },
    term,
    isAutoRenew: true,
    namespaceId: null,
    charges: [
      {
        chargeId: newId('charge'),
        sku: 'premium-saas',
        kind: 'BASE',
        model: 'RECURRING',
        quantity: 10,
        unitPrice: { amount: '348.00', currency: 'USD' },
        startsOn,
        endsOn: term.endsOn,
      },
    ],
    ...change,
  };
}

const nothing: Known = { held: new Map(), bases: new Map() };
const decided = (known: Known, ...changes: readonly PlannedVersion[]) => {
  const result = decideVersions(known, changes, newId);
  return result.ok ? result.value.map(one => one.agreement) : result.refusal.code;
};
const knownAfter = (...changes: readonly PlannedVersion[]): Known => {
  const result = decideVersions(nothing, changes, newId);
  if (!result.ok) throw new Error(result.refusal.message);
  return {
    ...nothing,
    held: new Map(result.value.map(({ agreement }) => [agreement.subscriptionId, { agreement, currency: 'USD' as const, charges: [] }])),
  };
};
const addition = (change: Partial<PlannedVersion> = {}) => planned({ kind: 'ADD_SEATS', effectiveOn: day('2026-06-01'), ...change });

test('a new subscription starts with version 1 and an initial term', () => {
  expect(decided(nothing, planned())).toMatchObject([
    {
      number: 1,
      standing: 'AGREED',
      isAutoRenew: true,
      term: { kind: 'INITIAL', startsOn: '2026-03-01', endsOn: '2027-03-01', months: 12 },
    },
  ]);
});

test('changes of one subscription in one order are versions one after the other', () => {
  expect(decided(nothing, planned(), addition(), addition())).toMatchObject([{ number: 1 }, { number: 2 }, { number: 3 }]);
});

test('an addition keeps the renewal wish, the namespace and the term of what exists', () => {
  const known = knownAfter(planned({ isAutoRenew: false }));
  const held = known.held.get(subscriptionId)!.agreement;
  expect(decided(known, addition({ isAutoRenew: true, namespaceId }))).toEqual([{ ...held, number: 2, effectiveOn: '2026-06-01' }]);
});

const onNamespace = (bases: Known['bases']): Known => ({ ...nothing, bases });
const free = onNamespace(new Map([[namespaceId, []]]));
const occupied = onNamespace(
  new Map([[namespaceId, [{ standing: 'AGREED' as const, term: { startsOn: day('2026-01-01'), endsOn: day('2027-01-01') } }]]]),
);
const second = () => planned({ subscriptionId: newId('subscription'), namespaceId });
const computeOnly = () => ({ ...second(), charges: second().charges.map(charge => ({ ...charge, kind: 'COMPUTE' as const })) });

test('a namespace takes one base subscription at a time, and others beside it', () => {
  expect(decided(free, second())).toHaveLength(1);
  expect(decided(occupied, computeOnly())).toHaveLength(1);
  expect(decided(free, computeOnly(), second(), computeOnly())).toHaveLength(3);
});

test.each([
  ['an order without a change', nothing, () => [], 'PLAN_UNUSABLE'],
  ['the same subscription created twice', nothing, () => [planned(), planned()], 'SUBSCRIPTION_EXISTS'],
  [
    'a term that ends before it starts',
    nothing,
    () => [planned({ term: { startsOn: day('2026-03-01'), endsOn: day('2026-03-01'), months: 12 } })],
    'PLAN_UNUSABLE',
  ],
  ['a subscription without a charge', nothing, () => [planned({ charges: [] })], 'PLAN_UNUSABLE'],
  ['a namespace that is not registered', nothing, () => [second()], 'NAMESPACE_NOT_FOUND'],
  ['a namespace that is taken', occupied, () => [second()], 'NAMESPACE_TAKEN'],
  ['one namespace twice in one order', free, () => [second(), second()], 'NAMESPACE_TAKEN'],
  ['seats for a subscription that is not there', nothing, () => [addition()], 'SUBSCRIPTION_NOT_FOUND'],
  ['seats after the end', knownAfter(planned()), () => [addition({ effectiveOn: day('2027-03-01') })], 'SUBSCRIPTION_ENDED'],
  [
    'seats priced for another term',
    knownAfter(planned()),
    () => [addition({ term: { startsOn: day('2026-03-01'), endsOn: day('2027-04-01'), months: 13 } })],
    'TERM_CHANGED',
  ],
  [
    'seats in another currency',
    knownAfter(planned()),
    () => [addition({ charges: addition().charges.map(charge => ({ ...charge, unitPrice: { amount: '1', currency: 'EUR' as const } })) })],
    'PLAN_UNUSABLE',
  ],
] as const)('%s is refused, and nothing of the order is written', (_, known, changes, code) => {
  expect(decided(known, ...changes())).toBe(code);
});

test('an unknown namespace of another account reads as not registered', () => {
  const other: NamespaceId = idFromUuid('namespace', '019b0000-0000-7000-8000-000000000009');
  expect(decided(free, planned({ namespaceId: other }))).toBe('NAMESPACE_NOT_FOUND');
});
