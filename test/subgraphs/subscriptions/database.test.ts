/** What the database itself keeps: nothing that was agreed is edited, and no two versions share a number. */
import { uuidOf } from '#kernel/ids';
import { buyerOf } from '../../support/viewers';
import { addition, creation, namespaceOf, openScene, order, request, type Scene, subscriptionOf } from './scene';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene('database');
});
afterAll(() => scene.house.close());

test.each(['subscription_versions', 'charges', 'terms'])('rows of %s are never changed and never deleted', async table => {
  await order(scene, creation(scene));
  const { sql, database } = scene.house;
  for (const statement of [`update ${table} set account_id = account_id`, `delete from ${table}`]) {
    await expect(sql.unsafe(statement)).rejects.toThrow(/append-only/);
    await expect(database.orm.execute(statement)).rejects.toMatchObject({ cause: { message: expect.stringMatching(/append-only/) } });
  }
});

test('twenty orders for one subscription at the same moment make twenty versions, each with its own number', async () => {
  const created = creation(scene);
  await order(scene, created);
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => scene.house.receive('orders', request(scene, [addition(scene, created, index + 1)]))),
  );

  const numbers = await scene.house
    .sql`select number from subscription_versions where subscription_id = ${uuidOf(created.subscriptionId)} order by number`;
  expect(numbers.map(row => row['number'])).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
  expect(await subscriptionOf(scene, created.subscriptionId, 'version seats')).toEqual({ version: 21, seats: 220 }); // 10 + (1 + … + 20)
}, 120_000);

test('seats, a wish and the same order again at one moment are each written once', async () => {
  const created = creation(scene);
  await order(scene, created);
  const { name } = await subscriptionOf(scene, created.subscriptionId, 'name');
  const more = request(scene, [addition(scene, created, 5)]);
  const wish = (key: string) =>
    scene.house.run(
      buyerOf(scene.account),
      'mutation ($input: SetAutoRenewInput!) { setAutoRenew(input: $input) { userErrors { code } } }',
      {
        input: { idempotencyKey: key, subscriptionName: name, isOn: false },
      },
    );
  await Promise.all([scene.house.receive('orders', more), wish('first'), scene.house.receive('orders', more), wish('second')]);

  expect(await subscriptionOf(scene, created.subscriptionId, 'version seats autoRenew { isOn }')).toEqual({
    version: 3,
    seats: 15,
    autoRenew: { isOn: false },
  });
});

test('two orders for one namespace at the same moment: one stands on it, the other is stopped', async () => {
  const namespaceId = await namespaceOf(scene, 'raced');
  const orders = [1, 2, 3, 4].map(() => request(scene, [creation(scene, { namespaceId })]));
  await Promise.all(orders.map(told => scene.house.receive('orders', told)));

  const rows = await scene.house.sql`select 1 from subscriptions where namespace_id = ${uuidOf(namespaceId)}`;
  expect(rows).toHaveLength(1);
  const failed = (await scene.house.announced('StepFailed.v1')).map(event => event.data as { code: string });
  expect(failed.map(failure => failure.code)).toEqual(['NAMESPACE_TAKEN', 'NAMESPACE_TAKEN', 'NAMESPACE_TAKEN']);
});

test('an orders house that is heard twice at one moment creates a subscription once', async () => {
  const created = creation(scene);
  const twice = request(scene, [created]);
  await Promise.all([scene.house.receive('orders', twice), scene.house.receive('orders', twice)]);
  expect(await subscriptionOf(scene, created.subscriptionId, 'version seats')).toEqual({ version: 1, seats: 10 });
});
