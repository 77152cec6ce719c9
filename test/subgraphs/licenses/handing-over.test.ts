/** A subscription goes on in another account: its code, its licence and its instances go with it. */
import { buyerOf } from '../../support/viewers';
import {
  accountChanged,
  activate,
  codeOf,
  granted,
  newPurchase,
  openLicenses,
  report,
  representing,
  SUBSCRIPTION,
  versionCreated,
} from './scene';

let house: Awaited<ReturnType<typeof openLicenses>>;
beforeAll(async () => {
  house = await openLicenses();
});
afterAll(() => house.close());

/** Tells of a subscription that went from one purchase's account to another's, as subscriptions does. */
async function handOver(from: ReturnType<typeof newPurchase>, to: ReturnType<typeof newPurchase>) {
  await house.receive('customers', accountChanged(to));
  const opened = versionCreated(to);
  const data = { ...(opened.data as object), orderId: null, continues: { accountId: from.accountId, subscriptionId: from.subscriptionId } };
  const events = await house.receive('subscriptions', versionCreated(from, { version: 2, status: 'TRANSFERRED', seats: [] }), {
    ...opened,
    data,
  });
  await house.receive('subscriptions', ...events);
}

const seen = async (purchase: ReturnType<typeof newPurchase>) =>
  (await house.run(buyerOf(purchase.accountId), SUBSCRIPTION, representing(purchase.subscriptionId))).data._entities[0];

test('the new owner has the same code, the same licence and the same instances', async () => {
  const from = newPurchase();
  const code = await granted(house, from);
  const { license } = await activate(house, code, 'machine-1');
  const to = newPurchase();
  await handOver(from, to);
  expect(await codeOf(house, to)).toBe(code);
  const now = await seen(to);
  expect(now.activation).toMatchObject({ code, instancesActivated: 1 });
  expect(now.licenses).toMatchObject([{ key: license.key, seats: 10, status: 'CURRENT' }]);
});

test('an instance that reports with the licence it has at hand is counted for the new owner, also after another transfer', async () => {
  const [from, to, last] = [newPurchase(), newPurchase(), newPurchase()];
  const code = await granted(house, from);
  const { license } = await activate(house, code, 'machine-2');
  await handOver(from, to);
  expect((await report(house, license.id, {}, 'machine-2')).code).toBeNull();
  await handOver(to, last);
  expect((await report(house, license.id, { on: '2026-06-14' }, 'machine-2')).code).toBeNull();
  const told = (await house.announced('SeatUsageReported.v1')).map(({ accountId }) => accountId);
  expect(told).toEqual([to.accountId, last.accountId]);
});

test('the code activates for the new owner, and the old one has nothing to activate any more', async () => {
  const [from, to] = [newPurchase(), newPurchase()];
  const code = await granted(house, from);
  await handOver(from, to);
  expect((await activate(house, code, 'machine-3')).code).toBeNull();
  expect((await seen(to)).activation.instancesActivated).toBe(1);
  expect((await seen(from)).activation.instancesActivated).toBe(0);
});
