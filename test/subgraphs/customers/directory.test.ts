import { idFromUuid } from '../../../kernel/ids';
import { operator, support } from '../../support/viewers';
import { mutate, openScene } from './scene';

let scene: Awaited<ReturnType<typeof openScene>>;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.house.close());

const uuid = (n: number) => `00000000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`;
const order = idFromUuid('order', uuid(1));
const subscription = idFromUuid('subscription', uuid(2));
const invoice = idFromUuid('invoice', uuid(3));
const license = idFromUuid('license', uuid(4));
const namespace = idFromUuid('namespace', uuid(5));
const rejected = idFromUuid('order', uuid(6));

const SEARCH = `query ($term: String!, $first: Int! = 10) { search(term: $term, first: $first) { __typename
  ... on BillingAccount { id number name holds { kind since } contacts { role name email } memberships { role user { id email } } }
  ... on Subscription { id } ... on Invoice { id } ... on License { id } ... on Order { id } } }`;
const find = async (term: string, viewer = support, first = 10) => (await scene.house.run(viewer, SEARCH, { term, first })).data.search;
const node = async (id: string, viewer = support) =>
  (await scene.house.run(viewer, 'query ($id: ID!) { node(id: $id) { __typename id } }', { id })).data.node;

test('what neighbours make is entered once, however often they say so', async () => {
  const accountId = scene.b.id;
  const told = [
    ['orders', { type: 'OrderAccepted.v1', data: { orderId: order, orderNumber: 'O-00000001', accountId } }],
    ['orders', { type: 'OrderRejected.v1', data: { orderId: rejected, orderNumber: 'O-00000002', accountId } }],
    [
      'subscriptions',
      { type: 'SubscriptionVersionCreated.v1', data: { subscriptionId: subscription, name: 'A-S00000001', version: 1, accountId } },
    ],
    [
      'subscriptions',
      { type: 'SubscriptionVersionCreated.v1', data: { subscriptionId: subscription, name: 'A-S00000001', version: 2, accountId } },
    ],
    ['subscriptions', { type: 'NamespaceChanged.v1', data: { namespaceId: namespace, path: 'contoso/widgets', accountId } }],
    ['billing', { type: 'InvoicePosted.v1', data: { invoiceId: invoice, number: 'INV00000001', accountId } }],
    ['licenses', { type: 'LicenseIssued.v1', data: { licenseId: license, accountId } }],
  ] as const;
  for (const [source, event] of told) {
    const delivered = await scene.house.receive(source, { ...event, accountId });
    for (const again of delivered) await scene.house.receive(source, again);
  }
  const [counted] = await scene.house.sql`select count(*)::int as entries from directory_entries where kind <> 'BILLING_ACCOUNT'`;
  expect(counted?.entries).toBe(6);
});

test.each([
  [order, 'Order'],
  [rejected, 'Order'],
  [subscription, 'Subscription'],
  [invoice, 'Invoice'],
  [license, 'License'],
  [namespace, 'Namespace'],
])('node(%s) is a %s for its owner and staff, nothing for others', async (id, __typename) => {
  expect(await node(id)).toEqual({ __typename, id });
  expect(await node(id, scene.bob)).toEqual({ __typename, id });
  expect(await node(id, scene.ada)).toBeNull();
});

test('node answers our own things, and nothing for what is no id', async () => {
  expect(await node(scene.a.id, scene.ada)).toEqual({ __typename: 'BillingAccount', id: scene.a.id });
  expect(await node(scene.northwind.id, scene.ada)).toEqual({ __typename: 'Organization', id: scene.northwind.id });
  expect(await node(scene.eve.subject, scene.ada)).toEqual({ __typename: 'User', id: scene.eve.subject });
  for (const id of ['', 'ord_', `ord_${'0'.repeat(32)}`, "'; drop table users", '__proto__', 'x'.repeat(10_000)])
    expect(await node(id)).toBeNull();
});

test.each([
  ['o-00000001', 'Order', order],
  ['O-0', 'Order', order],
  ['a-s00000001', 'Subscription', subscription],
  ['S00000001', 'Subscription', subscription],
  ['inv00000001', 'Invoice', invoice],
  [license, 'License', license],
])('a search for %s finds the %s', async (term, __typename, id) => {
  expect(await find(term)).toContainEqual({ __typename, id });
  expect(await find(term, scene.bob)).toContainEqual({ __typename, id });
  expect(await find(term, scene.ada)).not.toContainEqual({ __typename, id });
});

test('an account is found by number, names, addresses of contacts and members, in any case and order of words', async () => {
  for (const term of [
    scene.a.number,
    scene.a.number.toLowerCase(),
    'NORTHWIND',
    'traders north',
    'ada@northwind.example',
    'northwind.ex',
    'eve@',
  ]) {
    expect((await find(term)).map((found: { number: string }) => found.number)).toContain(scene.a.number);
  }
  for (const term of ['orthwind', 'northwind contoso', '', '   ', '%', '_', 'a%', 'x'.repeat(201), "northwind' or 1=1"])
    expect(await find(term)).toEqual([]);
  const [found] = await find(scene.a.number);
  expect(found).toMatchObject({ holds: [], contacts: [{ role: 'BILL_TO', name: 'Ada Lovelace' }, { role: 'SOLD_TO' }] });
  expect(found.memberships).toHaveLength(2);
});

test('the directory follows what changes', async () => {
  await mutate(scene.house, support, 'updateBillingAccount', { billingAccountId: scene.a.id, name: 'Fabrikam' }, 'billingAccount { id }');
  expect(await find('fabrikam')).toHaveLength(1);
  await mutate(scene.house, operator, 'removeMember', { membershipId: scene.eveInA }, 'membership { id }');
  expect(await find('eve@northwind.example')).toEqual([]);
  await mutate(
    scene.house,
    operator,
    'updateOrganization',
    { organizationId: scene.northwind.id, name: 'Southwind' },
    'organization { id }',
  );
  expect(await find('traders')).toEqual([]);
  expect(await find('southwind')).toHaveLength(1);
});

test.each([0, -1, 51, 1_000_000])('a search for %d results is refused', async first => {
  const answer = await scene.house.run(support, SEARCH, { term: 'northwind', first });
  expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test('a search reads an index, in either direction of access', async () => {
  await scene.house
    .sql`insert into directory_entries select gen_random_uuid(), 'ord_' || n, 'ORDER', 'O-' || n from generate_series(1, 20000) n`;
  await scene.house
    .sql`insert into directory_words select account_id, entity_id, lower(label) from directory_entries where label like 'O-%' and entity_id not in (select entity_id from directory_words)`;
  await scene.house.sql`analyze directory_words, directory_entries`;
  const plans = [
    await scene.house
      .sql`explain select account_id, entity_id from directory_words where (word ~>=~ 'o-12' and word ~<~ 'o-13') order by word using ~<~ limit 1000`,
    await scene.house
      .sql`explain select account_id, entity_id from directory_words where (word ~>=~ 'o-12' and word ~<~ 'o-13') and account_id = any(array[gen_random_uuid()]) order by word using ~<~ limit 1000`,
  ].map(plan => JSON.stringify(plan));
  for (const plan of plans) {
    expect(plan).toMatch(/Index/);
    expect(plan).not.toMatch(/Seq Scan/);
  }
  expect(await find('o-1234', support, 3)).toHaveLength(3);
  expect((await find('o-1')).length).toBe(10);
});
