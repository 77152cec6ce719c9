/** What a company is worth in a year, as those who serve it read it. */
import { day } from '#kernel/time';
import { buyerOf, sales } from '../../support/viewers';
import { accountChanged, creation, openScene, order, type Scene } from './scene';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene('recurring');
});
afterAll(() => scene.house.close());

const organizationId = 'org_01890000000070008000000000000009';
const company = async (viewer = sales) => {
  const { data, errors } = await scene.house.run(
    viewer,
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Organization { arr { amount currency } arrByCurrency { amount currency } } } }`,
    { of: [{ __typename: 'Organization', id: organizationId }] },
  );
  return { ...data?._entities[0], errors };
};
const usd = (amount: string) => ({ amount, currency: 'USD' });
const charge = (change: object) => ({ ...creation(scene).charges[0]!, chargeId: scene.newId('charge'), ...change });

test('the recurring charges in force today count for a year, over all accounts, and nothing else does', async () => {
  expect(await company()).toMatchObject({ arr: null, arrByCurrency: [] });
  const other = { ...scene, account: scene.newId('account') };
  for (const { account } of [scene, other]) await scene.house.receive('customers', accountChanged(account, { organizationId } as object));

  const sold = creation(scene); // 10 × $348
  await order(scene, sold);
  await order(scene, creation(scene, { effectiveOn: day('2026-07-01') })); // not begun
  await order(scene, {
    ...creation(scene, { seats: 2 }), // 2 × $348, and packs that are paid once
    charges: [charge({ quantity: 2 }), charge({ kind: 'COMPUTE', model: 'ONE_TIME', quantity: 5, unitPrice: usd('10.00') })],
  });
  await order(other, creation(other, { seats: 1 })); // 1 × $348
  expect(await company()).toMatchObject({ arr: usd('4524.00'), arrByCurrency: [usd('4524.00')] }); // (10 + 2 + 1) × $348

  await order(scene, {
    ...sold,
    actionId: scene.newId('orderAction'),
    kind: 'CANCEL',
    charges: [],
    ends: { on: day('2026-06-15'), skus: null },
  });
  expect((await company()).arr).toEqual(usd('1044.00')); // 3 × $348
});

test('several currencies are never added up', async () => {
  await order(scene, { ...creation(scene), charges: [charge({ unitPrice: { amount: '300.00', currency: 'EUR' }, quantity: 2 })] });
  expect(await company()).toMatchObject({ arr: null, arrByCurrency: [{ amount: '600.00', currency: 'EUR' }, usd('1044.00')] });
});

test('what a company is worth is not for its buyers', async () => {
  const { arr, errors } = await company(buyerOf(scene.account) as typeof sales);
  expect(arr).toBeUndefined();
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
