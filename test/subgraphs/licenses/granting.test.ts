import { grantLicenses } from '../../../subgraphs/licenses/actions/grantLicenses';
import { selfManagedCode } from '../../../subgraphs/licenses/actions/targets/self-managed-code';
import { CODE_SIGNS } from '../../../subgraphs/licenses/domain/activation';
import type { TestHouse, ToldEvent } from '../../support/house';
import {
  accountChanged,
  codeOf,
  deliveryRequested,
  granted,
  licenseRequested,
  newId,
  newPurchase,
  openLicenses,
  versionCreated,
} from './scene';

let house: Awaited<ReturnType<typeof openLicenses>>;
beforeAll(async () => {
  house = await openLicenses();
});
afterAll(() => house.close());

const grantsOf = async (orderId: string) =>
  (await house.announced('LicensesGranted.v1')).filter(event => event.subject === orderId).map(event => event.data);

test('a self-managed subscription gets a code of 24 letters and digits', async () => {
  const purchase = newPurchase();
  expect(await granted(house, purchase)).toMatch(/^[A-Z2-9]{24}$/);
  expect(await grantsOf(purchase.orderId)).toEqual([
    expect.objectContaining({
      attempt: 1,
      grants: [expect.objectContaining({ kind: 'CLOUD_ACTIVATION', activationId: expect.stringMatching(/^act_/) })],
    }),
  ]);
});

test('a SaaS subscription is granted to its namespace, without a code', async () => {
  const purchase = newPurchase();
  expect(await granted(house, purchase, { deployment: 'SAAS' })).toBeUndefined();
  expect(await grantsOf(purchase.orderId)).toEqual([]);
  await house.runJobs();
  const { subscriptionId } = purchase;
  const detail = 'The plan and seats of its namespace.';
  expect(await grantsOf(purchase.orderId)).toEqual([
    expect.objectContaining({ grants: [{ subscriptionId, kind: 'NAMESPACE', activationId: null, detail }] }),
  ]);
});

test('a request that comes before its subscription waits for it and is granted with it', async () => {
  const purchase = newPurchase();
  await house.receive('orders', licenseRequested(purchase));
  expect(await grantsOf(purchase.orderId)).toEqual([]);
  await house.receive('subscriptions', versionCreated(purchase));
  expect(await grantsOf(purchase.orderId)).toHaveLength(1);
});

test('added seats wait for their own version, and keep the code', async () => {
  const purchase = newPurchase();
  const code = await granted(house, purchase);
  const addition = { ...purchase, orderId: newId('order') };
  await house.receive('orders', licenseRequested(addition));
  expect(await grantsOf(addition.orderId)).toEqual([]);
  await house.receive('subscriptions', versionCreated(purchase, { version: 2, seats: [10, 5], orderId: addition.orderId }));
  expect(await grantsOf(addition.orderId)).toHaveLength(1);
  expect(await codeOf(house, purchase)).toBe(code);
});

test('a second try of a step that was done is answered again, under the new attempt', async () => {
  const purchase = newPurchase();
  const code = await granted(house, purchase);
  await house.receive('orders', licenseRequested(purchase, 'SELF_MANAGED', 2));
  expect((await grantsOf(purchase.orderId)).map(data => (data as { attempt: number }).attempt)).toEqual([1, 2]);
  expect(await codeOf(house, purchase)).toBe(code);
});

test('a code that is taken is drawn again', async () => {
  const taken = newPurchase();
  const next = newPurchase();
  await house.receive('subscriptions', versionCreated(taken), versionCreated(next));
  const draws = [1, 1, 2];
  const drawn = (count: number) => new Uint8Array(count).fill(draws.shift() ?? 3);
  for (const purchase of [taken, next]) {
    const { accountId, subscriptionId, orderId } = purchase;
    const grants = [{ actionId: newId('orderAction'), subscriptionId, deployment: 'SELF_MANAGED' }];
    await house.write(work =>
      grantLicenses(work, { orderId, orderNumber: 'O-1', accountId, attempt: 1, grants }, [selfManagedCode(drawn)]),
    );
  }
  expect(await codeOf(house, taken)).toBe(CODE_SIGNS.charAt(1).repeat(24));
  expect(await codeOf(house, next)).toBe(CODE_SIGNS.charAt(2).repeat(24));
});

test('events doubled and in any order across logs end in one code, one answer and one mail', async () => {
  for (const order of permutations([0, 1, 2])) {
    const purchase = newPurchase();
    const tell: readonly (() => Promise<unknown>)[] = [
      () => twice(house, 'customers', accountChanged(purchase)),
      () => twice(house, 'subscriptions', versionCreated(purchase)),
      () => twice(house, 'orders', licenseRequested(purchase), deliveryRequested(purchase)),
    ];
    for (const index of order) await tell[index]?.();
    await house.runJobs();
    expect(await codeOf(house, purchase)).toMatch(/^[A-Z2-9]{24}$/);
    const answers = (await house.announced()).filter(event => event.subject === purchase.orderId).map(event => event.type);
    expect(answers.toSorted()).toEqual(['LicensesDelivered.v1', 'LicensesGranted.v1']);
    expect(house.mails().filter(mail => mail.includes('sold@example.com'))).toHaveLength(
      (await house.announced('LicensesDelivered.v1')).length,
    );
  }
});

test('an older version that comes late changes nothing', async () => {
  const purchase = newPurchase();
  await house.receive(
    'subscriptions',
    versionCreated(purchase, { version: 3, seats: [30] }),
    versionCreated(purchase, { version: 2, seats: [20] }),
  );
  const [copy] = await house.sql`select version, charges from subscription_copies where id::text = ${uuid(purchase.subscriptionId)}`;
  expect(copy).toMatchObject({ version: 3, charges: [{ kind: 'BASE', quantity: 30 }] });
});

test('no event carries a code or a key', async () => {
  const codes = (await house.sql`select code from activations`).map(row => row.code as string);
  const told = JSON.stringify(await house.announced());
  expect(codes.length).toBeGreaterThan(5);
  expect(codes.filter(code => told.includes(code))).toEqual([]);
});

const uuid = (id: string) => id.slice(4).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');

async function twice(told: TestHouse, source: string, ...events: readonly ToldEvent[]): Promise<void> {
  const delivered = await told.receive(source, ...events);
  await told.receive(source, ...delivered);
}

const permutations = (items: readonly number[]): readonly (readonly number[])[] =>
  items.length === 0 ? [[]] : items.flatMap(item => permutations(items.filter(other => other !== item)).map(rest => [item, ...rest]));
