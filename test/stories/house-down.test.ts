import { operationNamed } from '../support/operations';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { accepted, purchaseOf } from '../support/shop';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform?.close());

test('while billing is down a buyer sees the account and buys; the purchase is fulfilled when billing is back', async () => {
  const company = await platform.openCompany('Proseware');
  await platform.untilOrder(company.token, await platform.buy(company, { sku: 'premium-self-managed', quantity: 8 }));
  await platform.stopHouse('billing');

  const asked = performance.now();
  const { status, data, errors } = await platform.ask(company.token, operationNamed('MyPurchases'), { account: company.accountId });
  expect(performance.now() - asked).toBeLessThan(5_000);
  expect(status).toBe(200);
  expect(data.billingAccount).toMatchObject({ id: company.accountId, name: 'Proseware', invoices: null });
  expect(data.billingAccount.subscriptions.nodes).toEqual([expect.objectContaining({ seats: 8, status: 'ACTIVE' })]);
  expect(data.billingAccount.subscriptions.nodes[0].activation.code).toMatch(/^\w{24}$/);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({
    path: ['billingAccount', 'invoices'],
    extensions: { code: 'HOUSE_UNAVAILABLE', house: 'billing' },
  });
  expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|ECONN|postgres/);

  const input = purchaseOf(company, { sku: 'ultimate-self-managed', quantity: 3 });
  const placed = accepted((await platform.run(company.token, 'BuySubscription', { input })).placeOrder);
  await platform.untilOrder(company.token, placed.order.id, 'PROVISIONING');

  await platform.startHouse('billing');
  const order = await platform.untilOrder(company.token, placed.order.id);
  expect(order.steps.every(({ attempts }: { attempts: number }) => attempts === 1)).toBe(true);
  const { billingAccount } = await platform.run(company.token, 'InvoiceCenter', { account: company.accountId });
  expect(billingAccount.invoices.nodes).toHaveLength(2);
});

test('while customers is down a buyer still follows an order and reads invoices by number', async () => {
  const company = await platform.openCompany('Wingtip');
  const orderId = await platform.buy(company, { sku: 'premium-self-managed', quantity: 2 });
  await platform.untilOrder(company.token, orderId);
  const { order } = await platform.query(company.token, 'query ($id: ID!) { order(id: $id) { invoice { number } } }', { id: orderId });
  await platform.stopHouse('customers');

  const progress = await platform.run(company.token, 'OrderProgress', { id: orderId });
  expect(progress.order.state).toBe('FULFILLED');
  const told = await platform.ask(company.token, INVOICE, { number: order.invoice.number });
  expect(told.data.invoice).toMatchObject({ total: { amount: '456.00' } }); // 2 × $228
  expect(told.errors.map(({ extensions }) => extensions.code)).toEqual(['HOUSE_UNAVAILABLE']);
  await platform.startHouse('customers');
});

const INVOICE = 'query ($number: String!) { invoice(number: $number) { total { amount } billingAccount { id name } } }';
