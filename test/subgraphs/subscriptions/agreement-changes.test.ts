/** Longer terms, pauses, other owners and ramps, as an order plans them and this house writes them down. */
import type { AccountId } from '../../../kernel/ids';
import { day } from '../../../kernel/time';
import type { PlannedVersion } from '../../../subgraphs/orders/events/published';
import { buyerOf } from '../../support/viewers';
import { accountChanged, creation, namespaceOf, openScene, order, type Scene, subscriptionOf, TODAY } from './scene';

let scene: Scene;
let other: AccountId;
beforeEach(async () => {
  scene = await openScene('agreement changes');
  other = scene.newId('account');
  await scene.house.receive('customers', accountChanged(scene.account), accountChanged(other));
});
afterEach(() => scene.house.close());

const amending = (kind: PlannedVersion['kind'], of: PlannedVersion, change: Partial<PlannedVersion> = {}): PlannedVersion => ({
  ...of,
  actionId: scene.newId('orderAction'),
  kind,
  effectiveOn: TODAY,
  charges: [],
  ...change,
});
const dayComes = async (on: string) => {
  scene.house.setClock(new Date(`${on}T12:00:00Z`));
  await scene.house.write(work => work.enqueue('keepTheCalendar', {}, { runAt: new Date('2020-01-01T00:00:00Z') }));
  await scene.house.runJobs();
};
const failures = async () => (await scene.house.announced('StepFailed.v1')).map(({ data }) => (data as { code: string }).code);
const told = async () => (await scene.house.announced('SubscriptionVersionCreated.v1')).map(({ data }) => data as never as Told);
interface Told {
  readonly accountId: string;
  readonly subscriptionId: PlannedVersion['subscriptionId'];
  readonly name: string;
  readonly version: number;
  readonly status: string;
  readonly continues?: object;
  readonly charges: readonly { readonly quantity: number; readonly startsOn: string; readonly endsOn: string }[];
}

test('a longer term has the same first day, and charges for what was added', async () => {
  const first = creation(scene);
  await order(scene, first);
  const term = { startsOn: TODAY, endsOn: day('2027-12-15'), months: 18 };
  const added = creation(scene).charges.map(charge => ({ ...charge, startsOn: first.term.endsOn, endsOn: term.endsOn }));
  await order(scene, amending('CHANGE_TERMS', first, { term, termBefore: first.term, charges: added }));
  expect(await failures()).toEqual([]);
  const fields = 'term { startsOn endsOn months } seats status version later: seats(asOf: "2027-10-01T00:00:00Z")';
  expect(await subscriptionOf(scene, first.subscriptionId, fields)).toEqual({
    term: { startsOn: '2026-06-15', endsOn: '2027-12-15', months: 18 },
    seats: 10,
    later: 10,
    status: 'ACTIVE',
    version: 2,
  });
});

test('a longer term that was priced for another one is not written', async () => {
  const first = creation(scene);
  await order(scene, first);
  const term = { startsOn: TODAY, endsOn: day('2027-12-15'), months: 18 };
  const { charges } = creation(scene);
  await order(scene, amending('CHANGE_TERMS', first, { term, termBefore: { startsOn: TODAY, endsOn: day('2027-01-15') }, charges }));
  await order(scene, amending('CHANGE_TERMS', first, { termBefore: first.term, charges }));
  expect(await failures()).toEqual(['TERM_CHANGED', 'PLAN_UNUSABLE']);
});

test('a pause shows until it ends, and seats that were agreed ahead do not end it', async () => {
  const first = creation(scene);
  const ahead = {
    ...creation(scene, { seats: 5, effectiveOn: day('2026-07-01'), term: first.term }),
    subscriptionId: first.subscriptionId,
  };
  await order(scene, first, { ...ahead, kind: 'ADD_SEATS' });
  await order(scene, amending('SUSPEND', first));
  const status = 'status later: status(asOf: "2026-07-02T00:00:00Z") laterSeats: seats(asOf: "2026-07-02T00:00:00Z")';
  expect(await subscriptionOf(scene, first.subscriptionId, status)).toEqual({ status: 'SUSPENDED', later: 'SUSPENDED', laterSeats: 15 });
  await order(scene, amending('SUSPEND', first));
  expect(await failures()).toEqual(['AGREEMENT_CHANGED']);
  await order(scene, amending('RESUME', first));
  expect(await subscriptionOf(scene, first.subscriptionId, status)).toEqual({ status: 'ACTIVE', later: 'ACTIVE', laterSeats: 15 });
  expect((await told()).map(({ status: one }) => one)).toEqual(['ACTIVE', 'ACTIVE', 'SUSPENDED', 'ACTIVE']);
});

