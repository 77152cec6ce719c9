/** What a buyer reads: seats and status on a day, versions one by one, lists page by page. */
import type { SubscriptionId } from '#kernel/ids';
import { day } from '#kernel/time';
import { SUBSCRIPTION_STATUSES } from '../../../subgraphs/subscriptions/domain/subscription';
import { buyerOf } from '../../support/viewers';
import { accountOf, addition, creation, NOON, namespaceOf, openScene, order, type Scene, subscriptionOf } from './scene';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene('reading');
});
afterAll(() => scene.house.close());
afterEach(() => scene.house.setClock(NOON));

const at = (on: string, time = '00:00:00Z') => `asOf: "${on}T${time}"`;

test('seats on a day are the sum of all charges in force, from the first moment of their first day', async () => {
  const created = creation(scene);
  await order(scene, created, addition(scene, created, 5, day('2026-09-01')), addition(scene, created, 3, day('2027-01-01')));
  const read = await subscriptionOf(
    scene,
    created.subscriptionId,
    `now: seats
     before: seats(${at('2026-06-14', '23:59:59Z')}) first: seats(${at('2026-06-15')})
     lastOfTen: seats(${at('2026-08-31', '23:59:59.999Z')}) firstOfFifteen: seats(${at('2026-09-01')})
     abroad: seats(asOf: "2026-09-01T01:00:00+02:00")
     newYear: seats(${at('2027-01-01')}) last: seats(${at('2027-06-14', '23:59:59Z')}) over: seats(${at('2027-06-15')})`,
  );
  expect(read).toEqual({ now: 10, before: 0, first: 10, lastOfTen: 10, firstOfFifteen: 15, abroad: 10, newYear: 18, last: 18, over: 0 });
});

test('a future-dated subscription never reads as current, until its day comes', async () => {
  const namespaceId = await namespaceOf(scene, 'future');
  const created = creation(scene, { effectiveOn: day('2026-07-01'), namespaceId });
  await order(scene, created);
  const fields = `status seats onItsDay: status(${at('2026-07-01')}) plan { name } term { startsOn endsOn months kind } namespace { plan subscription { name } }`;
  expect(await subscriptionOf(scene, created.subscriptionId, fields)).toEqual({
    status: 'PENDING',
    seats: 0,
    onItsDay: 'ACTIVE',
    plan: { name: 'Premium' },
    term: { startsOn: '2026-07-01', endsOn: '2027-07-01', months: 12, kind: 'INITIAL' },
    namespace: { plan: 'FREE', subscription: null },
  });

  scene.house.setClock(new Date('2026-07-01T00:00:00Z'));
  const { name, ...now } = await subscriptionOf(
    scene,
    created.subscriptionId,
    'name status seats namespace { plan subscription { name } }',
  );
  expect(now).toEqual({ status: 'ACTIVE', seats: 10, namespace: { plan: 'PREMIUM', subscription: { name } } });

  scene.house.setClock(new Date('2027-07-01T00:00:00Z'));
  expect(await subscriptionOf(scene, created.subscriptionId, 'status seats nextCharge { on }')).toEqual({
    status: 'EXPIRED',
    seats: 0,
    nextCharge: null,
  });
});

test('versions are read one by one with what each changed, as of a moment, page by page', async () => {
  const created = creation(scene);
  await order(scene, created);
  scene.house.setClock(new Date('2026-06-20T08:00:00Z'));
  const { data } = await order(scene, addition(scene, created, 5, day('2026-09-01')));
  const fields =
    'number kind effectiveOn createdAt seats isAutoRenew order { id } charges { quantity addedInVersion } changes { field before after }';
  const { versions, early, none } = await subscriptionOf(
    scene,
    created.subscriptionId,
    `versions(first: 1) { nodes { ${fields} } pageInfo { endCursor hasNextPage } totalCount }
     early: versions(${at('2026-06-19')}) { nodes { number } }
     none: versions(${at('2026-06-14')}) { totalCount }`,
  );
  expect(versions.nodes[0]).toMatchObject({
    number: 1,
    kind: 'CREATE',
    effectiveOn: '2026-06-15',
    seats: 10,
    charges: [{ quantity: 10, addedInVersion: 1 }],
  });
  expect(versions.nodes[0].changes).toContainEqual({ field: 'SEATS', before: null, after: '10' });
  expect([versions.pageInfo.hasNextPage, versions.totalCount, early.nodes, none.totalCount]).toEqual([true, 2, [{ number: 1 }], 0]);

  const next = await subscriptionOf(
    scene,
    created.subscriptionId,
    `versions(after: "${versions.pageInfo.endCursor}") { nodes { ${fields} } }`,
  );
  expect(next.versions.nodes).toEqual([
    {
      number: 2,
      kind: 'ADD_SEATS',
      effectiveOn: '2026-09-01',
      createdAt: '2026-06-20T08:00:00.000Z',
      seats: 15,
      isAutoRenew: true,
      order: { id: data.orderId },
      charges: [{ quantity: 5, addedInVersion: 2 }],
      changes: [{ field: 'SEATS', before: '10', after: '15' }],
    },
  ]);
});

