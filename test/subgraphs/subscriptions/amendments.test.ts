/** Renewals, cancellations and changes of plan that orders ask for: versions now, neighbours told when it holds. */
import { addDays, day } from '#kernel/time';
import type { PlannedVersion } from '../../../subgraphs/orders/events/published';
import { buyerOf } from '../../support/viewers';
import { accountOf, addition, creation, namespaceOf, openScene, order, type Scene, subscriptionOf, TODAY } from './scene';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene('amendments');
});
afterEach(() => scene.house.close());

/** A year of ten seats that ends in ten days: it began on 25 June 2025. */
const STARTED = day('2025-06-25');
const END = day('2026-06-25');
const atNoonOf = (on: string) => new Date(`${on}T12:00:00Z`);
const told = async () =>
  (await scene.house.announced('SubscriptionVersionCreated.v1')).map(
    ({ data }) =>
      data as { version: number; status: string; term: { endsOn: string }; plan: { sku: string }; charges: { endsOn: string }[] },
  );
const failures = async () => (await scene.house.announced('StepFailed.v1')).map(({ data }) => (data as { code: string }).code);
const dayComes = async (on: string) => {
  scene.house.setClock(atNoonOf(on));
  await scene.house.write(work => work.enqueue('keepTheCalendar', {}));
  await scene.house.runJobs();
};

const amending = (kind: PlannedVersion['kind'], of: PlannedVersion, change: Partial<PlannedVersion> = {}): PlannedVersion => ({
  ...of,
  actionId: scene.newId('orderAction'),
  kind,
  effectiveOn: TODAY,
  charges: [],
  ...change,
});
const renewing = (of: PlannedVersion, seats = 12) => {
  const next = creation(scene, { effectiveOn: of.term.endsOn, seats, namespaceId: of.namespaceId });
  return { ...next, subscriptionId: of.subscriptionId, kind: 'RENEW' as const };
};
const ending = (of: PlannedVersion) => amending('CANCEL', of, { ends: { on: TODAY, skus: null } });

async function sold(change: Partial<PlannedVersion> = {}): Promise<PlannedVersion> {
  const created = creation(scene, { effectiveOn: STARTED, ...change });
  await order(scene, created);
  return created;
}

test('a renewal is version 2 at once; its neighbours keep the running term until its last day is over', async () => {
  const created = await sold();
  await order(scene, renewing(created));
  expect(await scene.house.announced('SubscriptionsChanged.v1')).toHaveLength(2);
  const FIELDS =
    'version status seats term { kind startsOn endsOn } later: term(asOf: "2026-06-25T00:00:00Z") { kind startsOn endsOn } seatsLater: seats(asOf: "2026-06-25T00:00:00Z") nextCharge { on }';
  expect(await subscriptionOf(scene, created.subscriptionId, FIELDS)).toEqual({
    version: 2,
    status: 'ACTIVE',
    seats: 10,
    term: { kind: 'INITIAL', startsOn: STARTED, endsOn: END },
    later: { kind: 'RENEWAL', startsOn: END, endsOn: '2027-06-25' },
    seatsLater: 12,
    nextCharge: { on: '2027-06-24' },
  });
  expect((await told()).map(({ version }) => version)).toEqual([1]);
  await dayComes(addDays(END, -1));
  expect(await told()).toHaveLength(1);
  await dayComes(END);
  await dayComes(addDays(END, 1));
  expect(await told()).toMatchObject([{ version: 1 }, { version: 2, status: 'ACTIVE', term: { endsOn: '2027-06-25' } }]);
});

test('a renewal after the end is told at once, and touches the old term', async () => {
  const created = await sold({ effectiveOn: day('2025-06-01') });
  expect(await subscriptionOf(scene, created.subscriptionId, 'status')).toEqual({ status: 'EXPIRED' });
  await order(scene, renewing(created));
  expect(await subscriptionOf(scene, created.subscriptionId, 'status seats term { startsOn }')).toEqual({
    status: 'ACTIVE',
    seats: 12,
    term: { startsOn: '2026-06-01' },
  });
  expect((await told()).at(-1)).toMatchObject({ version: 2, status: 'ACTIVE' });
});

test('two renewals of one term at the same moment: one is written, the other stopped', async () => {
  const created = await sold();
  await Promise.all([order(scene, renewing(created)), order(scene, renewing(created))]);
  expect(await failures()).toEqual(['TERM_CHANGED']);
  expect(await subscriptionOf(scene, created.subscriptionId, 'version')).toEqual({ version: 2 });
});

test('a renewed subscription keeps its namespace for both terms', async () => {
  const namespaceId = await namespaceOf(scene, 'renewed');
  const created = await sold({ namespaceId });
  await order(scene, renewing(created));
  await order(scene, creation(scene, { namespaceId, effectiveOn: addDays(END, -1) }));
  await order(scene, creation(scene, { namespaceId, effectiveOn: day('2027-06-24') }));
  expect(await failures()).toEqual(['NAMESPACE_TAKEN', 'NAMESPACE_TAKEN']);
});

