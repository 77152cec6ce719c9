/** Fulfilment targets: one contract for whatever is bought, tried until it is there, looked at again, each revision once. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NamespaceId } from '../../../kernel/ids';
import { addMs } from '../../../kernel/time';
import type { FulfilmentTarget, TargetPort } from '../../../subgraphs/licenses/actions/targets/target';
import { Declined, type FoundOutside } from '../../../subgraphs/licenses/domain/placement';
import { TARGETS } from '../../../subgraphs/licenses/events/targets';
import { type DevelopmentProduct, openDevelopmentProduct } from '../../../subgraphs/licenses/ports/development-product';
import { licensesWith } from '../../../subgraphs/licenses/server';
import { accountChanged, granted, licenseRequested, newId, newPurchase, openLicenses, type Purchase, versionCreated } from './scene';

const NOON = new Date('2026-06-15T12:00:00.000Z');
const minutesLater = (minutes: number) => addMs(NOON, minutes * 60_000);

/** A product that the test plugs in by itself: a box at the edge of a network, known to no house. */
const boxes = new Map<string, FoundOutside>();
const declinedKeys = new Set<string>();
const edgeBox: FulfilmentTarget = {
  kind: 'EDGE_BOX',
  serves: (_, { deployment }) => deployment === 'EDGE',
  grant: async (_, { id }) => ({ detail: 'A box at the edge.', awaits: [id] }),
  touchedBy: async (_, { deployment, id }) => (deployment === 'EDGE' ? [id] : []),
  wanted: async (_, { key }) => ({ key }),
};
const boxesAt: TargetPort = {
  place: async ({ key, revision, content }) => {
    if (declinedKeys.has(key)) throw new Declined('There is no room for a box.');
    boxes.set(key, { revision, content });
  },
  look: async keys => new Map(keys.flatMap(key => (boxes.has(key) ? [[key, boxes.get(key)!] as const] : []))),
};

let product: DevelopmentProduct;
let house: Awaited<ReturnType<typeof openLicenses>>;
beforeAll(async () => {
  product = await openDevelopmentProduct(mkdtempSync(join(tmpdir(), 'hosted-')));
  const definition = licensesWith([...TARGETS, { target: edgeBox, reach: () => boxesAt }]);
  const variables = { HOSTED_PRODUCT_URL: product.url, HOSTED_PRODUCT_DEADLINE_MS: '150' };
  house = await openLicenses(NOON, { definition, variables });
});
beforeEach(async () => {
  product.behave('up');
  await house.setClock(NOON);
});
afterAll(async () => {
  await house.close();
  await product.close();
});

const told = async (purchase: Purchase, type: string) =>
  (await house.announced(type)).filter(({ subject }) => subject === purchase.orderId).map(({ data }) => data as Record<string, unknown>);
const grantsOf = (purchase: Purchase) => told(purchase, 'LicensesGranted.v1');
const failuresOf = (purchase: Purchase) => told(purchase, 'StepFailed.v1');
const heldBy = (namespaceId: NamespaceId) => product.held('namespaces', namespaceId);

async function bought(namespaceId: NamespaceId, seats: number): Promise<Purchase> {
  const purchase = newPurchase();
  await granted(house, purchase, { deployment: 'SAAS', tier: 'PREMIUM', seats: [seats], namespaceId });
  return purchase;
}

test('a target that only this test knows fulfils an order, and no other house hears more than its name and its words', async () => {
  const purchase = newPurchase();
  await granted(house, purchase, { deployment: 'EDGE' });
  expect(await grantsOf(purchase)).toEqual([]);
  await house.runJobs();
  expect(boxes.get(purchase.subscriptionId)).toEqual({ revision: 1, content: { key: purchase.subscriptionId } });
  const { subscriptionId } = purchase;
  expect(await grantsOf(purchase)).toEqual([
    expect.objectContaining({ grants: [{ subscriptionId, kind: 'EDGE_BOX', activationId: null, detail: 'A box at the edge.' }] }),
  ]);
});

test('what a target declines for good waits for a person, and is tried again when the order is', async () => {
  const purchase = newPurchase();
  declinedKeys.add(purchase.subscriptionId);
  await granted(house, purchase, { deployment: 'EDGE' });
  await house.runJobs();
  expect(await failuresOf(purchase)).toEqual([
    expect.objectContaining({ step: 'LICENSE', code: 'TARGET_DECLINED', message: 'There is no room for a box.', isRetryable: false }),
  ]);
  declinedKeys.clear();
  await house.receive('orders', licenseRequested(purchase, 'EDGE', 2));
  await house.runJobs();
  expect(await grantsOf(purchase)).toEqual([expect.objectContaining({ attempt: 2 })]);
});

test('a namespace has the plan and seats that were bought, and an order is granted when it does', async () => {
  const namespaceId = newId('namespace');
  const purchase = await bought(namespaceId, 25);
  await house.runJobs();
  expect(heldBy(namespaceId)).toEqual({
    revision: 1,
    content: { plan: 'PREMIUM', seats: 25, addOns: [], storageGb: 0 },
    carriedOut: [1],
  });
  expect(await grantsOf(purchase)).toHaveLength(1);
  await house.receive(
    'subscriptions',
    versionCreated(purchase, { version: 2, deployment: 'SAAS', tier: 'PREMIUM', seats: [25, 5], namespaceId }),
  );
  await house.runJobs();
  expect(heldBy(namespaceId)).toMatchObject({ content: { seats: 30 }, carriedOut: [1, 2] }); // 25 + 5
  await house.receive('subscriptions', versionCreated(purchase, { version: 3, deployment: 'SAAS', status: 'CANCELLED', namespaceId }));
  await house.runJobs();
  expect(heldBy(namespaceId)).toMatchObject({ content: { plan: 'FREE', seats: 0 }, carriedOut: [1, 2, 3] });
});

