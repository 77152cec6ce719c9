/** Flow 3, as sales runs it with the documents of its clients: offered, approved, accepted, invoiced for what was offered. */
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { accepted, eventually, newKey } from '../support/shop';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform({ now: new Date('2026-06-15T12:00:00.000Z') });
});
afterAll(() => platform?.close());

const offer = (billingAccountId: string, createSubscription: object, change: object = {}) => ({
  input: { idempotencyKey: newKey(), billingAccountId, kind: 'NEW', opportunityId: 'opp-7', actions: [{ createSubscription }], ...change },
});

test('an offer with a discount is approved, accepted, and becomes the order and the invoice that it said', async () => {
  const { run } = platform;
  const company = await platform.openCompany('Northwind');
  const sales = await platform.staff('SALES');
  const plan = { sku: 'premium-self-managed', quantity: 100, termMonths: 36 };
  const made = accepted((await run(sales, 'CreateQuote', offer(company.accountId, plan, { discountPercent: '12.5' }))).createQuote).quote;
  expect(made).toMatchObject({
    status: 'DRAFT',
    approval: { state: 'REQUIRED' },
    netArr: { amount: '19950.00', currency: 'USD' }, // 100 × $199.50, which is $228 less 12.5 %
    total: { amount: '59850.00', currency: 'USD' }, // for three years
  });

  const ASK = 'mutation ($input: RequestApprovalInput!) { requestApproval(input: $input) { quote { id } userErrors { code } } }';
  await platform.query(sales, ASK, { input: { idempotencyKey: newKey(), quoteId: made.id } });
  const queue = (await run(sales, 'QuoteQueue', {})).quotes.nodes;
  expect(queue).toMatchObject([{ id: made.id, kind: 'NEW', isPrimary: true, discountPercent: '12.5', termMonths: 36 }]);
  const review = { input: { idempotencyKey: newKey(), quoteId: made.id, decision: 'APPROVE' } };
  expect(accepted((await run(sales, 'ReviewQuote', review)).reviewQuote).quote.approval.state).toBe('APPROVED');

  const submission = { input: { idempotencyKey: newKey(), quoteId: made.id, termsAcceptedBy: 'ada@northwind.example', poNumber: 'PO-7' } };
  const { quote, order } = accepted((await run(sales, 'SubmitQuote', submission)).submitQuote);
  expect(quote.status).toBe('ACCEPTED');
  expect((await run(sales, 'SubmitQuote', submission)).submitQuote.order.id).toBe(order.id);
  await platform.untilOrder(company.token, order.id);
  const { billingAccount } = await run(company.token, 'InvoiceCenter', { account: company.accountId });
  expect(billingAccount.invoices.nodes).toMatchObject([{ total: { amount: '59850.00' } }]);
});

test('a ramp is sold, invoiced for its first year, and shows its years on the subscription', async () => {
  const { run, query } = platform;
  const company = await platform.openCompany('Fabrikam');
  const sales = await platform.staff('SALES');
  const plan = { sku: 'premium-self-managed', quantity: 10, termMonths: 36, rampSeats: [15, 20] };
  const { quote } = accepted((await run(sales, 'CreateQuote', offer(company.accountId, plan))).createQuote);
  expect(quote).toMatchObject({ total: { amount: '10260.00' }, netArr: { amount: '2280.00' } }); // (10 + 15 + 20) × $228; 10 × $228
  const submission = { input: { idempotencyKey: newKey(), quoteId: quote.id, termsAcceptedBy: 'ada@fabrikam.example' } };
  const submitted = accepted((await run(sales, 'SubmitQuote', submission)).submitQuote);
  const order = await platform.untilOrder(company.token, submitted.order.id);
  const name = order.actions[0].subscription.name;
  const RAMP = 'query ($name: ID!) { subscription(name: $name) { seats ramp { startsOn seats } } }';
  expect((await query(company.token, RAMP, { name })).subscription).toEqual({
    seats: 10,
    ramp: [
      { startsOn: '2027-06-15', seats: 15 },
      { startsOn: '2028-06-15', seats: 20 },
    ],
  });
  const { billingAccount } = await run(company.token, 'InvoiceCenter', { account: company.accountId });
  expect(billingAccount.invoices.nodes).toMatchObject([{ total: { amount: '2280.00' } }]);
});

test('a self-managed subscription goes to another company with its name and its code', async () => {
  const { query } = platform;
  const [from, to] = [await platform.openCompany('Tailspin'), await platform.openCompany('Wingtip')];
  const order = await platform.untilOrder(from.token, await platform.buy(from, { sku: 'premium-self-managed', quantity: 10 }));
  const name = order.actions[0].subscription.name;
  const sales = await platform.staff('SALES');
  const READ = 'query ($name: ID!) { subscription(name: $name) { name seats status billingAccount { id } activation { code } } }';
  const before = (await query(from.token, READ, { name })).subscription;
  const HAND =
    'mutation ($input: TransferOwnerInput!) { transferOwner(input: $input) { order { id } userErrors { code message path retryable } } }';
  const input = { idempotencyKey: newKey(), subscriptionName: name, toBillingAccountId: to.accountId };
  const handed = accepted((await query(sales, HAND, { input })).transferOwner);
  await platform.untilOrder(from.token, handed.order.id);
  const there = await eventually(async () => {
    const { subscription } = await query(to.token, READ, { name });
    return subscription?.activation && subscription;
  });
  expect(there).toEqual({ ...before, billingAccount: { id: to.accountId } });
  expect((await query(from.token, READ, { name })).subscription).toBeNull();
});
