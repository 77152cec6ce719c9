import type { TestHouse } from '../../support/house';
import { analyst, finance } from '../../support/viewers';
import { acme, acmeBuyer, addCard, aId, announcedData, globex, globexBuyer, journalSums, openBilling, postedInvoice, usd } from './scene';

let house: TestHouse;
let number: string;
let card: string;
beforeEach(async () => {
  house = await openBilling();
  number = await postedInvoice(house, 1); // $1,194.09
  card = await addCard(house, 'tok_visa_succeeds');
});
afterEach(() => house.close());

const PAY = `mutation PayInvoice($input: PayInvoiceInput!) {
  payInvoice(input: $input) { payment { id status } invoice { number balance { amount currency } } userErrors { code message path retryable } }
}`;
const pay = async (input: object, viewer = acmeBuyer) =>
  (
    await house.run(viewer, PAY, {
      input: { idempotencyKey: JSON.stringify(input), invoiceNumber: number, paymentMethodId: card, ...input },
    })
  ).data.payInvoice;
const balance = async () =>
  (await house.run(acmeBuyer, `{ invoice(number: "${number}") { balance { amount } } }`)).data.invoice.balance.amount;

test('an invoice is paid in part, then the rest, and each payment shows how the balance fell', async () => {
  expect(await pay({ amount: usd('400.00') })).toMatchObject({
    payment: { status: 'REQUESTED' },
    invoice: { balance: usd('1194.09') },
    userErrors: [],
  });
  await house.runJobs();
  expect(await balance()).toBe('794.09'); // $1,194.09 − $400.00
  house.setClock(new Date('2026-06-15T12:00:01Z'));
  await pay({});
  await house.runJobs();
  expect(await balance()).toBe('0.00'); // $794.09 − $794.09

  const { data } = await house.run(
    acmeBuyer,
    `{ invoice(number: "${number}") { payments { status amount { amount } working method { lastFour } } } }`,
  );
  expect(data.invoice.payments).toEqual([
    { status: 'CAPTURED', amount: { amount: '400.00' }, working: '$1,194.09 owed − $400.00 paid = $794.09', method: { lastFour: '4242' } },
    { status: 'CAPTURED', amount: { amount: '794.09' }, working: '$794.09 owed − $794.09 paid = $0.00', method: { lastFour: '4242' } },
  ]);
  expect(await announcedData(house, 'PaymentReceived.v1')).toMatchObject([{ balance: usd('794.09') }, { balance: usd('0.00') }]);
  expect(await pay({ amount: usd('0.01') })).toMatchObject({ userErrors: [{ code: 'INVOICE_ALREADY_PAID' }] });
  await expect(house.sql`update allocations set amount_minor = 1`).rejects.toThrow('append-only');
  expect(await journalSums(house)).toEqual([{ currency: 'USD', sum: '0' }]);
});

test.each([
  ['OVERPAYMENT', { amount: usd('1194.10') }],
  ['AMOUNT_NOT_POSITIVE', { amount: usd('0') }],
  ['AMOUNT_NOT_POSITIVE', { amount: usd('-1.00') }],
  ['AMOUNT_INVALID', { amount: usd('1.001') }],
  ['CURRENCY_MISMATCH', { amount: { amount: '1.00', currency: 'EUR' } }],
  ['CURRENCY_NOT_SUPPORTED', { amount: { amount: '1.00', currency: 'XAF' } }],
  ['INVOICE_NOT_FOUND', { invoiceNumber: 'INV-00000001-0404' }],
  ['PAYMENT_METHOD_NOT_FOUND', { paymentMethodId: aId('paymentMethod', 404) }],
  ['PAYMENT_METHOD_NOT_FOUND', { paymentMethodId: 'no id at all' }],
])('%s is refused and nothing is owed less', async (code, input) => {
  expect(await pay(input)).toMatchObject({ payment: null, invoice: null, userErrors: [{ code, retryable: false }] });
  await house.runJobs();
  expect(await balance()).toBe('1194.09');
});

