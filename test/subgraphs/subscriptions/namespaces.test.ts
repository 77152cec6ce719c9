/** Namespaces: registered by their owner, measured by the product, with a plan that is computed and never overwritten. */
import { day } from '#kernel/time';
import { buyerOf, finance, service, support } from '../../support/viewers';
import { accountChanged, creation, NOON, namespaceOf, openScene, order, type Scene } from './scene';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene('namespaces');
});
afterAll(() => scene.house.close());
afterEach(() => scene.house.setClock(NOON));

const product = service('hosted-product');
let keys = 0;

const register = async (input: object, viewer = buyerOf(scene.account)) => {
  const { data, errors } = await scene.house.run(
    viewer,
    'mutation ($input: RegisterNamespaceInput!) { registerNamespace(input: $input) { namespace { id path plan billingAccount { id } } userErrors { code path } } }',
    { input: { idempotencyKey: `register ${++keys}`, billingAccountId: scene.account, ...input } },
  );
  return errors ? errors[0]?.extensions.code : data.registerNamespace;
};

const report = async (input: object, viewer = product) => {
  const { data, errors } = await scene.house.run(
    viewer,
    `mutation ($input: ReportNamespaceUsageInput!) { reportNamespaceUsage(input: $input) {
      namespace { seatsInUse seatsOwed usageMeasuredAt } userErrors { code path } } }`,
    { input: { idempotencyKey: `report ${++keys}`, ...input } },
  );
  return errors ? errors[0]?.extensions.code : data.reportNamespaceUsage;
};

const read = async (id: string, fields: string) => {
  const { data } = await scene.house.run(buyerOf(scene.account), `query ($id: ID!) { namespace(id: $id) { ${fields} } }`, { id });
  return data.namespace;
};

test('a registered group is announced, is free, and keeps its id when it is registered again', async () => {
  const first = await register({ path: 'Acme' });
  expect(first).toEqual({
    namespace: { id: expect.stringMatching(/^nsp_/), path: 'acme', plan: 'FREE', billingAccount: { id: scene.account } },
    userErrors: [],
  });
  expect(await register({ path: 'ACME' })).toEqual(first);
  const announced = (await scene.house.announced('NamespaceChanged.v1')).map(event => event.data);
  expect(announced).toEqual([{ namespaceId: first.namespace.id, accountId: scene.account, path: 'acme', plan: 'FREE' }]);
});

test('a dry run answers the namespace and saves nothing', async () => {
  const { namespace } = await register({ path: 'rehearsed', dryRun: true });
  expect(namespace.path).toBe('rehearsed');
  expect(await read(namespace.id, 'id')).toBeNull();
  expect((await register({ path: 'rehearsed' })).userErrors).toEqual([]);
});

test('a path belongs to one account', async () => {
  await register({ path: 'contested' });
  const other = scene.newId('account');
  expect(await register({ path: 'Contested', billingAccountId: other }, buyerOf(other))).toMatchObject({
    namespace: null,
    userErrors: [{ code: 'NAMESPACE_PATH_TAKEN', path: ['path'] }],
  });
});

test.each([
  ['NAMESPACE_PATH_INVALID', { path: 'not a path' }],
  ['BILLING_ACCOUNT_NOT_FOUND', { path: 'fine', billingAccountId: 'acc_none' }],
  ['BILLING_ACCOUNT_NOT_FOUND', { path: 'fine', billingAccountId: `acc_${'0'.repeat(32)}` }],
])('registering is refused with %s for %j', async (code, input) => {
  expect(await register(input)).toMatchObject({ namespace: null, userErrors: [{ code }] });
});

test('support registers for accounts that exist, finance for none', async () => {
  const known = scene.newId('account');
  expect(await register({ path: 'for-a-customer', billingAccountId: known }, support)).toMatchObject({
    userErrors: [{ code: 'BILLING_ACCOUNT_NOT_FOUND' }],
  });
  await scene.house.receive('customers', accountChanged(known));
  expect(await register({ path: 'for-a-customer', billingAccountId: known }, support)).toMatchObject({ userErrors: [] });
  expect(await register({ path: 'for-a-customer', billingAccountId: known }, finance)).toBe('FORBIDDEN');
});

