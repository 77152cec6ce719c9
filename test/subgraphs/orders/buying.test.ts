import { day } from '../../../kernel/time';
import { loadPriceList } from '../../../subgraphs/orders/actions/loadPriceList';
import { PRICE_LIST } from '../../../subgraphs/orders/store/price-list';
import type { TestHouse } from '../../support/house';
import { support } from '../../support/viewers';
import {
  ADD_SEATS,
  ALL_BUT_PAYMENT,
  acme,
  acmeBuyer,
  aId,
  buy,
  card,
  fulfil,
  newKey,
  openOrders,
  payload,
  premium,
  preview,
  progress,
  saidOfOrders,
  seats,
  versionEvent,
} from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openOrders();
});
afterEach(() => house.close());

const rowsOf = async (table: string) => Number((await house.sql.unsafe(`select count(*) from ${table}`))[0]?.count);

test('ten seats added with 177 days left cost $1,105.64, and the preview shows the working', async () => {
  const shown = await preview(house, [seats(10)]);
  expect(shown).toEqual({
    lines: [
      {
        description: 'Premium SaaS, added seats',
        sku: 'premium-saas',
        quantity: 10,
        unitPrice: { amount: '228.00', currency: 'USD' },
        days: 177, // 15 June to 9 December 2026
        amount: { amount: '1105.64', currency: 'USD' }, // 10 × $228 × 177 ÷ 365 = $1,105.6438…
        working: '10 seats × $228.00 a year × 177 ÷ 365 days = $1,105.64',
      },
    ],
    subtotal: { amount: '1105.64', currency: 'USD' },
    tax: { amount: '0.00', currency: 'USD' },
    total: { amount: '1105.64', currency: 'USD' },
    changes: [
      { kind: 'SEATS_ADDED', subject: 'A-S00000001', field: 'seats', before: '10', after: '20' },
      { kind: 'LICENSE_GRANTED', subject: 'A-S00000001', field: 'entitlement', before: null, after: 'Premium SaaS' },
      { kind: 'INVOICE_POSTED', subject: 'Invoice', field: 'total', before: null, after: '$1,105.64' },
    ],
    userErrors: [],
  });
  expect(await rowsOf('orders')).toBe(0);
  expect(await saidOfOrders(house)).toEqual([]);
});