test('what is cancelled ahead runs to its last day, and is then written and told as cancelled', async () => {
  const created = await sold();
  await order(scene, amending('CANCEL', created));
  const FIELDS = 'status cancelsOn autoRenew { isOn } nextCharge { on } after: status(asOf: "2026-06-25T00:00:00Z")';
  expect(await subscriptionOf(scene, created.subscriptionId, FIELDS)).toEqual({
    status: 'ACTIVE',
    cancelsOn: END,
    autoRenew: { isOn: false },
    nextCharge: null,
    after: 'CANCELLED',
  });
  expect((await told()).at(-1)).toMatchObject({ version: 2, status: 'ACTIVE', cancelsOn: END });
  await dayComes(END);
  await dayComes(END);
  expect((await told()).map(({ version, status }) => [version, status])).toEqual([
    [1, 'ACTIVE'],
    [2, 'ACTIVE'],
    [3, 'CANCELLED'],
  ]);
  expect((await accountOf(scene, 'subscriptions(first: 5, where: { status: { eq: CANCELLED } }) { totalCount }')).subscriptions).toEqual({
    totalCount: 1,
  });
});

test('who wants it renewed after all takes the cancellation back', async () => {
  const created = await sold();
  await order(scene, amending('CANCEL', created));
  const { name } = await subscriptionOf(scene, created.subscriptionId, 'name');
  const WISH = 'mutation ($input: SetAutoRenewInput!) { setAutoRenew(input: $input) { userErrors { code } } }';
  await scene.house.run(buyerOf(scene.account), WISH, { input: { idempotencyKey: 'back', subscriptionName: name, isOn: true } });
  expect(await subscriptionOf(scene, created.subscriptionId, 'cancelsOn autoRenew { isOn }')).toEqual({
    cancelsOn: null,
    autoRenew: { isOn: true },
  });
  await dayComes(END);
  expect((await told()).map(({ version }) => version)).toEqual([1, 2, 3]);
});

test('what is cancelled at once has no seats, frees its namespace and tells when each charge ended', async () => {
  const namespaceId = await namespaceOf(scene, 'freed');
  const created = await sold({ namespaceId });
  await order(scene, addition(scene, created, 5));
  await order(scene, ending(created));
  expect(await subscriptionOf(scene, created.subscriptionId, 'status seats before: seats(asOf: "2026-06-14T00:00:00Z")')).toEqual({
    status: 'CANCELLED',
    seats: 0,
    before: 10,
  });
  // The five seats were added on the day of the cancellation: they were never in force.
  expect((await told()).at(-1)).toMatchObject({ version: 3, status: 'CANCELLED', charges: [{ endsOn: TODAY }] });
  await order(scene, creation(scene, { namespaceId }));
  expect(await failures()).toEqual([]);
});

test('an upgrade is told with its plan and its charges; what was said for the renewal is foretold and kept', async () => {
  const created = await sold();
  const ultimate = { sku: 'ultimate-saas', name: 'Ultimate', tier: 'ULTIMATE', deployment: 'SAAS' };
  const upgrade = amending('CHANGE_PLAN', created, {
    plan: ultimate,
    ends: { on: TODAY, skus: ['premium-saas'] },
    pricedOn: { sku: 'premium-saas', seats: 10 },
    charges: [{ ...addition(scene, created, 10).charges[0]!, sku: 'ultimate-saas', unitPrice: { amount: '1188.00', currency: 'USD' } }],
  });
  await order(scene, upgrade);
  expect(
    await subscriptionOf(scene, created.subscriptionId, 'seats plan { tier } was: plan(asOf: "2026-06-14T00:00:00Z") { tier }'),
  ).toEqual({
    seats: 10,
    plan: { tier: 'ULTIMATE' },
    was: { tier: 'PREMIUM' },
  });
  await order(scene, upgrade);
  expect(await failures()).toEqual(['AGREEMENT_CHANGED']);

  await order(scene, amending('PLAN_AT_RENEWAL', created, { atRenewal: { seats: 8, unitPrice: { amount: '228.00', currency: 'USD' } } }));
  expect(
    await subscriptionOf(
      scene,
      created.subscriptionId,
      'planAtRenewal { plan { tier } seats } nextCharge { amount { amount } } plan { tier }',
    ),
  ).toEqual({
    planAtRenewal: { plan: { tier: 'PREMIUM' }, seats: 8 },
    nextCharge: { amount: { amount: '1824.00' } },
    plan: { tier: 'ULTIMATE' },
  }); // 8 × $228
  expect((await told()).at(-1)).toMatchObject({ version: 3, planAtRenewal: { sku: 'premium-saas', seats: 8 } });
});

test('what ends a charge is never changed and never deleted', async () => {
  const created = await sold();
  await order(scene, ending(created));
  for (const statement of ['update charge_endings set ends_on = ends_on', 'delete from charge_endings']) {
    await expect(scene.house.sql.unsafe(statement)).rejects.toThrow(/append-only/);
  }
});
