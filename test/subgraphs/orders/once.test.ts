import type { TestHouse } from '../../support/house';
import { buyerOf } from '../../support/viewers';
import { accountEvent, acmeBuyer, aId, BUY, buy, openOrders, payload, premium, purchase, saidOfOrders, seats } from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openOrders();
});
afterEach(() => house.close());

const rowsOf = async (table: string) => Number((await house.sql.unsafe(`select count(*) from ${table}`))[0]?.count);

test('a dry run shows the order and saves nothing, its key included', async () => {
  const variables = purchase([premium()], { dryRun: true });
  const tried = payload(await house.run(acmeBuyer, BUY, variables), 'placeOrder');
  expect(tried).toMatchObject({ order: { state: 'PROVISIONING', total: { amount: '2280.00' } }, userErrors: [] });
  expect([await rowsOf('orders'), await rowsOf('order_lines'), await rowsOf('number_directory'), await rowsOf('idempotency_key')]).toEqual([
    0, 0, 0, 0,
  ]);
  expect(await saidOfOrders(house)).toEqual([]);
  const placed = payload(await house.run(acmeBuyer, BUY, { input: { ...variables.input, dryRun: false } }), 'placeOrder');
  expect(placed.userErrors).toEqual([]);
});

test('the same key and request is one order; the same key and another request is refused', async () => {
  const variables = purchase([premium()]);
  const [first, second] = await Promise.all([house.run(acmeBuyer, BUY, variables), house.run(acmeBuyer, BUY, variables)]);
  expect(payload(second, 'placeOrder').order.id).toBe(payload(first, 'placeOrder').order.id);
  expect(await rowsOf('orders')).toBe(1);
  const other = payload(
    await house.run(acmeBuyer, BUY, { input: { ...variables.input, actions: [premium({ quantity: 11 })] } }),
    'placeOrder',
  );
  expect(other).toMatchObject({ order: null, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] });
});

test('two additions at the same moment are both sold, one after the other', async () => {
  const placed = await Promise.all([1, 2, 3, 4].map(quantity => buy(house, [seats(quantity)])));
  expect(placed.map(({ userErrors }) => userErrors)).toEqual([[], [], [], []]);
  expect(await rowsOf('orders')).toBe(4);
});

test('an order of 115 lines takes no more statements than a small one', async () => {
  const statementsOf = async (count: number) => {
    const before = await house.statements();
    const { userErrors } = await buy(
      house,
      Array.from({ length: count }, (_, index) => premium({ quantity: index + 1 })),
    );
    expect(userErrors).toEqual([]);
    return (await house.statements()) - before;
  };
  // A few of them are the event log's own, which numbers what was announced while the next order is placed.
  expect(await statementsOf(1)).toBeLessThanOrEqual(20);
  expect(await statementsOf(115)).toBeLessThanOrEqual(20);
  expect(await rowsOf('order_lines')).toBe(116);
});

test('a purchase for an account that was opened a moment ago waits until it is announced, and no longer than a second', async () => {
  const newcomer = aId('account', 7);
  const buyer = buyerOf(newcomer);
  const variables = purchase([premium()], { billingAccountId: newcomer });
  const placing = house.run(buyer, BUY, variables);
  await house.receive('customers', accountEvent(newcomer));
  expect(payload(await placing, 'placeOrder').userErrors).toEqual([]);
  const unknown = await buy(house, [premium()], { billingAccountId: aId('account', 8) }, buyerOf(aId('account', 8)));
  expect(unknown.userErrors).toMatchObject([{ code: 'ACCOUNT_NOT_FOUND', retryable: true }]);
});

test.each(['', 'x'.repeat(256)])('a key of no characters or more than 255 is refused', async idempotencyKey => {
  const refused = payload(await house.run(acmeBuyer, BUY, purchase([premium()], { idempotencyKey })), 'placeOrder');
  expect(refused).toMatchObject({ order: null, userErrors: [{ code: 'IDEMPOTENCY_KEY_INVALID', path: ['idempotencyKey'] }] });
});