test('a purchase on account terms goes from placed to fulfilled, and tells its story', async () => {
  const { order, userErrors, correlationId } = await buy(house);
  expect(userErrors).toEqual([]);
  expect(order).toMatchObject({ state: 'PROVISIONING', total: { amount: '2280.00', currency: 'USD' } }); // 10 × $228
  expect(order.number).toMatch(/^O-\d{8}$/);

  const subscriptionId = (await house.announced('OrderAccepted.v1')).map(
    ({ data }) => (data as { actions: { subscriptionId: string }[] }).actions[0]!.subscriptionId,
  )[0];
  const { data: asked } = (await house.announced('SubscriptionChangeRequested.v1'))[0]!;
  expect(asked).toMatchObject({
    orderId: order.id,
    orderNumber: order.number,
    attempt: 1,
    changes: [
      {
        kind: 'CREATE',
        subscriptionId,
        effectiveOn: '2026-06-15',
        plan: { sku: 'premium-self-managed', name: 'Premium Self-Managed', tier: 'PREMIUM', deployment: 'SELF_MANAGED' },
        term: { startsOn: '2026-06-15', endsOn: '2027-06-15', months: 12 },
        isAutoRenew: true,
        charges: [
          {
            kind: 'BASE',
            model: 'RECURRING',
            quantity: 10,
            unitPrice: { amount: '228.00', currency: 'USD' },
            startsOn: '2026-06-15',
            endsOn: '2027-06-15',
          },
        ],
      },
    ],
  });

  await house.receive('subscriptions', versionEvent(9, { subscriptionId: subscriptionId as never, name: 'A-S90000000' }));
  await fulfil(house, 'SubscriptionChangeRequested.v1');
  expect((await house.announced('InvoiceRequested.v1'))[0]!.data).toMatchObject({
    issuedOn: '2026-06-15',
    dueOn: '2026-07-15', // 30 days
    sellingEntity: 'US_INC',
    paymentId: null,
    total: { amount: '2280.00', currency: 'USD' },
    lines: [{ sku: 'premium-self-managed', days: null, working: '10 seats × $228.00 a year = $2,280.00' }],
  });
  await fulfil(house, 'InvoiceRequested.v1', 'LicenseRequested.v1', 'DeliveryRequested.v1');

  const done = await progress(house, order.id);
  expect(done).toMatchObject({
    state: 'FULFILLED',
    correlationId,
    actions: [{ kind: 'CREATE_SUBSCRIPTION', subscriptionName: 'A-S90000000', subscription: { id: subscriptionId } }],
  });
  expect(done.steps.map((step: { state: string }) => step.state)).toEqual(Array(7).fill('DONE'));
  expect(
    done.timeline.map(({ house: by, kind, step, detail }: Record<string, string>) => `${by} ${kind} ${step ?? ''}: ${detail}`),
  ).toEqual([
    'orders ORDER_PLACED : Placed for $2,280.00.',
    'orders STEP_DONE SCREENING: No party of this order is restricted.',
    'orders STEP_DONE PAYMENT: Net 30',
    'orders STEP_DONE BOOKING: Booked.',
    'orders STEP_STARTED SUBSCRIPTION: Asked subscriptions, attempt 1.',
    'subscriptions STEP_DONE SUBSCRIPTION: A-S90000000 version 1.',
    'orders STEP_STARTED INVOICE: Asked billing, attempt 1.',
    'billing STEP_DONE INVOICE: Invoice INV-1, due 2026-07-15.',
    'orders STEP_STARTED LICENSE: Asked licenses, attempt 1.',
    'licenses STEP_DONE LICENSE: CLOUD_ACTIVATION',
    'orders STEP_STARTED DELIVERY: Asked licenses, attempt 1.',
    'licenses STEP_DONE DELIVERY: Sent to the Sold-To contact.',
    'orders ORDER_FULFILLED : Everything is delivered.',
  ]);
  expect(await house.announced('OrderFulfilled.v1')).toHaveLength(1);
});

test('a purchase by card waits for the card, and its invoice captures the payment', async () => {
  const { order } = await buy(house, [premium()], { paymentMethodId: card });
  expect(order.state).toBe('ACCEPTED');
  const payment = (await house.announced('PaymentRequested.v1'))[0]!.data as { paymentId: string };
  expect(payment).toMatchObject({ orderId: order.id, attempt: 1, paymentMethodId: card, amount: { amount: '2280.00', currency: 'USD' } });
  await fulfil(house, 'PaymentRequested.v1', ...ALL_BUT_PAYMENT);
  expect((await house.announced('InvoiceRequested.v1'))[0]!.data).toMatchObject({ paymentId: payment.paymentId, dueOn: '2026-06-15' });
  expect((await progress(house, order.id)).state).toBe('FULFILLED');
});

test('added seats are an order of one action on their subscription, and keep its price, currency and end', async () => {
  const added = payload(
    await house.run(acmeBuyer, ADD_SEATS, { input: { idempotencyKey: newKey(), subscriptionName: 'A-S00000001', quantity: 10 } }),
    'addSeats',
  );
  expect(added).toMatchObject({ order: { state: 'PROVISIONING', total: { amount: '1105.64' } }, userErrors: [] });
  expect((await house.announced('SubscriptionChangeRequested.v1'))[0]!.data).toMatchObject({
    changes: [
      {
        kind: 'ADD_SEATS',
        subscriptionId: aId('subscription', 1),
        effectiveOn: '2026-06-15',
        term: { startsOn: '2025-12-09', endsOn: '2026-12-09', months: 12 },
        charges: [{ sku: 'premium-saas', quantity: 10, startsOn: '2026-06-15', endsOn: '2026-12-09' }],
      },
    ],
  });
});