test("another account's invoice cannot be paid, nor mine with another account's card", async () => {
  const theirs = await addCard(house, 'tok_visa_succeeds', globex);
  expect(await pay({ paymentMethodId: theirs }, globexBuyer)).toMatchObject({ userErrors: [{ code: 'INVOICE_NOT_FOUND' }] });
  expect(await pay({ paymentMethodId: theirs })).toMatchObject({ userErrors: [{ code: 'PAYMENT_METHOD_NOT_FOUND' }] });
  house.setClock(new Date('2100-01-01T00:00:00Z'));
  expect(await pay({})).toMatchObject({ userErrors: [{ code: 'PAYMENT_METHOD_EXPIRED' }] });
});

test('ten payments at the same moment never add up to more than is owed', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => pay({ amount: usd('300.00'), idempotencyKey: `race ${n}` })));
  expect(answers.filter(answer => answer.payment)).toHaveLength(3); // 3 × $300.00 = $900.00; a fourth would be $1,200.00
  expect(new Set(answers.flatMap(answer => answer.userErrors.map((error: { code: string }) => error.code)))).toEqual(
    new Set(['OVERPAYMENT']),
  );
  await house.runJobs();
  expect(await balance()).toBe('294.09'); // $1,194.09 − $900.00
});

test('the same request again is the same payment: the card is charged once', async () => {
  const first = await pay({ idempotencyKey: 'once' });
  const again = await pay({ idempotencyKey: 'once' });
  expect(again.payment.id).toBe(first.payment.id);
  expect(await pay({ idempotencyKey: 'once', amount: usd('1.00') })).toMatchObject({ userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] });
  expect(await pay({ idempotencyKey: 'twice' })).toMatchObject({ userErrors: [{ code: 'PAYMENT_IN_PROGRESS', retryable: true }] });
  await house.runJobs();
  const [charged] =
    await house.sql`select count(*)::int as charges, sum(captured_minor)::int as minor from development_provider.authorizations`;
  expect(charged).toEqual({ charges: 1, minor: 119_409 });
});

test('a declined card leaves the invoice open for another', async () => {
  await pay({ paymentMethodId: await addCard(house, 'tok_declined') });
  await house.runJobs();
  const { data } = await house.run(acmeBuyer, `{ invoice(number: "${number}") { balance { amount } payments { status failure } } }`);
  expect(data.invoice).toEqual({
    balance: { amount: '1194.09' },
    payments: [{ status: 'FAILED', failure: 'The bank declined the card.' }],
  });
  await pay({});
  await house.runJobs();
  expect(await balance()).toBe('0.00');
});

test('an invoice paid with 3-D Secure is charged once the buyer has confirmed', async () => {
  const { payment } = await pay({ paymentMethodId: await addCard(house, 'tok_three_d_secure') });
  await house.runJobs();
  expect((await house.run(acmeBuyer, `{ payment(id: "${payment.id}") { status } }`)).data.payment).toEqual({ status: 'REQUIRES_ACTION' });
  expect((await house.run(globexBuyer, `{ payment(id: "${payment.id}") { status } }`)).data.payment).toBeNull();
  const input = { idempotencyKey: 'yes', paymentId: payment.id, challengeResponse: '123456' };
  await house.run(acmeBuyer, 'mutation ($input: ConfirmPaymentInput!) { confirmPayment(input: $input) { payment { id } } }', { input });
  await house.runJobs();
  expect(await balance()).toBe('0.00');
});

test('a dry run answers what would be paid, and charges nothing', async () => {
  expect(await pay({ dryRun: true })).toMatchObject({ payment: { status: 'REQUESTED' }, invoice: { number }, userErrors: [] });
  await house.runJobs();
  expect((await house.sql`select 1 from payments`).length).toBe(0);
  expect((await pay({})).userErrors).toEqual([]);
});

const RECORD = `mutation ($input: RecordPaymentInput!) {
  recordPayment(input: $input) { payment { kind status reference receivedOn } invoice { balance { amount } } userErrors { code path } }
}`;
const record = async (input: object, viewer = finance) =>
  house.run(viewer, RECORD, {
    input: {
      idempotencyKey: JSON.stringify(input),
      invoiceNumber: number,
      amount: usd('1194.09'),
      receivedOn: '2026-06-14',
      reference: 'Wire 77',
      ...input,
    },
  });

