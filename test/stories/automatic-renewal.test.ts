/** What happens on the last day of a term without anybody acting. */
import { openTestPlatform, type TestPlatform } from '../support/platform';
import { accepted, type Company, newKey } from '../support/shop';

let platform: TestPlatform;
let company: Company;
let renewing: string;
let unwanted: string;
beforeAll(async () => {
  platform = await openTestPlatform({ now: new Date('2026-01-01T09:00:00.000Z') });
  company = await platform.openCompany('Northwind');
  renewing = await sold(10);
  unwanted = await sold(4);
  await payAll();
  await setAutoRenew(unwanted, false);
  await platform.clock.set(new Date('2026-12-30T12:00:00.000Z'));
});
afterAll(() => platform?.close());

const REFUSALS = 'userErrors { code message path }';
const RECORD = `mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { ${REFUSALS} } }`;
const WISH = `mutation ($input: SetAutoRenewInput!) { setAutoRenew(input: $input) { ${REFUSALS} } }`;
const INVOICES = `query ($account: ID!) { billingAccount(id: $account) { invoices(first: 10) { nodes {
  number issuedOn total { amount } balance { amount currency } lines { quantity } } } } }`;
const SUBSCRIPTION = `query ($name: ID!) { subscription(name: $name) {
  status seats term { kind startsOn endsOn } nextCharge { on amount { amount } } renewalAttempts { status reasons seats attemptedAt } } }`;

async function sold(quantity: number): Promise<string> {
  const order = await platform.untilOrder(company.token, await platform.buy(company, { sku: 'premium-self-managed', quantity }));
  return order.actions[0].subscription.name;
}
const invoices = async () => (await platform.query(company.token, INVOICES, { account: company.accountId })).billingAccount.invoices.nodes;
const subscription = async (name: string) => (await platform.query(company.token, SUBSCRIPTION, { name })).subscription;

async function payAll(): Promise<void> {
  const finance = await platform.finance();
  for (const { number: invoiceNumber, balance: amount } of await invoices()) {
    const input = { idempotencyKey: newKey(), invoiceNumber, amount, receivedOn: '2026-01-01', reference: 'Wire' };
    accepted((await platform.query(finance, RECORD, { input })).recordPayment);
  }
}

async function setAutoRenew(subscriptionName: string, isOn: boolean): Promise<void> {
  const input = { idempotencyKey: newKey(), subscriptionName, isOn };
  accepted((await platform.query(company.token, WISH, { input })).setAutoRenew);
}

test('a year is renewed at midnight of its last day, for what was foretold, and what is not wanted ends', async () => {
  const foretold = (await subscription(renewing)).nextCharge;
  expect(foretold).toEqual({ on: '2026-12-31', amount: { amount: '2280.00' } }); // 10 × $228
  await platform.clock.moveTo(new Date('2027-01-01T12:00:00.000Z'));

  expect(await subscription(renewing)).toMatchObject({
    status: 'ACTIVE',
    seats: 10,
    term: { kind: 'RENEWAL', startsOn: '2027-01-01', endsOn: '2028-01-01' },
    nextCharge: { on: '2027-12-31' },
    renewalAttempts: [{ status: 'RENEWED', reasons: [], seats: 10, attemptedAt: '2026-12-31T00:00:00.000Z' }],
  });
  const posted = await invoices();
  expect(posted).toHaveLength(3);
  expect(posted).toContainEqual(expect.objectContaining({ issuedOn: foretold.on, total: foretold.amount }));

  expect(await subscription(unwanted)).toMatchObject({
    status: 'EXPIRED',
    nextCharge: null,
    renewalAttempts: [{ status: 'NOT_ATTEMPTED', reasons: ['TURNED_OFF'], seats: null }],
  });
});