test('a namespace that a subscription left falls to the free plan, and the one that it went to has it', async () => {
  const [from, to] = [newId('namespace'), newId('namespace')];
  const purchase = await bought(from, 7);
  await house.runJobs();
  await house.receive(
    'subscriptions',
    versionCreated(purchase, { version: 2, deployment: 'SAAS', tier: 'PREMIUM', seats: [7], namespaceId: to }),
  );
  await house.runJobs();
  expect([heldBy(from)?.content.plan, heldBy(to)?.content]).toEqual(['FREE', expect.objectContaining({ plan: 'PREMIUM', seats: 7 })]);
});

test('the product fails, hangs and forgets for ten minutes: every namespace has the right plan and seats, each revision once', async () => {
  const before = newId('namespace');
  await bought(before, 3);
  await house.runJobs();

  const purchases: { readonly namespaceId: NamespaceId; readonly seats: number; readonly purchase: Purchase }[] = [];
  const minutes = ['fails', 'hangs', 'forgets', 'fails', 'hangs', 'forgets', 'fails', 'forgets', 'hangs', 'fails'] as const;
  for (const [minute, mood] of minutes.entries()) {
    await house.setClock(minutesLater(minute));
    product.behave(mood);
    const [namespaceId, seats] = [newId('namespace'), 10 + minute];
    purchases.push({ namespaceId, seats, purchase: await bought(namespaceId, seats) });
    await house.runJobs();
  }
  await product.forget('namespaces', before);
  expect(purchases.filter(({ namespaceId }) => heldBy(namespaceId)?.content.plan === 'PREMIUM').length).toBeLessThan(minutes.length);

  product.behave('up');
  // Within ten minutes more everything was tried again, and what was there before was looked at.
  for (const minute of [11, 13, 16, 21]) {
    await house.setClock(minutesLater(minute));
    await house.runJobs();
    await house.write(work => work.enqueue('lookAtPlacements', {}));
    await house.runJobs();
  }
  for (const { namespaceId, seats, purchase } of purchases) {
    const held = heldBy(namespaceId);
    expect(held?.content).toEqual({ plan: 'PREMIUM', seats, addOns: [], storageGb: 0 });
    expect(held?.carriedOut).toEqual([1]);
    expect(await grantsOf(purchase)).toHaveLength(1);
    const failures = await failuresOf(purchase);
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.every(({ code, isRetryable }) => code === 'TARGET_UNAVAILABLE' && isRetryable === true)).toBe(true);
  }
  expect(heldBy(before)).toMatchObject({ revision: 2, content: { plan: 'PREMIUM', seats: 3 }, carriedOut: [2] });
  const reasons = new Set((await Promise.all(purchases.map(({ purchase }) => failuresOf(purchase)))).flat().map(({ message }) => message));
  expect([...reasons].toSorted()).toEqual([
    'It was answered, and not kept.',
    'The hosted product answered 503.',
    'The hosted product did not answer within 0.15 s.',
  ]);
});

test('a plan that ends by the calendar leaves the namespace after its 14 days of grace, without any order', async () => {
  const namespaceId = newId('namespace');
  const purchase = newPurchase();
  await granted(house, purchase, {
    deployment: 'SAAS',
    tier: 'PREMIUM',
    seats: [4],
    startsOn: '2025-07-01',
    endsOn: '2026-07-01',
    namespaceId,
  });
  await house.runJobs();
  const lookOn = async (day: string) => {
    await house.setClock(new Date(`${day}T09:00:00Z`));
    await house.write(work => work.enqueue('lookAtPlacements', {}));
    await house.runJobs();
    return heldBy(namespaceId)?.content.plan;
  };
  expect(await lookOn('2026-07-14')).toBe('PREMIUM'); // 1 July + 13 days
  expect(await lookOn('2026-07-15')).toBe('FREE'); // 1 July + 14 days
});

test('a trial gives the namespace its tier, and leaves it on its last day or with what it became', async () => {
  const namespaceId = newId('namespace');
  const purchase = newPurchase();
  const trialId = newId('trial');
  const about = { trialId, accountId: purchase.accountId, namespaceId, kind: 'ULTIMATE' };
  const days = { days: 30, seats: 100, startsOn: '2026-06-15', endsOn: '2026-07-15' };
  await house.receive('customers', accountChanged(purchase));
  await house.receive('subscriptions', { type: 'TrialStarted.v1', accountId: purchase.accountId, data: { ...about, ...days } });
  await house.runJobs();
  expect(heldBy(namespaceId)?.content).toMatchObject({ plan: 'ULTIMATE', seats: 100 });
  const told = versionCreated(purchase, {
    deployment: 'SAAS',
    tier: 'PREMIUM',
    seats: [5],
    startsOn: '2026-06-15',
    endsOn: '2027-06-15',
    namespaceId,
  });
  const data = { ...about, subscriptionId: purchase.subscriptionId, convertedOn: '2026-06-15' };
  await house.receive('subscriptions', told, { type: 'TrialConverted.v1', accountId: purchase.accountId, data });
  await house.runJobs();
  expect(heldBy(namespaceId)?.content).toMatchObject({ plan: 'PREMIUM', seats: 5 });
});
