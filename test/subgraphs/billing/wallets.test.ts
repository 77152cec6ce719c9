import type { TestHouse } from '../../support/house';
import { finance } from '../../support/viewers';
import {
  acme,
  acmeBuyer,
  addCard,
  announcedData,
  booksAgree,
  globex,
  globexBuyer,
  openBilling,
  postedInvoice,
  postMemo,
  usd,
} from './scene';

let house: TestHouse;
let number: string;
beforeEach(async () => {
  house = await openBilling();
  number = await postedInvoice(house, 1); // $1,194.09
});
afterEach(() => house.close());

const APPLY = `mutation ($input: ApplyCreditInput!) { applyCredit(input: $input) {
  invoice { balance { amount } creditApplied { amount { amount } working } } wallet { currency balance { amount } available { amount } } userErrors { code }
} }`;
const apply = async (input: object = {}, viewer = acmeBuyer) =>
  (await house.run(viewer, APPLY, { input: { idempotencyKey: JSON.stringify(input), invoiceNumber: number, ...input } })).data.applyCredit;
const WALLETS = `query ($account: ID!) { _entities(representations: [{ __typename: "BillingAccount", id: $account }]) { ... on BillingAccount {
  wallets { currency balance { amount } movements { totalCount nodes {
    kind amount { amount } balance { amount } working creditMemo { number } invoice { number } refund { number } } } } } } }`;
const walletsOf = async (account = acme, viewer = acmeBuyer) => (await house.run(viewer, WALLETS, { account })).data._entities[0]?.wallets;

/** Another invoice, all of whose $1,194.09 the account keeps as credit. */
const someCredit = async (n = 2) => postMemo(house, await postedInvoice(house, n), { use: 'ACCOUNT_CREDIT' });

test('credit pays an invoice in part, then the rest, and the wallet tells how', async () => {
  await someCredit();
  expect(await apply({ amount: usd('400.00') })).toEqual({
    invoice: {
      balance: { amount: '794.09' },
      creditApplied: [{ amount: { amount: '-400.00' }, working: '$1,194.09 credit − $400.00 = $794.09' }],
    },
    wallet: { currency: 'USD', balance: { amount: '794.09' }, available: { amount: '794.09' } },
    userErrors: [],
  });
  expect(await apply()).toMatchObject({ invoice: { balance: { amount: '0.00' } }, wallet: { balance: { amount: '0.00' } } });
  expect(await apply({ idempotencyKey: 'more' })).toMatchObject({ userErrors: [{ code: 'INVOICE_ALREADY_PAID' }] });
  expect(await walletsOf()).toMatchObject([
    {
      currency: 'USD',
      balance: { amount: '0.00' },
      movements: {
        totalCount: 3,
        nodes: [
          { kind: 'INVOICE', amount: { amount: '-794.09' }, balance: { amount: '0.00' }, creditMemo: null, invoice: { number } },
          { kind: 'INVOICE', amount: { amount: '-400.00' }, balance: { amount: '794.09' } }, // $1,194.09 − $400.00
          { kind: 'CREDIT_MEMO', amount: { amount: '1194.09' }, creditMemo: { number: 'CM-00000001-0001' }, refund: null },
        ],
      },
    },
  ]);
  expect(await announcedData(house, 'CreditApplied.v1')).toMatchObject([
    { amount: usd('400.00'), balance: usd('794.09'), credit: usd('794.09') },
    { amount: usd('794.09'), balance: usd('0.00'), credit: usd('0.00') },
  ]);
  const postings = await house.sql`select code, debit_minor::int as debit, credit_minor::int as credit from journal_postings
    join journal_entries on id = entry_id where kind = 'CREDIT_APPLIED' order by debit_minor + credit_minor, position limit 2`;
  expect([...postings]).toEqual([
    { code: '2300', debit: 40_000, credit: 0 },
    { code: '1100', debit: 0, credit: 40_000 },
  ]);
  expect(await booksAgree(house)).toBe(true);
});

test('a new invoice is paid with credit by itself, one that a card pays is not', async () => {
  await someCredit(); // $1,194.09
  const next = await postedInvoice(house, 3);
  const { data } = await house.run(acmeBuyer, `{ invoice(number: "${next}") { balance { amount } creditApplied { amount { amount } } } }`);
  expect(data.invoice).toEqual({ balance: { amount: '0.00' }, creditApplied: [{ amount: { amount: '-1194.09' } }] });
  expect(await announcedData(house, 'InvoicePosted.v1')).toHaveLength(3);
  expect(await booksAgree(house)).toBe(true);
});

