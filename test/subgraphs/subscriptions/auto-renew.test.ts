/** The customer's wish about renewal, what stands against it, and what will be charged. */
import { day } from '#kernel/time';
import { buyerOf, support } from '../../support/viewers';
import { accountChanged, addition, creation, NOON, openScene, order, type Scene, subscriptionOf } from './scene';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene('auto-renew');
});
afterAll(() => scene.house.close());
afterEach(() => scene.house.setClock(NOON));

const SET = `mutation ($input: SetAutoRenewInput!) { setAutoRenew(input: $input) {
  subscription { name version autoRenew { isOn isEligible reasons } nextCharge { on } } userErrors { code path retryable } correlationId } }`;
let keys = 0;
const set = async (input: object, viewer = buyerOf(scene.account)) => {
  const { data, errors } = await scene.house.run(viewer, SET, { input: { idempotencyKey: `key ${++keys}`, ...input } });
  return errors ? errors[0]?.extensions.code : data.setAutoRenew;
};
const bought = async (change: Parameters<typeof creation>[1] = {}) => {
  const created = creation(scene, change);
  await order(scene, created);
  const { name } = await subscriptionOf(scene, created.subscriptionId, 'name');
  return { ...created, name: name as string };
};
const RENEWAL = 'autoRenew { isOn isEligible reasons } nextCharge { on amount { amount currency } }';

test('the next charge is the renewal on the day the term ends, at the annual price of all seats in force then', async () => {
  const created = await bought();
  await order(scene, addition(scene, created, 5, day('2026-12-01')));
  expect(await subscriptionOf(scene, created.subscriptionId, RENEWAL)).toEqual({
    autoRenew: { isOn: true, isEligible: true, reasons: [] },
    nextCharge: { on: '2027-06-14', amount: { amount: '5220.00', currency: 'USD' } }, // (10 + 5) × $348
  });
});

test('a wish is kept as a new version and announced with the whole agreement; the same wish again is not', async () => {
  const { name, subscriptionId, charges } = await bought();
  const off = {
    subscription: { name, version: 2, autoRenew: { isOn: false, isEligible: true, reasons: [] }, nextCharge: null },
    userErrors: [],
  };
  expect(await set({ subscriptionName: name, isOn: false })).toMatchObject(off);
  expect(await set({ subscriptionName: name, isOn: false })).toMatchObject(off);

  const announced = (await scene.house.announced('SubscriptionVersionCreated.v1')).filter(event => event.subject === subscriptionId);
  expect(announced.map(event => event.data)).toEqual([
    expect.objectContaining({ version: 1, isAutoRenew: true }),
    expect.objectContaining({ version: 2, isAutoRenew: false, orderId: null, actionId: null, status: 'ACTIVE', charges }),
  ]);
  const { versions } = await subscriptionOf(
    scene,
    subscriptionId,
    'versions { nodes { number kind effectiveOn order { id } changes { field before after } } }',
  );
  expect(versions.nodes[1]).toEqual({
    number: 2,
    kind: 'SET_AUTO_RENEW',
    effectiveOn: '2026-06-15',
    order: null,
    changes: [{ field: 'AUTO_RENEW', before: 'ON', after: 'OFF' }],
  });
});

test('seats added afterwards keep the wish', async () => {
  const created = await bought();
  await set({ subscriptionName: created.name, isOn: false });
  await order(scene, addition(scene, created, 5));
  expect(await subscriptionOf(scene, created.subscriptionId, 'version autoRenew { isOn }')).toEqual({
    version: 3,
    autoRenew: { isOn: false },
  });
});

test('a wish about seats that are still to come changes no seats', async () => {
  const created = await bought();
  await order(scene, addition(scene, created, 5, day('2026-09-01')));
  await set({ subscriptionName: created.name, isOn: false });
  const read = await subscriptionOf(
    scene,
    created.subscriptionId,
    'seats later: seats(asOf: "2026-09-01T00:00:00Z") autoRenew { isOn } versions { nodes { changes { field } } }',
  );
  expect(read).toMatchObject({ seats: 10, later: 15, autoRenew: { isOn: false } });
  expect(read.versions.nodes[2].changes).toEqual([{ field: 'AUTO_RENEW' }]);
});