test('an add-on ends with the term; a compute pack costs its price on any day and lasts twelve months', async () => {
  const subscriptionName = 'A-S00000001';
  const shown = await preview(house, [
    { addProduct: { subscriptionName, sku: 'code-assistant', quantity: 2 } },
    { addProduct: { subscriptionName, sku: 'compute-1000', quantity: 3 } },
    { addProduct: { subscriptionName, sku: 'storage-10gb', quantity: 1 } },
  ]);
  expect(shown.userErrors).toEqual([]);
  expect(shown.lines.map(({ working }: { working: string }) => working)).toEqual([
    '2 seats × $228.00 a year × 177 ÷ 365 days = $221.13', // 456 × 177 ÷ 365 = 221.128…
    '3 packs × $10.00 = $30.00',
    '1 pack × $60.00 a year × 177 ÷ 365 days = $29.10', // 60 × 177 ÷ 365 = 29.095…
  ]);
  expect(shown.total.amount).toBe('280.23');
});

test('three years are three lines of one year, and eighteen months a year and a half', async () => {
  const threeYears = await preview(house, [premium({ termMonths: 36 })]);
  expect(
    threeYears.lines.map(({ description, amount }: { description: string; amount: { amount: string } }) => [description, amount.amount]),
  ).toEqual([
    ['Premium Self-Managed, year 1 of 3', '2280.00'],
    ['Premium Self-Managed, year 2 of 3', '2280.00'],
    ['Premium Self-Managed, year 3 of 3', '2280.00'],
  ]);
  expect((await preview(house, [premium({ termMonths: 18 })])).total.amount).toBe('3420.00'); // 10 × $228 × 18 ÷ 12
});

test("an account's orders are listed to those who may see it, newest first, by state", async () => {
  const first = await buy(house);
  house.setClock(new Date('2026-06-15T12:00:01.000Z'));
  const second = await buy(house, [premium()], { paymentMethodId: card });
  const ids = [first.order.id, second.order.id];
  const LIST = `query ($representations: [_Any!]!, $where: OrderWhere) { _entities(representations: $representations) { ... on BillingAccount { orders(first: 1, where: $where) { nodes { id } totalCount pageInfo { hasNextPage } } } } }`;
  const list = async (where: object | null, viewer = acmeBuyer) =>
    payload(await house.run(viewer, LIST, { representations: [{ __typename: 'BillingAccount', id: acme }], where }), '_entities')[0]
      ?.orders;
  expect(await list(null)).toEqual({ nodes: [{ id: ids[1] }], totalCount: 2, pageInfo: { hasNextPage: true } });
  expect(await list({ state: { eq: 'PROVISIONING' } }, support)).toEqual({
    nodes: [{ id: ids[0] }],
    totalCount: 1,
    pageInfo: { hasNextPage: false },
  });
  expect((await list({ state: { in: ['REJECTED', 'ERROR'] } })).nodes).toEqual([]);
});

test('the catalog shows what is sold and its prices of today', async () => {
  const CATALOG =
    '{ products(first: 3) { nodes { sku name kind tier deployment prices { channel model lastsMonths unitPrice { amount currency } } } pageInfo { hasNextPage } } }';
  const { nodes, pageInfo } = payload(await house.run(acmeBuyer, CATALOG), 'products');
  expect(pageInfo.hasNextPage).toBe(true);
  expect(nodes.map(({ sku }: { sku: string }) => sku)).toEqual(['code-assistant', 'compute-1000', 'premium-saas']);
  expect(nodes[1]).toMatchObject({ kind: 'COMPUTE', tier: null, deployment: 'SAAS' });
  expect(nodes[1].prices).toHaveLength(16); // 4 channels × 4 currencies
  expect(nodes[1].prices).toContainEqual({
    channel: 'WEB_DIRECT',
    model: 'ONE_TIME',
    lastsMonths: 12,
    unitPrice: { amount: '1500', currency: 'JPY' },
  });
});

test('a newer price holds from its day on, and a list that is loaded twice changes nothing', async () => {
  const [plan] = PRICE_LIST.products.filter(({ sku }) => sku === 'premium-self-managed');
  const dearer = { validFrom: day('2026-06-16'), products: [{ ...plan!, prices: [{ amount: '240.00', currency: 'USD' } as const] }] };
  await house.write(work => loadPriceList(work as never, dearer));
  await house.write(work => loadPriceList(work as never, PRICE_LIST));
  expect((await preview(house, [premium()])).total.amount).toBe('2280.00');
  house.setClock(new Date('2026-06-16T00:00:00.000Z'));
  expect((await preview(house, [premium()])).total.amount).toBe('2400.00');
  house.setClock(new Date('2026-06-15T12:00:00.000Z'));
});