test('finance records a bank transfer, and the invoice is paid at once', async () => {
  expect((await record({})).data.recordPayment).toEqual({
    payment: { kind: 'BANK_TRANSFER', status: 'CAPTURED', reference: 'Wire 77', receivedOn: '2026-06-14' },
    invoice: { balance: { amount: '0.00' } },
    userErrors: [],
  });
  const [entry] = await house.sql`select posted_on::text as on from journal_entries where kind = 'PAYMENT_RECEIVED'`;
  expect(entry).toEqual({ on: '2026-06-14' });
});

test.each([
  ['OVERPAYMENT', { amount: usd('1194.10') }],
  ['RECEIVED_IN_FUTURE', { receivedOn: '2026-06-16' }],
  ['INPUT_INVALID', { reference: ' \u202e ' }],
  ['INVOICE_NOT_FOUND', { invoiceNumber: 'INV-0-0' }],
])('%s is refused when a transfer is recorded', async (code, input) => {
  expect((await record(input)).data.recordPayment).toMatchObject({ payment: null, userErrors: [{ code }] });
});

test('buyers record no transfers, and finance pays with no card', async () => {
  expect((await record({}, acmeBuyer)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  const { errors } = await house.run(finance, PAY, { input: { idempotencyKey: 'x', invoiceNumber: number, paymentMethodId: card } });
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

const OVERDUE = `query OverdueInvoices($days: Int!) {
  invoices(first: 50, where: { daysOverdue: { gte: $days } }) { nodes { number billingAccount { id } dueOn daysOverdue balance { amount currency } } totalCount }
}`;

test('overdue invoices are those due so long ago and still owed', async () => {
  const paid = await postedInvoice(house, 2);
  await record({ invoiceNumber: paid });
  house.setClock(new Date('2026-08-14T00:00:00Z')); // due on 15 July: 30 days ago
  const overdue = async (days: number) => (await house.run(analyst, OVERDUE, { days })).data.invoices;
  expect(await overdue(30)).toEqual({
    nodes: [{ number, billingAccount: { id: acme }, dueOn: '2026-07-15', daysOverdue: 30, balance: usd('1194.09') }],
    totalCount: 1,
  });
  expect((await overdue(31)).nodes).toEqual([]);
  expect((await house.run(analyst, OVERDUE, { days: 0 })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

const TRIAL_BALANCE = `query TrialBalance($on: Date!) {
  trialBalance(on: $on) { accounts { code name debit { amount currency } credit { amount currency } } isBalanced }
}`;

test('the trial balance of a day counts what was posted until then', async () => {
  await postedInvoice(house, 2, { accountId: globex, currency: 'EUR' });
  await record({ amount: usd('400.00') }); // received on 14 June, the day before the invoice
  const { data } = await house.run(finance, TRIAL_BALANCE, { on: '2026-06-15' });
  const stands = data.trialBalance.accounts.map(
    (row: { code: string; debit: { amount: string; currency: string }; credit: { amount: string } }) => [
      row.debit.currency,
      row.code,
      row.debit.amount,
      row.credit.amount,
    ],
  );
  expect(stands).toEqual([
    ['EUR', '1000', '0.00', '0.00'],
    ['EUR', '1100', '1194.09', '0.00'],
    ['EUR', '2200', '0.00', '88.45'],
    ['EUR', '2300', '0.00', '0.00'],
    ['EUR', '2400', '0.00', '1105.64'],
    ['EUR', '3900', '0.00', '0.00'],
    ['USD', '1000', '400.00', '0.00'],
    ['USD', '1100', '794.09', '0.00'], // $1,194.09 − $400.00
    ['USD', '2200', '0.00', '88.45'],
    ['USD', '2300', '0.00', '0.00'],
    ['USD', '2400', '0.00', '1105.64'],
    ['USD', '3900', '0.00', '0.00'],
  ]);
  expect(data.trialBalance.isBalanced).toBe(true); // 400.00 + 794.09 = 88.45 + 1,105.64
  expect((await house.run(finance, TRIAL_BALANCE, { on: '2026-06-13' })).data.trialBalance).toEqual({ accounts: [], isBalanced: true });
  expect((await house.run(acmeBuyer, TRIAL_BALANCE, { on: '2026-06-15' })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
