/** What the tests of billing have in common: two accounts, an order's requests, and the ways to look at what came of them. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccountId, type Id, type IdKind, type InvoiceId, idFromUuid, type PaymentId } from '../../../kernel/ids';
import { type MoneyText, moneyOf, moneyText, sum } from '../../../kernel/money';
import { day } from '../../../kernel/time';
import { billing } from '../../../subgraphs/billing/server';
import type { BillingAccountChanged } from '../../../subgraphs/customers/events/published';
import type { InvoiceRequested, PaymentRequested } from '../../../subgraphs/orders/events/published';
import { openTestHouse, type TestHouse } from '../../support/house';
import { buyerOf, finance } from '../../support/viewers';

export const aId = <Kind extends IdKind>(kind: Kind, n: number): Id<Kind> =>
  idFromUuid(kind, `01890000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`);

export const acme = aId('account', 1);
export const globex = aId('account', 2);
export const acmeBuyer = buyerOf(acme);
export const globexBuyer = buyerOf(globex);

export const usd = (amount: string): MoneyText => ({ amount, currency: 'USD' });

const contact = {
  contactId: aId('contact', 1),
  name: 'Ada Lovelace',
  email: 'ada@acme.example',
  street: '1 Main Street',
  city: 'Springfield',
  postalCode: '12345',
  region: 'IL',
  country: 'US',
};

export const accountChanged = (
  accountId: AccountId,
  number: string,
  change: Partial<BillingAccountChanged> = {},
): BillingAccountChanged => ({
  accountId,
  version: 1,
  number,
  name: `The account ${number}`,
  organizationId: aId('organization', 1),
  organizationName: 'Acme',
  currency: 'USD',
  sellingEntity: 'US Inc',
  segment: 'COMMERCIAL',
  paymentTermsDays: 30,
  isAutoPay: false,
  isTaxExempt: false,
  vatId: null,
  holds: [],
  billTo: contact,
  soldTo: contact,
  ...change,
});

/** Where reminders of this file's tests are written. */
export const mailDir = mkdtempSync(join(tmpdir(), 'billing-mail-'));

/** The house with two accounts known to it. The provider is waited for briefly, so that a time-out is a short wait. */
export async function openBilling(): Promise<TestHouse> {
  const house = await openTestHouse(billing, { variables: { PAYMENT_PROVIDER_DEADLINE_MS: '250', MAIL_DIR: mailDir } });
  await house.receive(
    'customers',
    { type: 'BillingAccountChanged.v1', accountId: acme, data: accountChanged(acme, 'BA-00000001') },
    { type: 'BillingAccountChanged.v1', accountId: globex, data: accountChanged(globex, 'BA-00000002') },
  );
  return house;
}

export async function addCard(house: TestHouse, token: string, accountId: AccountId = acme): Promise<Id<'paymentMethod'>> {
  const { data } = await house.run(
    buyerOf(accountId),
    'mutation ($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { paymentMethod { id } userErrors { code } } }',
    { input: { idempotencyKey: `${token} for ${accountId}`, billingAccountId: accountId, providerToken: token } },
  );
  return data.addPaymentMethod.paymentMethod.id;
}

export const paymentRequested = (
  n: number,
  paymentMethodId: Id<'paymentMethod'>,
  change: Partial<PaymentRequested> = {},
): PaymentRequested => ({
  orderId: aId('order', n),
  orderNumber: `O-${n}`,
  accountId: acme,
  attempt: 1,
  paymentId: aId('payment', n),
  paymentMethodId,
  amount: usd('1194.09'), // $1,105.64 + 8 % tax of $88.45
  ...change,
});

export const invoiceRequested = (n: number, change: Partial<InvoiceRequested> = {}): InvoiceRequested => {
  const accountId = change.accountId ?? acme;
  const currency = change.currency ?? 'USD';
  const lines = change.lines ?? [
    {
      lineId: aId('invoiceLine', n),
      actionId: aId('orderAction', n),
      subscriptionId: aId('subscription', n),
      sku: 'premium-saas-1y',
      description: 'Premium, 10 seats more',
      quantity: 10,
      unitPrice: { amount: '228.00', currency },
      days: 177,
      amount: { amount: '1105.64', currency }, // 10 × 228.00 ÷ 365 × 177 days
      tax: { amount: '88.45', currency }, // 8 % of 1,105.64
      working: '10 × $228.00 ÷ 365 × 177 days = $1,105.64',
      servicePeriod: { startsOn: day('2026-06-15'), endsOn: day('2026-12-09') },
    },
  ];
  const subtotal = sum(
    lines.map(line => moneyOf(line.amount)),
    currency,
  );
  const tax = sum(
    lines.map(line => moneyOf(line.tax)),
    currency,
  );
  return {
    orderId: aId('order', n),
    orderNumber: `O-${n}`,
    accountId,
    attempt: 1,
    invoiceId: aId('invoice', n),
    currency,
    sellingEntity: 'US Inc',
    poNumber: null,
    issuedOn: day('2026-06-15'),
    dueOn: day('2026-07-15'),
    lines,
    subtotal: moneyText(subtotal),
    tax: moneyText(tax),
    total: moneyText(sum([subtotal, tax], currency)),
    paymentId: null,
    ...change,
  };
};

