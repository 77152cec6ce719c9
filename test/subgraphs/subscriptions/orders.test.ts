/** Orders that are carried out: versions, refusals, repetitions, and what the neighbours are told. */
import { addDays, day } from '#kernel/time';
import { accountOf, addition, creation, namespaceOf, openScene, order, request, type Scene, subscriptionOf, TODAY } from './scene';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene('orders');
});
afterAll(() => scene.house.close());

const told = async (type: string, orderId: string) =>
  (await scene.house.announced(type)).map(event => event.data as Record<string, unknown>).filter(data => data['orderId'] === orderId);

test('a new subscription is version 1, has a name for life, and its order is answered', async () => {
  const created = creation(scene);
  const { data } = await order(scene, created);

  const [version] = await told('SubscriptionVersionCreated.v1', data.orderId);
  expect(version).toMatchObject({
    subscriptionId: created.subscriptionId,
    accountId: scene.account,
    name: expect.stringMatching(/^A-S\d{8}$/),
    version: 1,
    actionId: created.actionId,
    status: 'ACTIVE',
    plan: { sku: 'premium-saas', name: 'Premium', tier: 'PREMIUM', deployment: 'SAAS' },
    term: { startsOn: '2026-06-15', endsOn: '2027-06-15', months: 12, kind: 'INITIAL' },
    isAutoRenew: true,
    namespaceId: null,
    charges: created.charges,
  });
  expect(await told('SubscriptionsChanged.v1', data.orderId)).toEqual([
    {
      orderId: data.orderId,
      accountId: scene.account,
      attempt: 1,
      subscriptions: [{ subscriptionId: created.subscriptionId, name: version?.['name'], version: 1 }],
    },
  ]);
});

test('added seats are a new version that carries every charge; the name stays', async () => {
  const created = creation(scene);
  await order(scene, created);
  const before = await subscriptionOf(scene, created.subscriptionId, 'name');
  const more = addition(scene, created, 5);
  const { data } = await order(scene, more);

  const [version] = await told('SubscriptionVersionCreated.v1', data.orderId);
  expect(version).toMatchObject({ name: before.name, version: 2, charges: [...created.charges, ...more.charges] });
  expect(await subscriptionOf(scene, created.subscriptionId, 'name version seats')).toEqual({ ...before, version: 2, seats: 15 });
});

test('a repeated request is answered again with its attempt, and writes nothing twice', async () => {
  const created = creation(scene);
  const first = await order(scene, created, addition(scene, created, 2));
  await scene.house.receive('orders', { ...first, data: { ...first.data, attempt: 2 } });

  const answers = await told('SubscriptionsChanged.v1', first.data.orderId);
  expect(answers.map(answer => answer['attempt'])).toEqual([1, 2]);
  expect(answers[1]?.['subscriptions']).toEqual(answers[0]?.['subscriptions']);
  expect(await told('SubscriptionVersionCreated.v1', first.data.orderId)).toHaveLength(2);
  expect(await subscriptionOf(scene, created.subscriptionId, 'version seats')).toEqual({ version: 2, seats: 12 });
});

test('the same event delivered twice changes nothing the second time', async () => {
  const created = creation(scene);
  const [event] = await scene.house.receive('orders', request(scene, [created]));
  await scene.house.receive('orders', event!);
  expect(await told('SubscriptionsChanged.v1', (event!.data as { orderId: string }).orderId)).toHaveLength(1);
});

test('orders that arrive shuffled and doubled come to the same seats and to versions without a gap', async () => {
  const created = creation(scene);
  await order(scene, created);
  const orders = [1, 2, 3, 4].map(seats => request(scene, [addition(scene, created, seats)]));
  await scene.house.receive('orders', orders[2]!, orders[0]!, orders[3]!, orders[0]!, orders[2]!, orders[1]!, orders[3]!);

  const { seats, versions } = await subscriptionOf(
    scene,
    created.subscriptionId,
    'seats versions(first: 100) { nodes { number } totalCount }',
  );
  expect(seats).toBe(20); // 10 + 1 + 2 + 3 + 4
  expect(versions.nodes.map((version: { number: number }) => version.number)).toEqual([1, 2, 3, 4, 5]);
  expect(versions.totalCount).toBe(5);
});

test('an order of 300 changes takes no more statements than a small one', async () => {
  const changes = Array.from({ length: 300 }, (_, index) => creation(scene, { seats: index + 1 }));
  const before = await scene.house.statements();
  await order(scene, ...changes);
  // Placing events in the log goes on beside, so the count is a bound and not a number.
  expect((await scene.house.statements()) - before).toBeLessThanOrEqual(30);
});