test('charges are read in all, or as they are in force on a day', async () => {
  const created = creation(scene);
  await order(scene, created, addition(scene, created, 5, day('2026-09-01')));
  const read = await subscriptionOf(
    scene,
    created.subscriptionId,
    `all: charges { nodes { sku kind model quantity unitPrice { amount currency } startsOn endsOn } totalCount } inForce: charges(${at('2026-06-15')}) { totalCount }`,
  );
  expect(read.all.totalCount).toBe(2);
  expect(read.inForce.totalCount).toBe(1);
  expect(read.all.nodes[1]).toEqual({
    sku: 'premium-saas',
    kind: 'BASE',
    model: 'RECURRING',
    quantity: 5,
    unitPrice: { amount: '348.00', currency: 'USD' },
    startsOn: '2026-09-01',
    endsOn: '2027-06-15',
  });
});

test('a subscription is found by its name, by its id and by nothing else', async () => {
  const created = creation(scene);
  await order(scene, created);
  const { name } = await subscriptionOf(scene, created.subscriptionId, 'name');
  const { data } = await scene.house.run(
    buyerOf(scene.account),
    'query ($name: ID!, $of: [_Any!]!) { found: subscription(name: $name) { id } missing: subscription(name: "A-S0") { id } _entities(representations: $of) { ... on Subscription { id } } }',
    {
      name,
      of: [
        { __typename: 'Subscription', name },
        { __typename: 'Subscription', id: name },
        { __typename: 'Subscription', id: scene.account },
      ],
    },
  );
  expect(data).toEqual({ found: { id: created.subscriptionId }, missing: null, _entities: [{ id: created.subscriptionId }, null, null] });
});

describe('the list of an account', () => {
  let listed: Scene;
  let ids: readonly SubscriptionId[];
  beforeAll(async () => {
    listed = await openScene('list');
    const terms = ['2024-01-01', '2025-06-15', '2025-06-16', '2026-06-15', '2026-06-16', '2030-01-01'];
    const created = terms.map(from => creation(listed, { effectiveOn: day(from) }));
    await order(listed, ...created);
    ids = created.map(one => one.subscriptionId);
  });
  afterAll(() => listed.house.close());

  test('is read page by page, the newest first, without a gap', async () => {
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const { subscriptions } = await accountOf(
        listed,
        `subscriptions(first: 4 ${after}) { nodes { id } pageInfo { endCursor hasNextPage } totalCount }`,
      );
      seen.push(...subscriptions.nodes.map((node: { id: string }) => node.id));
      expect(subscriptions.totalCount).toBe(6);
      if (!subscriptions.pageInfo.hasNextPage) break;
      after = `after: "${subscriptions.pageInfo.endCursor}"`;
    }
    expect(seen).toEqual(ids.toReversed());
  });

  test.each(['2023-12-31', '2024-01-01', '2025-06-14', '2026-06-15', '2026-06-16', '2031-01-01'])(
    'by status on %s holds who says so',
    async on => {
      listed.house.setClock(new Date(`${on}T23:00:00Z`));
      const aliases = SUBSCRIPTION_STATUSES.map(
        status => `${status}: subscriptions(where: { status: { eq: ${status} } }) { nodes { id } totalCount }`,
      );
      const { all, ...byStatus } = await accountOf(listed, `all: subscriptions { nodes { id status } } ${aliases.join(' ')}`);
      for (const status of SUBSCRIPTION_STATUSES) {
        const expected = all.nodes.filter((node: { status: string }) => node.status === status).map(({ id }: { id: string }) => ({ id }));
        expect(byStatus[status]).toEqual({ nodes: expected, totalCount: expected.length });
      }
    },
  );

  test('by several statuses holds any of them, and by none holds nothing', async () => {
    listed.house.setClock(NOON);
    const read = await accountOf(
      listed,
      `some: subscriptions(where: { status: { in: [PENDING, EXPIRED] } }) { totalCount }
       both: subscriptions(where: { status: { eq: ACTIVE, in: [PENDING] } }) { totalCount }
       none: subscriptions(where: { status: { in: [] } }) { totalCount }`,
    );
    expect(read).toEqual({ some: { totalCount: 4 }, both: { totalCount: 0 }, none: { totalCount: 0 } });
  });

  test.each(['first: 0', 'first: 101', 'first: -1', 'after: "bm90IG91cnM"'])('is not read with %s', async args => {
    await expect(accountOf(listed, `subscriptions(${args}) { totalCount }`)).rejects.toThrow();
  });

  test('a whole page of purchases takes as many statements as one purchase', async () => {
    const paths = Array.from({ length: 12 }, (_, index) => `page/${index}`);
    const onNamespaces = [];
    for (const path of paths) onNamespaces.push(creation(listed, { namespaceId: await namespaceOf(listed, path) }));
    await order(listed, ...onNamespaces);
    await listed.house.announced();
    const fields = `nodes { name status seats plan { sku name tier deployment } term { startsOn endsOn } autoRenew { isOn isEligible reasons }
      nextCharge { on amount { amount currency } } namespace { id path plan seatsInUse seatsOwed } versions { nodes { changes { field } } } } totalCount`;
    const before = await listed.house.statements();
    const { subscriptions } = await accountOf(listed, `subscriptions(first: 100) { ${fields} }`);
    expect(subscriptions.nodes).toHaveLength(18);
    // Page, count, versions twice, charges, account, namespaces, bases and usage: nine, and what the log does beside.
    expect((await listed.house.statements()) - before).toBeLessThanOrEqual(14);
  });
});
