/** Who sees what: another account's things are as if they did not exist, whatever path leads there. */
import type { Viewer } from '../../../kernel/auth/viewer';
import { analyst, anonymous, buyerOf, finance, instance, operator, partner, sales, service, support } from '../../support/viewers';
import { creation, namespaceOf, openScene, order, type Scene, subscriptionOf } from './scene';

let scene: Scene;
let name: string;
let ids: { readonly account: string; readonly subscription: string; readonly namespace: string };
beforeAll(async () => {
  scene = await openScene('isolation');
  const namespaceId = await namespaceOf(scene, 'canary');
  const created = creation(scene, { namespaceId });
  await order(scene, created);
  name = (await subscriptionOf(scene, created.subscriptionId, 'name')).name;
  ids = { account: scene.account, subscription: created.subscriptionId, namespace: namespaceId };
});
afterAll(() => scene.house.close());

const references = () => [
  { __typename: 'BillingAccount', id: ids.account },
  { __typename: 'Subscription', id: ids.subscription },
  { __typename: 'Subscription', name },
  { __typename: 'Namespace', id: ids.namespace },
];
const byReference = (viewer: Viewer) =>
  scene.house.run(viewer, 'query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }', { of: references() });
const byRoot = (viewer: Viewer) =>
  scene.house.run(viewer, 'query ($name: ID!, $id: ID!) { subscription(name: $name) { seats } namespace(id: $id) { path } }', {
    name,
    id: ids.namespace,
  });

test.each([
  ['its buyer', () => buyerOf(scene.account)],
  ['support', () => support],
  ['sales', () => sales],
  ['finance', () => finance],
  ['an operator', () => operator],
])('%s sees it by root field and by reference', async (_, viewer) => {
  expect((await byRoot(viewer())).data).toEqual({ subscription: { seats: 10 }, namespace: { path: 'canary' } });
  expect((await byReference(viewer())).data._entities).toEqual(references().map(({ __typename }) => ({ __typename })));
});

test("another account's buyer is told nothing, not even that there is something", async () => {
  const other = buyerOf(scene.newId('account'));
  expect(await byRoot(other)).toEqual({ data: { subscription: null, namespace: null } });
  expect(await byReference(other)).toEqual({ data: { _entities: [null, null, null, null] } });
});

test.each([
  ['an analyst', analyst],
  ['an instance', instance('instance-1')],
  ['a service', service('hosted-product')],
  ['a partner', partner('par_00000000000000000000000000000000' as never, 'customer:read')],
  ['nobody', anonymous],
])('%s sees nothing by any path', async (_, viewer) => {
  const { data, errors } = await byRoot(viewer);
  expect(data).toEqual({ subscription: null, namespace: null });
  expect(new Set(errors?.map(error => error.extensions.code))).toEqual(new Set([viewer === anonymous ? 'UNAUTHENTICATED' : 'FORBIDDEN']));
  expect((await byReference(viewer)).data._entities).toEqual([null, null, null, null]);
});

test('an order cannot touch what belongs to another account', async () => {
  const stranger = { ...scene, account: scene.newId('account') };
  const theirs = creation(stranger);
  await order(stranger, theirs);
  const reach = { ...creation(scene), kind: 'ADD_SEATS' as const, subscriptionId: theirs.subscriptionId };
  const onTheirs = creation(stranger, { namespaceId: ids.namespace as never });
  const orders = [await order(scene, reach), await order(stranger, onTheirs)].map(told => told.data.orderId);

  const failed = (await scene.house.announced('StepFailed.v1')).map(event => event.data as { orderId: string; code: string });
  expect(orders.map(id => failed.find(failure => failure.orderId === id)?.code)).toEqual(['SUBSCRIPTION_NOT_FOUND', 'NAMESPACE_NOT_FOUND']);
  expect(await subscriptionOf(stranger, theirs.subscriptionId, 'version seats')).toEqual({ version: 1, seats: 10 });
});