test('the wish can be told before the first day', async () => {
  const created = await bought({ effectiveOn: day('2026-08-01') });
  await set({ subscriptionName: created.name, isOn: false });
  const fields = 'status autoRenew { isOn } versions { nodes { effectiveOn } }';
  expect(await subscriptionOf(scene, created.subscriptionId, fields)).toEqual({
    status: 'PENDING',
    autoRenew: { isOn: false },
    versions: { nodes: [{ effectiveOn: '2026-08-01' }, { effectiveOn: '2026-08-01' }] },
  });
});

test('a dry run shows what would be, and saves nothing', async () => {
  const { name, subscriptionId } = await bought();
  expect(await set({ subscriptionName: name, isOn: false, dryRun: true })).toMatchObject({
    subscription: { version: 2, autoRenew: { isOn: false }, nextCharge: null },
    userErrors: [],
  });
  expect(await subscriptionOf(scene, subscriptionId, 'version autoRenew { isOn }')).toEqual({ version: 1, autoRenew: { isOn: true } });
});

test('the same key again answers the same, and with another wish is refused', async () => {
  const { name } = await bought();
  const input = { subscriptionName: name, isOn: false, idempotencyKey: 'once' };
  expect(await set(input)).toMatchObject({ subscription: { version: 2 } });
  expect(await set(input)).toMatchObject({ subscription: { version: 2 } });
  expect(await set({ ...input, isOn: true })).toMatchObject({ subscription: null, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] });
});

test.each([
  ['SUBSCRIPTION_NOT_FOUND', ['subscriptionName'], async () => ({ subscriptionName: 'A-S00000000' })],
  ['VERSION_CHANGED', ['ifVersion'], async () => ({ subscriptionName: (await bought()).name, ifVersion: 2 })],
  ['SUBSCRIPTION_ENDED', [], async () => ({ subscriptionName: (await bought({ effectiveOn: day('2025-06-15') })).name })],
] as const)('a wish is refused with %s', async (code, path, input) => {
  expect(await set({ isOn: false, ...(await input()) })).toMatchObject({
    subscription: null,
    userErrors: [{ code, path, retryable: false }],
  });
});

test("another account's subscription is as if it did not exist, and support may act for the customer", async () => {
  const { name } = await bought();
  expect(await set({ subscriptionName: name, isOn: false }, buyerOf(scene.newId('account')))).toMatchObject({
    subscription: null,
    userErrors: [{ code: 'SUBSCRIPTION_NOT_FOUND' }],
  });
  expect(await set({ subscriptionName: name, isOn: false }, support)).toMatchObject({ subscription: { autoRenew: { isOn: false } } });
});

test('two years, a hold and a segment stand against it, as the account is now', async () => {
  const created = await bought({ term: { startsOn: day('2026-06-15'), endsOn: day('2028-06-15'), months: 24 } });
  const renewal = () => subscriptionOf(scene, created.subscriptionId, RENEWAL);
  expect(await renewal()).toEqual({ autoRenew: { isOn: true, isEligible: false, reasons: ['NOT_TWELVE_MONTHS'] }, nextCharge: null });

  const held = accountChanged(scene.account, { version: 3, segment: 'EDUCATION', holds: ['CREDIT_HOLD', 'PO_REQUIRED'] });
  const older = accountChanged(scene.account, { version: 2, holds: ['SUPPORT_HOLD'] });
  await scene.house.receive('customers', held, older, held);
  expect((await renewal()).autoRenew.reasons).toEqual(['NOT_TWELVE_MONTHS', 'CREDIT_HOLD', 'PO_REQUIRED', 'EDUCATION']);

  await scene.house.receive('customers', accountChanged(scene.account, { version: 4 }));
  expect((await renewal()).autoRenew.reasons).toEqual(['NOT_TWELVE_MONTHS']);
});
