import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { eventually, purchaseOf } from '../support/shop';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform?.close());

test('a buyer previews, buys by card, and finds the plan on the namespace, the invoice and the mail', async () => {
  const { run, untilOrder } = platform;
  const company = await platform.openCompany('Northwind Traders');
  const paymentMethodId = await platform.addCard(company, 'tok_visa_succeeds');
  const namespaceId = await platform.registerNamespace(company, 'northwind');
  const input = purchaseOf(company, { sku: 'premium-saas', quantity: 25, namespaceId, paymentMethodId });

  const { previewOrder } = await run(company.token, 'PreviewOrder', { input });
  expect(previewOrder.userErrors).toEqual([]);
  expect(previewOrder.total).toEqual({ amount: '5700.00', currency: 'USD' }); // 25 × $228
  expect(previewOrder.lines).toHaveLength(1);

  const { placeOrder } = await run(company.token, 'BuySubscription', { input });
  expect(placeOrder.userErrors).toEqual([]);
  expect(placeOrder.order.total).toEqual(previewOrder.total);

  const order = await untilOrder(company.token, placeOrder.order.id);
  expect(order.correlationId).toBe(placeOrder.correlationId);
  expect(order.steps.map((step: { kind: string; state: string }) => [step.kind, step.state])).toEqual(
    ['SCREENING', 'PAYMENT', 'BOOKING', 'SUBSCRIPTION', 'INVOICE', 'LICENSE', 'DELIVERY'].map(kind => [kind, 'DONE']),
  );
  const moments = order.timeline.map(({ at }: { at: string }) => at);
  expect(moments).toEqual(moments.toSorted());
  expect(order.timeline[0].kind).toBe('ORDER_PLACED');
  expect(order.timeline.at(-1).kind).toBe('ORDER_FULFILLED');
  expect(order.timeline.map(({ house }: { house: string }) => house)).toEqual(
    expect.arrayContaining(['orders', 'billing', 'subscriptions', 'licenses']),
  );

  const { billingAccount } = await run(company.token, 'MyPurchases', { account: company.accountId });
  expect(billingAccount.subscriptions.totalCount).toBe(1);
  const [subscription] = billingAccount.subscriptions.nodes;
  expect(subscription).toMatchObject({
    name: order.actions[0].subscription.name,
    status: 'ACTIVE',
    seats: 25,
    plan: { sku: 'premium-saas', tier: 'PREMIUM', deployment: 'SAAS' },
    term: { startsOn: '2026-06-15', endsOn: '2027-06-15' },
    activation: null,
    namespace: { id: namespaceId, path: 'northwind', seatsOwed: 0 },
    nextCharge: { on: '2027-06-14', amount: { amount: '5700.00', currency: 'USD' } },
  });
  const { namespace } = await platform.query(company.token, 'query ($id: ID!) { namespace(id: $id) { plan subscription { name } } }', {
    id: namespaceId,
  });
  expect(namespace).toEqual({ plan: 'PREMIUM', subscription: { name: subscription.name } });

  const center = await eventually(async () => {
    const told = await run(company.token, 'InvoiceCenter', { account: company.accountId });
    return told.billingAccount.openBalance.amount === '0.00' && told.billingAccount;
  });
  expect(center.invoices.nodes).toHaveLength(1);
  const [invoice] = center.invoices.nodes;
  expect(invoice.total).toEqual(previewOrder.total);
  expect(invoice.balance).toEqual({ amount: '0.00', currency: 'USD' });
  expect(invoice.lines).toHaveLength(1);
  expect(invoice.lines[0]).toMatchObject({
    quantity: 25,
    unitPrice: previewOrder.lines[0].unitPrice,
    amount: previewOrder.lines[0].amount,
    working: previewOrder.lines[0].working,
    servicePeriod: { startsOn: '2026-06-15', endsOn: '2027-06-15' },
  });

  const mails = readdirSync(platform.mailDir).map(name => readFileSync(join(platform.mailDir, name), 'utf8'));
  expect(mails).toHaveLength(1);
  expect(mails[0]).toContain('To: Ada Quill <ada@northwind-traders.example>');
  expect(mails[0]).toContain(subscription.name);
});
