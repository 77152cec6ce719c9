/** What a target has: computed from what was told, on any day, and never overwritten. */
import type { NamespaceId } from '../../../kernel/ids';
import { day } from '../../../kernel/time';
import { buyerOf, instance, partner, service, support } from '../../support/viewers';
import { act, activate, granted, lookedAt, newId, newPurchase, openLicenses, type Purchase, versionCreated } from './scene';

let house: Awaited<ReturnType<typeof openLicenses>>;
beforeAll(async () => {
  house = await openLicenses();
});
afterAll(() => house.close());

const FIELDS = `hasAccess reason plan seats endsOn addOns { sku seats } storageGb
  compute { monthlyQuota usedThisMonth quotaLeft packMinutesLeft overrun packs { minutesLeft endsOn } }`;
const product = service('hosted-product');

const entitlementsOf = async (target: string, asOf?: string, viewer = support) => {
  const document = `query ($target: ID!, $asOf: DateTime) { entitlements(target: $target, asOf: $asOf) { ${FIELDS} } }`;
  const { data, errors } = await house.run(viewer, document, { target, asOf });
  return errors ? errors[0]?.extensions.code : data.entitlements;
};
const namespaceChanged = ({ accountId }: Purchase, namespaceId: NamespaceId) => ({
  type: 'NamespaceChanged.v1',
  accountId,
  data: { namespaceId, accountId, path: 'acme', plan: 'FREE' },
});

/** A version on a namespace, with what was bought beside its ten seats. */
function onNamespace(
  purchase: Purchase,
  namespaceId: NamespaceId,
  version: number,
  beside: readonly (readonly [kind: string, quantity: number, endsOn?: string])[] = [],
) {
  const told = versionCreated(purchase, { version, deployment: 'SAAS', tier: 'PREMIUM' });
  const data = told.data as { readonly charges: readonly object[] };
  const more = beside.map(([kind, quantity, endsOn = '2027-01-01']) => ({
    ...data.charges[0],
    sku: kind.toLowerCase(),
    kind,
    quantity,
    endsOn: day(endsOn),
  }));
  return {
    ...told,
    data: { ...data, namespaceId, effectiveOn: day(version === 1 ? '2026-01-01' : '2026-06-01'), charges: [...data.charges, ...more] },
  };
}

test('a namespace has what is in force for it, today and on any day before', async () => {
  const [purchase, namespaceId] = [newPurchase(), newId('namespace')];
  await house.receive('subscriptions', namespaceChanged(purchase, namespaceId));
  expect(await entitlementsOf(namespaceId)).toMatchObject({
    hasAccess: false,
    reason: 'NEVER_BOUGHT',
    plan: 'FREE',
    compute: { monthlyQuota: 400 },
  });
  await house.receive(
    'subscriptions',
    onNamespace(purchase, namespaceId, 1),
    onNamespace(purchase, namespaceId, 2, [
      ['ADD_ON', 4],
      ['STORAGE', 2],
      ['COMPUTE', 3],
    ]),
  );
  expect(await entitlementsOf(namespaceId, undefined, buyerOf(purchase.accountId))).toMatchObject({
    hasAccess: true,
    reason: 'IN_FORCE',
    plan: 'PREMIUM',
    seats: 10,
    endsOn: '2027-01-01',
    addOns: [{ sku: 'add_on', seats: 4 }],
    storageGb: 20, // 2 × 10 GB
    compute: { monthlyQuota: 10_000, packMinutesLeft: 3_000 },
  });
  expect(await entitlementsOf(namespaceId, '2026-03-01T00:00:00Z')).toMatchObject({ seats: 10, addOns: [], storageGb: 0 });
  expect(await entitlementsOf(namespaceId, '2025-03-01T00:00:00Z')).toMatchObject({ hasAccess: false, reason: 'NOT_STARTED' });
});

test('minutes use up the month first and packs then, and a report that is sent again counts once', async () => {
  const [purchase, namespaceId] = [newPurchase(), newId('namespace')];
  await house.receive('subscriptions', namespaceChanged(purchase, namespaceId), onNamespace(purchase, namespaceId, 1, [['COMPUTE', 1]]));
  const report = (change: object) =>
    act(
      house,
      product,
      'reportComputeUsage',
      { namespaceId, on: '2026-06-10', ...change },
      'entitlements { compute { usedThisMonth packMinutesLeft overrun } }',
    );
  await report({ minutes: 9_000, idempotencyKey: 'june 10' });
  await report({ minutes: 9_000, idempotencyKey: 'june 10' });
  await report({ minutes: 500, dryRun: true });
  const { entitlements } = await report({ minutes: 1_600 });
  expect(entitlements.compute).toEqual({ usedThisMonth: 10_600, packMinutesLeft: 400, overrun: 0 }); // 1,000 − (10,600 − 10,000)
  expect([
    (await report({ minutes: -1 })).code,
    (await report({ minutes: 1, on: '2026-06-16' })).code,
    (await report({ minutes: 1, on: '2026-01-01' })).code,
    (await report({ minutes: 1, namespaceId: 'nsp_' })).code,
    (await act(house, support, 'reportComputeUsage', { namespaceId, on: '2026-06-10', minutes: 1 }, 'entitlements { plan }')).code,
  ]).toEqual(['MINUTES_OUT_OF_RANGE', 'REPORT_IN_FUTURE', 'REPORT_TOO_OLD', 'NAMESPACE_NOT_FOUND', 'FORBIDDEN']);
});

test('a subscription that moved to another namespace grants nothing on the old one', async () => {
  const purchase = newPurchase();
  const [from, to] = [newId('namespace'), newId('namespace')];
  await house.receive('subscriptions', namespaceChanged(purchase, from), namespaceChanged(purchase, to));
  await house.receive('subscriptions', onNamespace(purchase, from, 1), onNamespace(purchase, to, 2));
  expect([(await entitlementsOf(from)).plan, (await entitlementsOf(to)).plan]).toEqual(['FREE', 'PREMIUM']);
});

test('an instance and its subscription have the same', async () => {
  const purchase = newPurchase();
  await activate(house, await granted(house, purchase, { seats: [10, 5] }));
  const [{ id }] = (await lookedAt(house, purchase, 'activation { instances { id } }')).activation.instances;
  const expected = { hasAccess: true, plan: 'ULTIMATE', seats: 15, compute: null };
  expect(await entitlementsOf(id)).toMatchObject(expected);
  expect(await entitlementsOf(purchase.subscriptionId)).toMatchObject(expected);
  await house.receive('subscriptions', versionCreated(purchase, { version: 2, status: 'CANCELLED' }));
  expect(await entitlementsOf(id)).toMatchObject({ hasAccess: false, reason: 'CANCELLED', plan: 'FREE', seats: 0 });
});

test("another's namespace is as good as none, and the hosted product may ask for any", async () => {
  const [purchase, namespaceId] = [newPurchase(), newId('namespace')];
  await house.receive('subscriptions', namespaceChanged(purchase, namespaceId), onNamespace(purchase, namespaceId, 1));
  expect(await entitlementsOf(namespaceId, undefined, buyerOf(newId('account')))).toBeNull();
  expect(await entitlementsOf('nsp_', undefined)).toBeNull();
  expect((await entitlementsOf(namespaceId, undefined, product)).plan).toBe('PREMIUM');
  expect(await entitlementsOf(namespaceId, undefined, instance('i'))).toBe('FORBIDDEN');
  expect(await entitlementsOf(namespaceId, undefined, partner(newId('partner'), 'license:status'))).toBe('FORBIDDEN');
});