test('the plan follows the subscription in force, and falls to free fourteen days after its end', async () => {
  const namespaceId = await namespaceOf(scene, 'planned');
  const { data } = await order(scene, creation(scene, { namespaceId }));
  const announced = (await scene.house.announced('NamespaceChanged.v1')).at(-1)?.data;
  expect(announced).toEqual({ namespaceId, accountId: scene.account, path: 'planned', plan: 'PREMIUM' });
  const plans = await read(
    namespaceId,
    `before: plan(asOf: "2026-06-14T23:59:59Z") now: plan subscription { versions { nodes { order { id } } } }
     last: plan(asOf: "2027-06-28T23:59:59Z") over: plan(asOf: "2027-06-29T00:00:00Z")`,
  );
  expect(plans).toEqual({
    before: 'FREE',
    now: 'PREMIUM',
    subscription: { versions: { nodes: [{ order: { id: data.orderId } }] } },
    last: 'PREMIUM', // the term ends on 15 June, and 14 days of grace are 15 to 28 June
    over: 'FREE',
  });
});

test('seats owed are users beyond the seats in force', async () => {
  const namespaceId = await namespaceOf(scene, 'measured');
  expect(await read(namespaceId, 'seatsInUse seatsOwed usageMeasuredAt')).toEqual({ seatsInUse: 0, seatsOwed: 0, usageMeasuredAt: null });
  await order(scene, creation(scene, { namespaceId, seats: 10 }));
  expect(await report({ namespaceId, seatsInUse: 13 })).toEqual({
    namespace: { seatsInUse: 13, seatsOwed: 3, usageMeasuredAt: '2026-06-15T12:00:00.000Z' },
    userErrors: [],
  });
  scene.house.setClock(new Date('2026-06-16T12:00:00Z'));
  expect(await report({ namespaceId, seatsInUse: 10 })).toMatchObject({ namespace: { seatsInUse: 10, seatsOwed: 0 } });
});

test('measurements that arrive shuffled and doubled come to the last one', async () => {
  const namespaceId = await namespaceOf(scene, 'shuffled');
  const at = (hour: number, seatsInUse: number) => ({ namespaceId, seatsInUse, measuredAt: `2026-06-15T0${hour}:00:00Z` });
  for (const measured of [at(2, 20), at(1, 10), at(3, 29), at(2, 20), at(3, 30), at(1, 10), at(3, 29)]) await report(measured);
  expect(await read(namespaceId, 'seatsInUse usageMeasuredAt')).toEqual({ seatsInUse: 30, usageMeasuredAt: '2026-06-15T03:00:00.000Z' });
});

test('a measurement that is only tried out is shown and not kept', async () => {
  const namespaceId = await namespaceOf(scene, 'tried-out');
  expect(await report({ namespaceId, seatsInUse: 7, dryRun: true })).toMatchObject({ namespace: { seatsInUse: 7, seatsOwed: 7 } });
  expect(await read(namespaceId, 'seatsInUse')).toEqual({ seatsInUse: 0 });
});

test('what cannot be a measurement is refused, and only our own processes may report', async () => {
  const namespaceId = await namespaceOf(scene, 'refused');
  const codes = [];
  for (const input of [
    { namespaceId: 'nsp_none', seatsInUse: 1 },
    { namespaceId: scene.newId('namespace'), seatsInUse: 1 },
    { namespaceId, seatsInUse: -1 },
    { namespaceId, seatsInUse: 1, measuredAt: '2026-06-15T12:05:01Z' },
  ]) {
    codes.push((await report(input)).userErrors[0]?.code);
  }
  expect(codes).toEqual(['NAMESPACE_NOT_FOUND', 'NAMESPACE_NOT_FOUND', 'SEATS_IN_USE_INVALID', 'MEASURED_IN_FUTURE']);
  expect(await report({ namespaceId, seatsInUse: 1 }, buyerOf(scene.account))).toBe('FORBIDDEN');
  expect(await report({ namespaceId, seatsInUse: 1 }, support)).toBe('FORBIDDEN');
});

test('compute minutes stand on a namespace beside its base subscription, and give no plan', async () => {
  const namespaceId = await namespaceOf(scene, 'minutes');
  const compute = creation(scene, { namespaceId, effectiveOn: day('2026-06-01') });
  const minutes = {
    ...compute,
    charges: compute.charges.map(charge => ({ ...charge, kind: 'COMPUTE' as const, model: 'ONE_TIME' as const })),
  };
  await order(scene, minutes);
  expect(await read(namespaceId, 'plan subscription { id }')).toEqual({ plan: 'FREE', subscription: null });
  const base = creation(scene, { namespaceId });
  await order(scene, base);
  expect(await read(namespaceId, 'plan subscription { id }')).toEqual({ plan: 'PREMIUM', subscription: { id: base.subscriptionId } });
});