test('another owner has the same name, seats, term, price and namespace; the old one keeps a closed row', async () => {
  const namespaceId = await namespaceOf(scene, 'acme/web');
  const first = creation(scene, { namespaceId });
  await order(scene, first);
  const toSubscriptionId = scene.newId('subscription');
  const handing = amending('TRANSFER_OWNER', first, { transfer: { toAccountId: other, toSubscriptionId } });
  const request = await order(scene, handing);
  await scene.house.receive('orders', request);
  expect(await failures()).toEqual([]);

  const fields = 'name status seats version term { endsOn } namespace { path } billingAccount { id } autoRenew { isOn }';
  const moved = await subscriptionOf(scene, toSubscriptionId, fields, buyerOf(other));
  const closed = await subscriptionOf(scene, first.subscriptionId, 'name status seats before: seats(asOf: "2026-06-14T00:00:00Z")');
  expect(moved).toEqual({
    name: closed.name,
    status: 'ACTIVE',
    seats: 10,
    version: 1,
    term: { endsOn: '2027-06-15' },
    namespace: { path: 'acme/web' },
    billingAccount: { id: other },
    autoRenew: { isOn: true },
  });
  expect(closed).toMatchObject({ status: 'TRANSFERRED', seats: 0 });
  // The name leads to where it goes on, and for the old owner no longer anywhere.
  const byName = 'query ($name: ID!) { subscription(name: $name) { id } }';
  expect((await scene.house.run(buyerOf(other), byName, { name: closed.name })).data.subscription).toEqual({ id: toSubscriptionId });
  expect((await scene.house.run(buyerOf(scene.account), byName, { name: closed.name })).data.subscription).toBeNull();
  const events = await told();
  expect(events.slice(1)).toMatchObject([
    { accountId: scene.account, version: 2, status: 'TRANSFERRED' },
    {
      accountId: other,
      subscriptionId: toSubscriptionId,
      name: closed.name,
      version: 1,
      status: 'ACTIVE',
      continues: { accountId: scene.account, subscriptionId: first.subscriptionId },
      charges: [{ quantity: 10, startsOn: '2026-06-15', endsOn: '2027-06-15' }],
    },
  ]);
  expect((await scene.house.announced('NamespaceChanged.v1')).at(-1)!.data).toMatchObject({
    accountId: other,
    namespaceId,
    plan: 'PREMIUM',
  });

  // It can be handed on, and changed where it is.
  const rest = { charges: [], namespaceId, term: first.term };
  const onward = amending('TRANSFER_OWNER', first, {
    ...rest,
    subscriptionId: toSubscriptionId,
    transfer: { toAccountId: scene.account, toSubscriptionId: scene.newId('subscription') },
  });
  await scene.house.receive('orders', {
    type: request.type,
    accountId: other,
    data: { ...request.data, orderId: scene.newId('order'), accountId: other, changes: [onward] },
  });
  expect((await scene.house.run(buyerOf(scene.account), byName, { name: closed.name })).data.subscription).toEqual({
    id: onward.transfer!.toSubscriptionId,
  });
});

test('a subscription that was handed over is closed to everything, and one that is suspended is not handed over', async () => {
  const first = creation(scene);
  await order(scene, first);
  const transfer = () => ({ transfer: { toAccountId: other, toSubscriptionId: scene.newId('subscription') } });
  await order(scene, amending('SUSPEND', first));
  await order(scene, amending('TRANSFER_OWNER', first, transfer()));
  await order(scene, amending('RESUME', first));
  await order(scene, amending('TRANSFER_OWNER', first, transfer()));
  await order(scene, amending('SUSPEND', first));
  await order(scene, amending('TRANSFER_OWNER', first, transfer()));
  await order(scene, amending('CANCEL', first));
  expect(await failures()).toEqual(['SUBSCRIPTION_ENDED', 'SUBSCRIPTION_ENDED', 'SUBSCRIPTION_ENDED', 'SUBSCRIPTION_ENDED']);
});

test('the years of a ramp begin by themselves, each as a version of which neighbours are told, and once', async () => {
  const first = creation(scene, { term: { startsOn: TODAY, endsOn: day('2029-06-15'), months: 36 } });
  const years = [10, 15, 20].map((quantity, year) => ({
    ...first.charges[0]!,
    chargeId: scene.newId('charge'),
    quantity,
    startsOn: day(`${2026 + year}-06-15`),
    endsOn: day(`${2027 + year}-06-15`),
  }));
  await order(scene, { ...first, charges: years });
  const fields = 'seats version ramp { startsOn seats begunAt }';
  expect(await subscriptionOf(scene, first.subscriptionId, fields)).toEqual({
    seats: 10,
    version: 1,
    ramp: [
      { startsOn: '2027-06-15', seats: 15, begunAt: null },
      { startsOn: '2028-06-15', seats: 20, begunAt: null },
    ],
  });
  await dayComes('2027-06-14');
  expect((await subscriptionOf(scene, first.subscriptionId, fields)).version).toBe(1);
  await dayComes('2027-06-15');
  await dayComes('2027-06-16');
  expect(await subscriptionOf(scene, first.subscriptionId, fields)).toMatchObject({ seats: 15, version: 2 });
  await dayComes('2028-06-20');
  expect(await subscriptionOf(scene, first.subscriptionId, fields)).toMatchObject({ seats: 20, version: 3 });
  expect((await told()).map(({ version }) => version)).toEqual([1, 2, 3]);
});
