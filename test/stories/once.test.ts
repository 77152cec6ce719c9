import type { Told } from '../support/graph';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { accepted, type Company, purchaseOf } from '../support/shop';

let platform: TestPlatform;
let company: Company;

beforeAll(async () => {
  platform = await openTestPlatform();
  company = await platform.openCompany('Litware');
});
afterAll(() => platform?.close());

const place = async (input: object): Promise<Told['data']> => (await platform.run(company.token, 'BuySubscription', { input })).placeOrder;
const ordersCount = async (): Promise<number> => Number((await platform.sql('orders')`select count(*) as count from orders`)[0]?.count);

test('the same key and request sent twice is one order with one answer', async () => {
  const input = purchaseOf(company, { sku: 'premium-self-managed', quantity: 4 });
  const before = await ordersCount();
  const first = accepted(await place(input));
  const second = accepted(await place(input));
  expect(second.order.id).toBe(first.order.id);
  expect(second.order.number).toBe(first.order.number);
  await platform.untilOrder(company.token, first.order.id);
  expect(accepted(await place(input)).order).toMatchObject({ id: first.order.id, state: 'FULFILLED' });
  expect(await ordersCount()).toBe(before + 1);
});

test('the same key sent ten times at once is one order, and who comes too early is asked to repeat', async () => {
  const input = purchaseOf(company, { sku: 'premium-self-managed', quantity: 6 });
  const before = await ordersCount();
  const answers = await Promise.all(Array.from({ length: 10 }, () => place(input)));
  for (const { userErrors } of answers.filter(({ order }) => !order)) {
    expect(userErrors).toEqual([expect.objectContaining({ code: 'CONFLICT', retryable: true })]);
  }
  const orderIds = new Set(answers.flatMap(({ order }) => order?.id ?? []));
  expect(orderIds.size).toBe(1);
  const [orderId] = [...orderIds];
  expect(accepted(await place(input)).order.id).toBe(orderId);
  await platform.untilOrder(company.token, orderId);
  expect(await ordersCount()).toBe(before + 1);
});

test('the same key with another request is refused, and nothing is bought', async () => {
  const input = purchaseOf(company, { sku: 'premium-self-managed', quantity: 2 });
  accepted(await place(input));
  const before = await ordersCount();
  const other = await place({ ...input, poNumber: 'PO-1' });
  expect(other.order).toBeNull();
  expect(other.userErrors).toEqual([expect.objectContaining({ code: 'IDEMPOTENCY_KEY_REUSED', retryable: false })]);
  expect(await ordersCount()).toBe(before);
});

test('a dry run answers as the order would, and changes nothing anywhere', async () => {
  const houses = ['customers', 'orders', 'subscriptions', 'billing', 'licenses'];
  const said = async () => {
    const counts = houses.map(async house => (await platform.sql(house)`select count(*) as count from event_log`)[0]?.count);
    return Promise.all(counts);
  };
  const input = { ...purchaseOf(company, { sku: 'ultimate-self-managed', quantity: 7 }), dryRun: true };
  const settled = async () => {
    let last = await said();
    for (let calm = 0; calm < 3; ) {
      await new Promise(resume => setTimeout(resume, 100));
      const next = await said();
      calm = String(next) === String(last) ? calm + 1 : 0;
      last = next;
    }
    return last;
  };
  const [before, orders] = [await settled(), await ordersCount()];
  const dry = accepted(await place(input));
  expect(dry.order.total).toEqual({ amount: '8316.00', currency: 'USD' }); // 7 × $1,188
  const { order } = await platform.run(company.token, 'OrderProgress', { id: dry.order.id });
  expect(order).toBeNull();
  expect(await settled()).toEqual(before);
  expect(await ordersCount()).toBe(orders);
  // The key was not used up: the order itself may be sent with it.
  const real = accepted(await place({ ...input, dryRun: false }));
  expect(real.order.total).toEqual(dry.order.total);
});

test('an empty key is refused', async () => {
  const answer = await place({ ...purchaseOf(company, { sku: 'premium-self-managed', quantity: 2 }), idempotencyKey: '' });
  expect(answer.userErrors[0].code).toBe('IDEMPOTENCY_KEY_INVALID');
});