export const requestPayment = (house: TestHouse, data: PaymentRequested) =>
  house.receive('orders', { type: 'PaymentRequested.v1', accountId: data.accountId, data });

export const requestInvoice = (house: TestHouse, data: InvoiceRequested) =>
  house.receive('orders', { type: 'InvoiceRequested.v1', accountId: data.accountId, data });

/** Posts an open invoice of $1,194.09 and answers its number. */
export async function postedInvoice(house: TestHouse, n: number, change: Partial<InvoiceRequested> = {}): Promise<string> {
  await requestInvoice(house, invoiceRequested(n, change));
  const posted = (await house.announced('InvoicePosted.v1')).map(event => event.data as { invoiceId: InvoiceId; number: string });
  return posted.find(invoice => invoice.invoiceId === aId('invoice', n))!.number;
}

/** What the development provider has in its books for a payment's try. */
export async function providerRecord(house: TestHouse, paymentId: PaymentId, tries = 1) {
  const [record] =
    await house.sql`select status, calls, captured_minor::text as captured from development_provider.authorizations where key = ${`${paymentId}/${tries}`}`;
  return record ?? null;
}

/** Jobs that wait for their next try are made due. */
export async function runRetries(house: TestHouse): Promise<void> {
  await house.sql`update graphile_worker._private_jobs set run_at = now() where attempts > 0`;
  await house.runJobs();
}

/** The journal of each currency must always sum to zero. */
export const journalSums = (house: TestHouse) =>
  house.sql`select currency, (sum(debit_minor) - sum(credit_minor))::text as sum from journal_postings group by currency order by currency`;

export const announcedData = async (house: TestHouse, type: string) => (await house.announced(type)).map(event => event.data);

/** Finance credits an invoice; all that is left of it unless lines are named. */
export async function postMemo(house: TestHouse, invoiceNumber: string, input: object) {
  const { data } = await house.run(
    finance,
    `mutation ($input: PostCreditMemoInput!) { postCreditMemo(input: $input) {
      creditMemo {
        number use reason subtotal { amount currency } tax { amount currency } total { amount currency }
        applied { amount currency } kept { amount currency } working
        lines { description amount { amount currency } tax { amount currency } working }
      }
      invoice { balance { amount currency } } userErrors { code }
    } }`,
    { input: { idempotencyKey: `memo ${invoiceNumber} ${JSON.stringify(input)}`, invoiceNumber, reason: 'Fewer seats', ...input } },
  );
  return data.postCreditMemo;
}

/** Finance takes an invoice back. */
export async function voidIt(house: TestHouse, invoiceNumber: string, input: object = {}) {
  const { data } = await house.run(
    finance,
    `mutation ($input: VoidInvoiceInput!) { voidInvoice(input: $input) {
      invoice { status balance { amount currency } voidedOn voidReason } userErrors { code }
    } }`,
    { input: { idempotencyKey: `void ${invoiceNumber}`, invoiceNumber, reason: 'Sent by mistake', ...input } },
  );
  return data.voidInvoice;
}

/** The books say the same as the documents: entries sum to zero, 1100 is what is owed, 2300 is the credit in the wallets. */
export async function booksAgree(house: TestHouse): Promise<boolean> {
  const [sums] = await house.sql`select
    (select coalesce(sum(debit_minor - credit_minor), 0) from journal_postings) = 0
    and (select coalesce(sum(debit_minor - credit_minor), 0) from journal_postings where code = '1100') = (select coalesce(sum(balance_minor), 0) from receivables)
    and (select coalesce(sum(credit_minor - debit_minor), 0) from journal_postings where code = '2300') = (select coalesce(sum(balance_minor), 0) from wallets)
    and (select coalesce(sum(amount_minor), 0) from wallet_movements) = (select coalesce(sum(balance_minor), 0) from wallets) as agree`;
  return sums?.agree;
}
