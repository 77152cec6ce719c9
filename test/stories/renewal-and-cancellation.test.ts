import { openTestPlatform, type TestPlatform } from '../support/platform';
import { accepted, type Company, eventually, newKey } from '../support/shop';

let platform: TestPlatform;
let company: Company;
let paymentMethodId: string;
beforeAll(async () => {
  platform = await openTestPlatform({ now: new Date('2025-06-15T12:00:00.000Z') });
  company = await platform.openCompany('Northwind');
  // Paid at once: an invoice that is left for a year would put the account on hold.
  paymentMethodId = await platform.addCard(company, 'tok_amex_succeeds');
});
afterAll(() => platform?.close());

const REFUSALS = 'userErrors { code message path }';
const RENEW = `mutation RenewNow($input: RenewSubscriptionInput!) { renewSubscription(input: $input) { order { id state total { amount } } ${REFUSALS} } }`;
const CANCEL = `mutation CancelNow($input: CancelSubscriptionInput!) { cancelSubscription(input: $input) { order { id state total { amount } } ${REFUSALS} } }`;
const BUY = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id state total { amount } } ${REFUSALS} } }`;
const SUBSCRIPTION = `query ($name: ID!, $on: DateTime) {
  subscription(name: $name) { version status seats plan { tier } term(asOf: $on) { kind startsOn endsOn } versions(first: 10) { nodes { number kind } } }
}`;
const LICENCE_TERMS = 'select version, status, term_ends_on::text as ends_on from subscription_copies where name = ';

async function sold(sku: string, quantity: number): Promise<string> {
  const order = await platform.untilOrder(company.token, await platform.buy(company, { sku, quantity, paymentMethodId }));
  return order.actions[0].subscription.name;
}
const subscriptionOn = async (name: string, on: string | null = null) =>
  (await platform.query(company.token, SUBSCRIPTION, { name, on })).subscription;
const licensed = async (name: string) => (await platform.sql('licenses').unsafe(`${LICENCE_TERMS}'${name}'`))[0];
const input = (subscriptionName: string, more: object = {}) => ({ input: { idempotencyKey: newKey(), subscriptionName, ...more } });

test('a year that is renewed ten days early is invoiced at once, runs on without a gap, and its licence with it', async () => {
  const name = await sold('premium-self-managed', 10);
  await platform.clock.set(new Date('2026-06-05T09:00:00.000Z'));
  const { renewSubscription } = await platform.query(company.token, RENEW, input(name));
  const renewed = accepted(renewSubscription).order;
  await platform.untilOrder(company.token, renewed.id);
  expect(renewed.total.amount).toBe('2280.00'); // 10 × $228

  expect(await subscriptionOn(name)).toMatchObject({ version: 2, status: 'ACTIVE', term: { kind: 'INITIAL', endsOn: '2026-06-15' } });
  expect(await subscriptionOn(name, '2026-06-15T00:00:00Z')).toMatchObject({
    term: { kind: 'RENEWAL', startsOn: '2026-06-15', endsOn: '2027-06-15' },
  });
  const { billingAccount } = await platform.run(company.token, 'InvoiceCenter', { account: company.accountId });
  expect(billingAccount.invoices.nodes).toHaveLength(2);
  // The licence of today is the one of the running term: nobody's instance gets one that has not begun.
  expect(await licensed(name)).toMatchObject({ version: 1, ends_on: '2026-06-15' });

  await platform.clock.set(new Date('2026-06-15T00:01:00.000Z'));
  await platform.sql('subscriptions')`select graphile_worker.add_job('keepTheCalendar', '{}'::json, run_at := '2020-01-01')`;
  await eventually(async () => (await licensed(name))?.['version'] === 2);
  expect(await licensed(name)).toMatchObject({ status: 'ACTIVE', ends_on: '2027-06-15' });
});

test('a purchase that is cancelled within 45 days ends today, asks for its money back, and its licence is told', async () => {
  const name = await sold('premium-self-managed', 3);
  const { cancelSubscription } = await platform.query(company.token, CANCEL, input(name, { refund: true, reason: 'Wrong plan.' }));
  const order = accepted(cancelSubscription).order;
  expect(order.total.amount).toBe('-684.00'); // 3 × $228
  await platform.untilOrder(company.token, order.id);
  expect(await subscriptionOn(name)).toMatchObject({ version: 2, status: 'CANCELLED', seats: 0 });
  await eventually(async () => (await licensed(name))?.['status'] === 'CANCELLED');
  expect((await platform.sql('orders')`select 1 from event_log where type = 'CreditRequested.v1'`).length).toBe(1);
});

test('an upgrade is one invoice with a credit and a charge, and the subscription has the plan at once', async () => {
  const name = await sold('premium-saas', 10);
  const { placeOrder } = await platform.query(company.token, BUY, {
    input: {
      idempotencyKey: newKey(),
      billingAccountId: company.accountId,
      termsAccepted: true,
      actions: [{ changePlan: { subscriptionName: name, sku: 'ultimate-saas' } }],
    },
  });
  const order = accepted(placeOrder).order;
  expect(order.total.amount).toBe('9600.00'); // 10 × ($1,188 − $228): all 365 days are left
  await platform.untilOrder(company.token, order.id);
  expect(await subscriptionOn(name)).toMatchObject({ version: 2, seats: 10, plan: { tier: 'ULTIMATE' } });
});
