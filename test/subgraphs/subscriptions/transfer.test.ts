/** A subscription moves to another namespace of its account, with a reason that stays. */
import { addDays } from '#kernel/time';
import { buyerOf, sales, support } from '../../support/viewers';
import { creation, namespaceOf, openScene, order, type Scene, subscriptionOf, TODAY } from './scene';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene('transfer');
});
afterAll(() => scene.house.close());

let keys = 0;
const transfer = async (input: object, viewer = support) => {
  const { data, errors } = await scene.house.run(
    viewer,
    `mutation ($input: TransferNamespaceInput!) { transferNamespace(input: $input) {
      subscription { name version namespace { id path } versions(first: 20) { nodes { kind } } } userErrors { code path } } }`,
    { input: { idempotencyKey: `transfer ${++keys}`, reason: 'They merged their groups.', ...input } },
  );
  return errors ? errors[0]?.extensions.code : (data.transferNamespace.userErrors[0]?.code ?? data.transferNamespace.subscription);
};
const planOf = async (id: string) =>
  (await scene.house.run(support, 'query ($id: ID!) { namespace(id: $id) { plan subscription { name } } }', { id })).data.namespace;

async function bought(path: string, change: Parameters<typeof creation>[1] = {}) {
  const from = await namespaceOf(scene, path);
  const created = creation(scene, { namespaceId: from, ...change });
  await order(scene, created);
  const { name } = await subscriptionOf(scene, created.subscriptionId, 'name');
  return { from, name, created };
}

test('the plan goes with the subscription, as a new version, and the neighbours hear of both namespaces', async () => {
  const { from, name, created } = await bought('old-home');
  const to = await namespaceOf(scene, 'new-home');
  const moved = await transfer({ subscriptionName: name, toNamespaceId: to });
  expect(moved).toMatchObject({ name, version: 2, namespace: { id: to, path: 'new-home' } });
  expect(moved.versions.nodes.map((row: { kind: string }) => row.kind)).toEqual(['CREATE', 'TRANSFER_NAMESPACE']);
  expect([(await planOf(from)).plan, await planOf(to)]).toEqual(['FREE', { plan: 'PREMIUM', subscription: { name } }]);
  const told = (await scene.house.announced()).filter(event => event.type !== 'SubscriptionsChanged.v1').slice(-4);
  expect(told.map(event => [event.type, event.subject])).toEqual([
    ['SubscriptionVersionCreated.v1', created.subscriptionId],
    ['NamespaceChanged.v1', expect.any(String)],
    ['NamespaceChanged.v1', expect.any(String)],
    ['SupportActed.v1', created.subscriptionId],
  ]);
  expect(told[3]?.data).toMatchObject({ act: 'NAMESPACE_TRANSFERRED', actor: support.subject, reason: 'They merged their groups.' });
  expect(told[0]?.data).toMatchObject({ namespaceId: to, version: 2 });
});

test('what is agreed for later moves along', async () => {
  const { name, created } = await bought('before-renewal');
  const later = addDays(created.term.endsOn, 365);
  const term = { startsOn: created.term.endsOn, endsOn: later, months: 12 };
  await order(scene, {
    ...creation(scene, { effectiveOn: term.startsOn, term }),
    kind: 'RENEW',
    subscriptionId: created.subscriptionId,
    namespaceId: created.namespaceId,
  });
  const to = await namespaceOf(scene, 'after-renewal');
  expect(await transfer({ subscriptionName: name, toNamespaceId: to })).toMatchObject({ version: 4, namespace: { id: to } });
  const { term: now } = await subscriptionOf(scene, created.subscriptionId, 'term { startsOn }');
  expect(now.startsOn).toBe(TODAY);
});

test('a dry run says where it would be, and leaves it where it is', async () => {
  const { name, from } = await bought('rehearsing');
  const to = await namespaceOf(scene, 'rehearsed');
  expect(await transfer({ subscriptionName: name, toNamespaceId: to, dryRun: true })).toMatchObject({ version: 2, namespace: { id: to } });
  expect([(await planOf(from)).plan, (await planOf(to)).plan]).toEqual(['PREMIUM', 'FREE']);
});

test('what cannot move is refused with its reason', async () => {
  const { name, from } = await bought('staying');
  const other = await bought('occupied');
  const to = await namespaceOf(scene, 'free-place');
  const selfManaged = creation(scene, { plan: { sku: 'premium-sm', name: 'Premium', tier: 'PREMIUM', deployment: 'SELF_MANAGED' } });
  const over = creation(scene, {
    effectiveOn: addDays(TODAY, -400),
    term: { startsOn: addDays(TODAY, -400), endsOn: addDays(TODAY, -35), months: 12 },
  });
  await order(scene, selfManaged);
  await order(scene, over);
  const nameOf = async (created: typeof over) => (await subscriptionOf(scene, created.subscriptionId, 'name')).name;
  expect([
    await transfer({ subscriptionName: name, toNamespaceId: from }),
    await transfer({ subscriptionName: name, toNamespaceId: other.from }),
    await transfer({ subscriptionName: name, toNamespaceId: 'nsp_' }),
    await transfer({ subscriptionName: name, toNamespaceId: to, reason: ' ' }),
    await transfer({ subscriptionName: 'A-S00000000', toNamespaceId: to }),
    await transfer({ subscriptionName: await nameOf(selfManaged), toNamespaceId: to }),
    await transfer({ subscriptionName: await nameOf(over), toNamespaceId: to }),
    await transfer({ subscriptionName: name, toNamespaceId: to }, buyerOf(scene.account)),
    await transfer({ subscriptionName: name, toNamespaceId: to }, sales),
  ]).toEqual([
    'NAMESPACE_UNCHANGED',
    'NAMESPACE_TAKEN',
    'NAMESPACE_NOT_FOUND',
    'REASON_INVALID',
    'SUBSCRIPTION_NOT_FOUND',
    'NOT_FOR_NAMESPACE',
    'SUBSCRIPTION_ENDED',
    'FORBIDDEN',
    'FORBIDDEN',
  ]);
});

test('two moves to one place at the same moment: one arrives', async () => {
  const [first, second] = [await bought('racer-one'), await bought('racer-two')];
  const to = await namespaceOf(scene, 'finish');
  const outcomes = await Promise.all([first, second].map(({ name }) => transfer({ subscriptionName: name, toNamespaceId: to })));
  expect(outcomes.filter(outcome => outcome === 'NAMESPACE_TAKEN')).toHaveLength(1);
  expect(outcomes.filter(outcome => outcome.namespace?.id === to)).toHaveLength(1);
});
