import { seededIds } from '#kernel/new-id';
import { addMonths, day } from '#kernel/time';
import type { PlannedVersion } from '../../orders/events/published';
import type { Held, Known } from './agreement';
import { decideVersions } from './change';
import { chargesAfter, seatsOn } from './charge';
import { statusOn, stretchesOf, versionOn, waitsForItsDay } from './subscription';

const newId = seededIds('amendment', new Date('2026-03-01T00:00:00Z'));
const subscriptionId = newId('subscription');
const namespaceId = newId('namespace');
const term = { startsOn: day('2026-03-01'), endsOn: day('2027-03-01'), months: 12 };
const premium = { sku: 'premium-saas', name: 'Premium', tier: 'PREMIUM', deployment: 'SAAS' };
const ultimate = { sku: 'ultimate-saas', name: 'Ultimate', tier: 'ULTIMATE', deployment: 'SAAS' };
const usd = (amount: string) => ({ amount, currency: 'USD' as const });

const charge = (quantity: number, startsOn: string, endsOn: string, sku = 'premium-saas', kind: 'BASE' | 'ADD_ON' = 'BASE') => ({
  chargeId: newId('charge'),
  sku,
  kind,
  model: 'RECURRING' as const,
  quantity,
  unitPrice: usd('228.00'),
  startsOn: day(startsOn),
  endsOn: day(endsOn),
});
const planned = (kind: PlannedVersion['kind'], effectiveOn: string, change: Partial<PlannedVersion> = {}): PlannedVersion => ({
  actionId: newId('orderAction'),
  subscriptionId,
  kind,
  effectiveOn: day(effectiveOn),
  plan: premium,
  term,
  isAutoRenew: true,
  namespaceId: null,
  charges: [],
  ...change,
});
const creation = planned('CREATE', '2026-03-01', {
  charges: [charge(10, '2026-03-01', '2027-03-01'), charge(3, '2026-03-01', '2027-03-01', 'assistant', 'ADD_ON')],
});
const renewal = (change: Partial<PlannedVersion> = {}) => {
  const next = { startsOn: day('2027-03-01'), endsOn: addMonths(day('2027-03-01'), 12), months: 12 };
  return planned('RENEW', '2027-03-01', { term: next, charges: [charge(12, next.startsOn, next.endsOn)], ...change });
};
const canceledAhead = planned('CANCEL', '2026-06-01');
const canceledNow = planned('CANCEL', '2026-06-01', { ends: { on: day('2026-06-01'), skus: null } });
const upgrade = (change: Partial<PlannedVersion> = {}) =>
  planned('CHANGE_PLAN', '2026-06-01', {
    plan: ultimate,
    ends: { on: day('2026-06-01'), skus: ['premium-saas'] },
    pricedOn: { sku: 'premium-saas', seats: 10 },
    charges: [charge(10, '2026-06-01', '2027-03-01', 'ultimate-saas')],
    ...change,
  });
const kept = planned('PLAN_AT_RENEWAL', '2026-06-01', { plan: premium, atRenewal: { seats: 8, unitPrice: usd('228.00') } });
const removal = (sku = 'assistant') => planned('REMOVE_PRODUCT', '2026-06-01', { ends: { on: day('2026-06-01'), skus: [sku] } });

const nothing: Known = { held: new Map(), bases: new Map() };
const decided = (...changes: readonly PlannedVersion[]) => decideVersions(nothing, [creation, ...changes], newId);
/** The agreements that changes lead to, the first one left out; or the refusal. */
const after = (...changes: readonly PlannedVersion[]) => {
  const result = decided(...changes);
  return result.ok ? result.value.slice(1).map(one => one.agreement) : result.refusal.code;
};
const seatsAfter = (on: string, ...changes: readonly PlannedVersion[]) => {
  const result = decided(...changes);
  if (!result.ok) throw new Error(result.refusal.message);
  const endings = result.value.flatMap(one => one.endings.map(ending => ({ ...ending, versionNumber: one.agreement.number })));
  const charges = result.value.flatMap(one => one.planned.charges.map(each => ({ ...each, versionNumber: one.agreement.number })));
  const held = charges.map(each => ({ ...each, endings: endings.filter(ending => ending.chargeId === each.chargeId) }));
  return seatsOn(chargesAfter(held), day(on));
};