describe('what cannot be carried out stops the order for a person, and writes nothing', () => {
  const refusals: readonly (readonly [string, string, (scene: Scene) => Promise<readonly ReturnType<typeof creation>[]>])[] = [
    ['an order without a change', 'PLAN_UNUSABLE', async () => []],
    [
      'a charge beyond the term',
      'PLAN_UNUSABLE',
      async of => [{ ...creation(of), term: { startsOn: TODAY, endsOn: addDays(TODAY, 1), months: 1 } }],
    ],
    [
      'a subscription that is there already',
      'SUBSCRIPTION_EXISTS',
      async of => {
        const created = creation(of);
        await order(of, created);
        return [{ ...creation(of), subscriptionId: created.subscriptionId }];
      },
    ],
    ['seats for a subscription that is not there', 'SUBSCRIPTION_NOT_FOUND', async of => [addition(of, creation(of), 5)]],
    [
      'seats after the end of the term',
      'SUBSCRIPTION_ENDED',
      async of => {
        const created = creation(of, { effectiveOn: day('2025-01-01') });
        await order(of, created);
        return [addition(of, created, 5)];
      },
    ],
    [
      'seats priced for another term',
      'TERM_CHANGED',
      async of => {
        const created = creation(of);
        await order(of, created);
        return [addition(of, { ...created, term: { ...created.term, endsOn: day('2027-07-01') } }, 5)];
      },
    ],
    ['a namespace that is not registered', 'NAMESPACE_NOT_FOUND', async of => [creation(of, { namespaceId: of.newId('namespace') })]],
    [
      'a namespace that has a base subscription in that time',
      'NAMESPACE_TAKEN',
      async of => {
        const namespaceId = await namespaceOf(of, 'taken');
        await order(of, creation(of, { namespaceId }));
        return [creation(of, { namespaceId, effectiveOn: day('2027-01-01') })];
      },
    ],
    [
      'a namespace that the same order takes first',
      'NAMESPACE_TAKEN',
      async of => {
        const namespaceId = await namespaceOf(of, 'twice');
        return [creation(of, { namespaceId }), creation(of, { namespaceId })];
      },
    ],
  ];

  test.each(refusals)('%s: %s', async (_, code, plan) => {
    const bad = await plan(scene);
    const good = creation(scene);
    const changes = bad.length > 0 ? [good, ...bad] : [];
    const { data } = await order(scene, ...changes);

    expect(await told('StepFailed.v1', data.orderId)).toEqual([
      {
        orderId: data.orderId,
        accountId: scene.account,
        step: 'SUBSCRIPTION',
        attempt: 1,
        code,
        message: expect.any(String),
        isRetryable: false,
      },
    ]);
    expect(await told('SubscriptionVersionCreated.v1', data.orderId)).toEqual([]);
    expect(await told('SubscriptionsChanged.v1', data.orderId)).toEqual([]);
    expect(await subscriptionOf(scene, good.subscriptionId, 'id')).toBeNull();
  });
});

test('an order that was stopped can be carried out once its reason is gone', async () => {
  const created = creation(scene);
  const early = await order(scene, addition(scene, created, 5));
  await order(scene, created);
  await scene.house.receive('orders', { ...early, data: { ...early.data, attempt: 2 } });
  expect((await told('SubscriptionsChanged.v1', early.data.orderId)).map(answer => answer['attempt'])).toEqual([2]);
  expect(await subscriptionOf(scene, created.subscriptionId, 'seats')).toEqual({ seats: 15 });
});

test('a subscription whose term touches another on the same namespace is no second one', async () => {
  const namespaceId = await namespaceOf(scene, 'touching');
  const { data } = await order(scene, creation(scene, { namespaceId }), creation(scene, { namespaceId, effectiveOn: day('2027-06-15') }));
  expect(await told('SubscriptionsChanged.v1', data.orderId)).toHaveLength(1);
});

test('what breaks on the way is parked, and orders is told to try again without a word of our inside', async () => {
  const created = creation(scene);
  await order(scene, created);
  // A charge id that exists already can only be a fault.
  const broken = { ...addition(scene, created, 5), charges: created.charges };
  const { data } = await order(scene, broken);
  expect(await told('StepFailed.v1', data.orderId)).toEqual([
    expect.objectContaining({ code: 'STEP_FAILED', message: 'The subscription could not be written.', isRetryable: true }),
  ]);
  expect(await accountOf(scene, 'subscriptions(first: 1) { totalCount }')).toBeTruthy();
});
