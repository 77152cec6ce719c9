import { openTestPlatform, type TestPlatform } from '../support/platform';
import { accepted, newKey } from '../support/shop';

let platform: TestPlatform;

// Of the 365 days from here to 2026-06-15, 177 are left on 2025-12-20.
beforeAll(async () => {
  platform = await openTestPlatform({ now: new Date('2025-06-15T12:00:00.000Z') });
});
afterAll(() => platform?.close());

test('10 seats at $228 added with 177 days left cost exactly $1,105.64, end with the term and make version 2', async () => {
  const { run, query } = platform;
  const company = await platform.openCompany('Contoso');
  const namespaceId = await platform.registerNamespace(company, 'contoso');
  const bought = await platform.untilOrder(company.token, await platform.buy(company, { sku: 'premium-saas', quantity: 40, namespaceId }));
  const subscriptionName = bought.actions[0].subscription.name;

  await platform.clock.set(new Date('2025-12-20T09:00:00.000Z'));
  const added = await run(company.token, 'AddSeats', { input: { idempotencyKey: newKey(), subscriptionName, quantity: 10 } });
  const order = await platform.untilOrder(company.token, accepted(added.addSeats).order.id);
  expect(order.actions).toEqual([
    { kind: 'ADD_SEATS', effectiveOn: '2025-12-20', subscription: { name: subscriptionName, status: 'ACTIVE' } },
  ]);

  const { subscription } = await query(company.token, SUBSCRIPTION, { name: subscriptionName });
  expect(subscription).toMatchObject({ version: 2, seats: 50, before: 40, term: { endsOn: '2026-06-15' } });
  expect(subscription.versions.nodes.map(({ number, seats }: { number: number; seats: number }) => [number, seats]).toSorted()).toEqual([
    [1, 40],
    [2, 50],
  ]);

  const { billingAccount } = await run(company.token, 'InvoiceCenter', { account: company.accountId });
  expect(billingAccount.invoices.nodes).toHaveLength(2);
  const invoice = billingAccount.invoices.nodes.find(({ issuedOn }: { issuedOn: string }) => issuedOn === '2025-12-20');
  expect(invoice.total).toEqual({ amount: '1105.64', currency: 'USD' }); // 10 × $228 ÷ 365 × 177 days
  expect(invoice.lines).toEqual([
    expect.objectContaining({
      quantity: 10,
      unitPrice: { amount: '228.00', currency: 'USD' },
      amount: { amount: '1105.64', currency: 'USD' },
      servicePeriod: { startsOn: '2025-12-20', endsOn: '2026-06-15' },
    }),
  ]);
  for (const part of ['10', '228.00', '177', '365']) expect(invoice.lines[0].working).toContain(part);

  const { namespace } = await query(company.token, 'query ($id: ID!) { namespace(id: $id) { subscription { seats } } }', {
    id: namespaceId,
  });
  expect(namespace.subscription.seats).toBe(50);
});

const SUBSCRIPTION = `query ($name: ID!) {
  subscription(name: $name) {
    version
    seats
    before: seats(asOf: "2025-12-19T12:00:00Z")
    term { endsOn }
    versions(first: 10) { nodes { number seats } }
  }
}`;