test('a renewal is a new term that touches the old one, with the seats that were bought for it', () => {
  expect(after(renewal())).toMatchObject([
    { number: 2, effectiveOn: '2027-03-01', term: { kind: 'RENEWAL', startsOn: '2027-03-01', endsOn: '2028-03-01', months: 12 } },
  ]);
  expect(['2027-02-28', '2027-03-01', '2028-02-29', '2028-03-01'].map(on => seatsAfter(on, renewal()))).toEqual([10, 12, 12, 0]);
});

test('a renewal withdraws a cancellation at the end of the term, and uses up the plan that was kept for it', () => {
  expect(after(canceledAhead, kept, renewal())).toMatchObject([
    { cancelsOn: '2027-03-01', isAutoRenew: false },
    { planAtRenewal: { sku: 'premium-saas', seats: 8 } },
    { cancelsOn: null, planAtRenewal: null, isAutoRenew: false }, // who cancelled is not charged again unasked
  ]);
});

test('what is cancelled ahead keeps its seats to the last day, and reads as cancelled from the next', () => {
  const result = decided(canceledAhead);
  const { agreement } = result.ok ? result.value[1]! : { agreement: null };
  expect(['2026-06-01', '2027-02-28', '2027-03-01'].map(on => statusOn(agreement!, day(on)))).toEqual(['ACTIVE', 'ACTIVE', 'CANCELLED']);
  expect(seatsAfter('2027-02-28', canceledAhead)).toBe(10);
});

test('a cancellation with the money back is refused where seats were added after it was priced', () => {
  const priced = { ...canceledNow, pricedOn: { sku: 'premium-saas', seats: 10 } };
  expect(decided(priced).ok).toBe(true);
  const added = planned('ADD_SEATS', '2026-06-01', { charges: [charge(2, '2026-06-01', '2027-03-01')] });
  expect(decided(added, priced)).toMatchObject({ refusal: { code: 'AGREEMENT_CHANGED' } });
});

test('what is cancelled at once has no seats from that day on', () => {
  expect(after(canceledNow)).toMatchObject([{ standing: 'CANCELLED', isAutoRenew: false, cancelsOn: null }]);
  expect(['2026-05-31', '2026-06-01'].map(on => seatsAfter(on, canceledNow))).toEqual([10, 0]);
});

test('an upgrade ends the old charges on its day and begins the new ones', () => {
  expect(after(upgrade())).toMatchObject([{ number: 2, sku: 'ultimate-saas', tier: 'ULTIMATE', term: { kind: 'INITIAL' } }]);
  expect(['2026-05-31', '2026-06-01', '2027-02-28'].map(on => seatsAfter(on, upgrade()))).toEqual([10, 10, 10]);
});

test('a removed product ends, and the seats of the plan stay', () => {
  const result = decided(removal());
  expect(result.ok && result.value[1]?.endings).toEqual([{ chargeId: creation.charges[1]?.chargeId, endsOn: '2026-06-01' }]);
  expect(seatsAfter('2026-06-01', removal())).toBe(10);
});

test('a charge that is ended before it begins never holds', () => {
  const ahead = planned('ADD_SEATS', '2026-09-01', { charges: [charge(5, '2026-09-01', '2027-03-01')] });
  expect(['2026-09-01', '2027-02-28'].map(on => seatsAfter(on, ahead, canceledNow))).toEqual([0, 0]);
});