test('50 uses of one credit at the same moment never make it negative', async () => {
  await someCredit();
  const third = await postedInvoice(house, 3, { accountId: acme, currency: 'USD' });
  await postMemo(house, third, { use: 'ACCOUNT_CREDIT' }); // the third invoice took the first credit; this is another $1,194.09
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => apply({ amount: usd('50.00'), idempotencyKey: `race ${n}` })));
  expect(answers.filter(answer => answer?.invoice)).toHaveLength(23); // 23 × $50.00 = $1,150.00 of $1,194.09
  const [wallet] = await house.sql`select balance_minor::int as balance, last_sequence as last from wallets`;
  expect(wallet).toEqual({ balance: 4_409, last: 26 }); // $1,194.09 − $1,150.00; 2 memos, 1 at posting, 23 here
  expect(await booksAgree(house)).toBe(true);
}, 120_000);

test('credit that is used twice at the same moment, to pay and to go back to a card, is used once', async () => {
  const paymentMethodId = await addCard(house, 'tok_visa_succeeds');
  const { data } = await house.run(acmeBuyer, 'mutation ($input: PayInvoiceInput!) { payInvoice(input: $input) { payment { id } } }', {
    input: { idempotencyKey: 'pay', invoiceNumber: number, paymentMethodId },
  });
  await house.runJobs();
  const other = await postedInvoice(house, 2);
  await postMemo(house, number, {}); // $1,194.09 of credit, and an open invoice of $1,194.09
  const REFUND = 'mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) { userErrors { code } } }';
  const [refunded, applied] = await Promise.all([
    house
      .run(finance, REFUND, {
        input: { idempotencyKey: 'r', paymentId: data.payInvoice.payment.id, amount: usd('1194.09'), reason: 'Gone' },
      })
      .then(answer => answer.data.refundPayment),
    apply({ invoiceNumber: other, amount: usd('1194.09') }),
  ]);
  expect([refunded.userErrors.length, applied.userErrors.length].toSorted()).toEqual([0, 1]);
  await house.runJobs();
  expect(await booksAgree(house)).toBe(true);
});

test.each([
  ['CREDIT_INSUFFICIENT', { amount: usd('1194.09') }],
  ['OVERPAYMENT', { amount: usd('1194.10') }],
  ['CURRENCY_MISMATCH', { amount: { amount: '1.00', currency: 'EUR' } }],
  ['AMOUNT_NOT_POSITIVE', { amount: usd('0') }],
  ['INVOICE_NOT_FOUND', { invoiceNumber: 'INV-00000001-0404' }],
])('%s is refused and no credit is used', async (code, input) => {
  await postMemo(house, await postedInvoice(house, 2), { use: 'ACCOUNT_CREDIT', lines: null });
  await house.sql`update wallets set balance_minor = 119408`; // a cent less than is owed
  expect(await apply(input)).toMatchObject({ invoice: null, userErrors: [{ code }] });
});

test('credit is of one account, and nobody else sees or uses it', async () => {
  expect(await apply()).toMatchObject({ userErrors: [{ code: 'CREDIT_INSUFFICIENT' }] });
  await someCredit();
  expect(await apply({}, globexBuyer)).toMatchObject({ userErrors: [{ code: 'INVOICE_NOT_FOUND' }] });
  expect(await walletsOf(globex, globexBuyer)).toEqual([]);
  expect(await walletsOf(acme, globexBuyer)).toBeUndefined();
  expect(await walletsOf(acme, finance)).toHaveLength(1);
});

test('a dry run uses no credit, and the same request again uses it once', async () => {
  await someCredit();
  expect(await apply({ dryRun: true, amount: usd('1.00') })).toMatchObject({ invoice: { balance: { amount: '1193.09' } } });
  const first = await apply({ amount: usd('1.00'), idempotencyKey: 'once' });
  expect(await apply({ amount: usd('1.00'), idempotencyKey: 'once' })).toEqual(first);
  expect((await walletsOf())[0].balance.amount).toBe('1193.09'); // $1,194.09 − $1.00
});