test.each([
  ['a term that was renewed already', [renewal(), renewal()], 'TERM_CHANGED'],
  ['a cancelled subscription to be renewed', [canceledNow, renewal()], 'SUBSCRIPTION_ENDED'],
  ['a cancellation after a cancellation', [canceledNow, canceledNow], 'SUBSCRIPTION_ENDED'],
  ['a cancellation of a term that was renewed since', [renewal(), canceledNow], 'TERM_CHANGED'],
  ['a renewal without a charge', [renewal({ charges: [] })], 'PLAN_UNUSABLE'],
  ['an upgrade priced for other seats', [upgrade({ pricedOn: { sku: 'premium-saas', seats: 11 } })], 'AGREEMENT_CHANGED'],
  ['an upgrade priced for another plan', [upgrade(), upgrade()], 'AGREEMENT_CHANGED'],
  ['an upgrade after the end', [upgrade({ effectiveOn: day('2027-03-01') })], 'SUBSCRIPTION_ENDED'],
  [
    'an upgrade in another currency',
    [upgrade({ charges: [{ ...upgrade().charges[0]!, unitPrice: { amount: '1', currency: 'EUR' } }] })],
    'PLAN_UNUSABLE',
  ],
  ['an upgrade of a term that was renewed since', [renewal(), upgrade()], 'TERM_CHANGED'],
  ['a product that is not in force', [removal('storage')], 'AGREEMENT_CHANGED'],
  ['a renewal of nothing said', [planned('PLAN_AT_RENEWAL', '2026-06-01')], 'PLAN_UNUSABLE'],
] as const)('%s is refused', (_, changes, code) => {
  expect(after(...changes)).toBe(code);
});

test('a namespace that somebody else has taken after the end is not renewed', () => {
  const result = decided();
  if (!result.ok) throw new Error(result.refusal.message);
  const agreement = { ...result.value[0]!.agreement, namespaceId };
  const held: Held = { agreement, currency: 'USD', charges: [] };
  const other = { standing: 'AGREED' as const, term: { startsOn: day('2027-06-01'), endsOn: day('2028-06-01') } };
  const known = (taken: boolean): Known => ({
    held: new Map([[subscriptionId, held]]),
    bases: new Map([[namespaceId, [{ standing: 'AGREED' as const, term }, ...(taken ? [other] : [])]]]),
  });
  expect(decideVersions(known(false), [renewal()], newId).ok).toBe(true);
  expect(decideVersions(known(true), [renewal()], newId)).toMatchObject({ refusal: { code: 'NAMESPACE_TAKEN' } });
});

const version = (number: number, effectiveOn: string, change: object = {}) => ({
  number,
  effectiveOn: day(effectiveOn),
  standing: 'AGREED' as const,
  term: { ...term, id: 'first' },
  ...change,
});
const second = { term: { id: 'second', startsOn: day('2027-03-01'), endsOn: day('2028-03-01') } };

test('a cancellation outweighs what was agreed before it for later days', () => {
  const cancelled = version(3, '2026-06-01', { kind: 'CANCEL', standing: 'CANCELLED' });
  const versions = [version(1, '2026-03-01'), version(2, '2026-09-01', { kind: 'ADD_SEATS' }), cancelled];
  expect(['2026-05-31', '2026-06-01', '2026-10-01'].map(on => versionOn(versions, day(on))?.number)).toEqual([1, 3, 3]);
});

test('neighbours hear at once of what holds or comes new, and later of what displaces a running term', () => {
  const before = [version(1, '2026-03-01')];
  const renewed = version(2, '2027-03-01', second);
  expect(waitsForItsDay(renewed, before, day('2027-02-20'))).toBe(true);
  expect(waitsForItsDay(renewed, before, day('2027-03-01'))).toBe(false);
  expect(waitsForItsDay(version(2, '2026-09-01'), before, day('2026-06-01'))).toBe(false); // seats bought ahead
  expect(waitsForItsDay(version(1, '2026-03-01'), [], day('2026-02-01'))).toBe(false);
  expect(waitsForItsDay(version(2, '2027-03-01', second), before, day('2026-02-01'))).toBe(false);
});

test('a namespace is stood on for each term, and until a cancellation', () => {
  const both = [version(1, '2026-03-01'), version(2, '2027-03-01', second)];
  expect(stretchesOf(both).map(({ term: { startsOn, endsOn } }) => `${startsOn}/${endsOn}`)).toEqual([
    '2026-03-01/2027-03-01',
    '2027-03-01/2028-03-01',
  ]);
  const cut = [...both, version(3, '2027-03-01', { ...second, standing: 'CANCELLED', kind: 'CANCEL' })];
  expect(stretchesOf(cut).map(({ term: { endsOn } }) => endsOn)).toEqual(['2027-03-01']);
});
