import type { TestHouse } from '../../support/house';
import { analyst, finance, support } from '../../support/viewers';
import {
  acme,
  acmeBuyer,
  addCard,
  aId,
  announcedData,
  booksAgree,
  globexBuyer,
  journalSums,
  openBilling,
  postedInvoice,
  postMemo,
  usd,
  voidIt,
} from './scene';

let house: TestHouse;
let number: string;
beforeEach(async () => {
  house = await openBilling();
  number = await postedInvoice(house, 1); // $1,105.64 + $88.45 tax = $1,194.09
});
afterEach(() => house.close());

const line = aId('invoiceLine', 1);
const pay = async (input: object) => {
  const paymentMethodId = await addCard(house, 'tok_visa_succeeds');
  await house.run(acmeBuyer, 'mutation ($input: PayInvoiceInput!) { payInvoice(input: $input) { userErrors { code } } }', {
    input: { idempotencyKey: JSON.stringify(input), invoiceNumber: number, paymentMethodId, ...input },
  });
  await house.runJobs();
};

test('a part of a line is credited with its tax, and the invoice owes that much less', async () => {
  expect(await postMemo(house, number, { lines: [{ invoiceLineId: line, amount: usd('400.00') }] })).toEqual({
    creditMemo: {
      number: 'CM-00000001-0001',
      use: 'INVOICE_FIRST',
      reason: 'Fewer seats',
      subtotal: usd('400.00'),
      tax: usd('32.00'), // $88.45 × 400.00 ÷ 1,105.64
      total: usd('432.00'),
      applied: usd('432.00'),
      kept: usd('0.00'),
      working: '$1,194.09 owed − $432.00 credited = $762.09',
      lines: [
        {
          description: 'Premium, 10 seats more',
          amount: usd('400.00'),
          tax: usd('32.00'),
          working: '$400.00 of $1,105.64; tax $88.45 × $400.00 ÷ $1,105.64 = $32.00',
        },
      ],
    },
    invoice: { balance: usd('762.09') },
    userErrors: [],
  });
  const postings = await house.sql`select code, debit_minor::int as debit, credit_minor::int as credit
    from journal_postings join journal_entries on id = entry_id where kind = 'CREDIT_MEMO_POSTED' order by position`;
  expect([...postings]).toEqual([
    { code: '2400', debit: 40_000, credit: 0 },
    { code: '2200', debit: 3_200, credit: 0 },
    { code: '1100', debit: 0, credit: 43_200 },
  ]);
  expect(await announcedData(house, 'CreditMemoPosted.v1')).toMatchObject([
    { number: 'CM-00000001-0001', invoiceNumber: number, total: usd('432.00'), kept: usd('0.00'), invoiceBalance: usd('762.09') },
  ]);
  expect(await booksAgree(house)).toBe(true);
});

test('what the invoice does not take stays with the account, to the cent', async () => {
  await pay({ amount: usd('1000.00') });
  const { creditMemo, invoice } = await postMemo(house, number, {});
  expect(creditMemo).toMatchObject({ total: usd('1194.09'), applied: usd('194.09'), kept: usd('1000.00') }); // $1,194.09 − $1,000.00 paid
  expect(invoice.balance).toEqual(usd('0.00'));
  const [movement] =
    await house.sql`select kind, amount_minor::int as amount, balance_minor::int as balance, working from wallet_movements`;
  expect(movement).toEqual({ kind: 'CREDIT_MEMO', amount: 100_000, balance: 100_000, working: '$0.00 credit + $1,000.00 = $1,000.00' });
  expect(await booksAgree(house)).toBe(true);
  expect(await postMemo(house, number, { reason: 'Again' })).toMatchObject({ userErrors: [{ code: 'CREDIT_NOTHING_LEFT' }] });
});

test('the account keeps all of it when asked, though the invoice is open', async () => {
  const { creditMemo, invoice } = await postMemo(house, number, { use: 'ACCOUNT_CREDIT' });
  expect(creditMemo).toMatchObject({ applied: usd('0.00'), kept: usd('1194.09') });
  expect(invoice.balance).toEqual(usd('1194.09'));
  expect(await voidIt(house, number)).toMatchObject({ userErrors: [{ code: 'INVOICE_NOT_VOIDABLE' }] }); // or it would be given twice
  expect(await booksAgree(house)).toBe(true);
});

test.each([
  ['CREDIT_EXCEEDS_LINE', { lines: [{ invoiceLineId: line, amount: usd('1105.65') }] }],
  ['AMOUNT_NOT_POSITIVE', { lines: [{ invoiceLineId: line, amount: usd('-1.00') }] }],
  ['AMOUNT_INVALID', { lines: [{ invoiceLineId: line, amount: usd('1.001') }] }],
  ['CURRENCY_MISMATCH', { lines: [{ invoiceLineId: line, amount: { amount: '1.00', currency: 'EUR' } }] }],
  ['INVOICE_LINE_NOT_FOUND', { lines: [{ invoiceLineId: aId('invoiceLine', 404) }] }],
  ['CREDIT_NOTHING_LEFT', { lines: [] }],
  ['INVOICE_NOT_FOUND', { invoiceNumber: 'INV-00000001-0404' }],
  ['INPUT_INVALID', { reason: ' \u202e ' }],
  ['INPUT_INVALID', { lines: Array.from({ length: 301 }, () => ({ invoiceLineId: line })) }],
])('%s is refused and nothing is credited', async (code, input) => {
  expect(await postMemo(house, number, input)).toMatchObject({ creditMemo: null, userErrors: [{ code }] });
  expect((await house.sql`select 1 from credit_memos`).length).toBe(0);
});

test('20 credit memos at the same moment never credit more than was charged, and are numbered without a gap', async () => {
  const memos = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      postMemo(house, number, { reason: `Race ${n}`, lines: [{ invoiceLineId: line, amount: usd('100.00') }] }),
    ),
  );
  expect(memos.filter(memo => memo.creditMemo)).toHaveLength(11); // 11 × $100.00 = $1,100.00; a twelfth would be $1,200.00
  const [credited] = await house.sql`select sum(amount_minor)::int as amount, sum(tax_minor)::int as tax from credit_memo_lines`;
  expect(credited).toEqual({ amount: 110_000, tax: 8_800 }); // $88.45 × 1,100.00 ÷ 1,105.64 = $87.9988
  const numbers = await house.sql`select number from credit_memos order by sequence`;
  expect(numbers.map(row => row.number)).toEqual(Array.from({ length: 11 }, (_, n) => `CM-00000001-${String(n + 1).padStart(4, '0')}`));
  expect(await booksAgree(house)).toBe(true);
});

test('the same request again is the same credit memo, and a dry run posts none', async () => {
  expect(await postMemo(house, number, { dryRun: true })).toMatchObject({ creditMemo: { number: 'CM-00000001-0001' }, userErrors: [] });
  expect((await house.sql`select 1 from credit_memos`).length).toBe(0);
  const first = await postMemo(house, number, { idempotencyKey: 'once' });
  expect(await postMemo(house, number, { idempotencyKey: 'once' })).toEqual(first);
  expect((await house.sql`select 1 from credit_memos`).length).toBe(1);
});

test('an unpaid invoice is voided, its entry reversed, and it cannot be paid, credited or voided again', async () => {
  expect(await voidIt(house, number)).toEqual({
    invoice: { status: 'VOIDED', balance: usd('0.00'), voidedOn: '2026-06-15', voidReason: 'Sent by mistake' },
    userErrors: [],
  });
  const stands = await house.sql`select code, (sum(debit_minor) - sum(credit_minor))::int as net from journal_postings group by code`;
  expect(stands.every(row => row.net === 0)).toBe(true);
  expect(await journalSums(house)).toEqual([{ currency: 'USD', sum: '0' }]);
  expect(await announcedData(house, 'InvoiceVoided.v1')).toMatchObject([{ number, total: usd('1194.09') }]);
  const paymentMethodId = await addCard(house, 'tok_visa_succeeds');
  const { data } = await house.run(acmeBuyer, 'mutation ($input: PayInvoiceInput!) { payInvoice(input: $input) { userErrors { code } } }', {
    input: { idempotencyKey: 'x', invoiceNumber: number, paymentMethodId },
  });
  expect(data.payInvoice.userErrors).toEqual([{ code: 'INVOICE_NOT_PAYABLE' }]);
  expect(await postMemo(house, number, {})).toMatchObject({ userErrors: [{ code: 'INVOICE_NOT_CREDITABLE' }] });
  expect(await voidIt(house, number, { idempotencyKey: 'again' })).toMatchObject({ userErrors: [{ code: 'INVOICE_ALREADY_VOIDED' }] });
});

test('an invoice of which a part was paid is not voided', async () => {
  await pay({ amount: usd('0.01') });
  expect(await voidIt(house, number)).toMatchObject({ invoice: null, userErrors: [{ code: 'INVOICE_NOT_VOIDABLE' }] });
});

test('a payment and a void at the same moment: one of the two', async () => {
  const paymentMethodId = await addCard(house, 'tok_visa_succeeds');
  const [voided, paid] = await Promise.all([
    voidIt(house, number),
    house
      .run(acmeBuyer, 'mutation ($input: PayInvoiceInput!) { payInvoice(input: $input) { payment { id } userErrors { code } } }', {
        input: { idempotencyKey: 'x', invoiceNumber: number, paymentMethodId },
      })
      .then(({ data }) => data.payInvoice),
  ]);
  expect([voided.userErrors.length, paid.userErrors.length].toSorted()).toEqual([0, 1]);
});

test('credit memos are read by those who may read the invoice, and posted by finance alone', async () => {
  await postMemo(house, number, {});
  const MEMO = '{ creditMemo(number: "CM-00000001-0001") { number reason invoice { number creditMemos { number } } } }';
  const seen = { number: 'CM-00000001-0001', reason: 'Fewer seats', invoice: { number, creditMemos: [{ number: 'CM-00000001-0001' }] } };
  for (const viewer of [acmeBuyer, support, finance]) expect((await house.run(viewer, MEMO)).data.creditMemo).toEqual(seen);
  expect((await house.run(analyst, MEMO)).data.creditMemo).toEqual({ ...seen, reason: null });
  expect((await house.run(globexBuyer, MEMO)).data.creditMemo).toBeNull();
  for (const viewer of [acmeBuyer, support]) {
    const { errors } = await house.run(
      viewer,
      'mutation ($input: PostCreditMemoInput!) { postCreditMemo(input: $input) { correlationId } }',
      {
        input: { idempotencyKey: 'x', invoiceNumber: number, reason: 'Please' },
      },
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }
});

test('the list of credit memos goes on page by page', async () => {
  for (let n = 1; n <= 3; n++) await postMemo(house, number, { reason: `${n}`, lines: [{ invoiceLineId: line, amount: usd('1.00') }] });
  const PAGE = `query ($account: ID!, $after: String) { _entities(representations: [{ __typename: "BillingAccount", id: $account }]) {
    ... on BillingAccount { creditMemos(first: 2, after: $after) { nodes { number } pageInfo { hasNextPage endCursor } } } } }`;
  const page = async (after: string | null) => (await house.run(acmeBuyer, PAGE, { account: acme, after })).data._entities[0].creditMemos;
  const one = await page(null);
  expect(one.nodes).toEqual([{ number: 'CM-00000001-0003' }, { number: 'CM-00000001-0002' }]);
  expect((await page(one.pageInfo.endCursor)).nodes).toEqual([{ number: 'CM-00000001-0001' }]);
});

test.each(['credit_memos', 'credit_memo_lines', 'wallet_movements', 'invoice_voids'])(
  'what stands in %s cannot be changed, even by the superuser',
  async table => {
    await postMemo(house, number, { use: 'ACCOUNT_CREDIT' });
    await voidIt(house, await postedInvoice(house, 2));
    await expect(house.sql.unsafe(`update ${table} set account_id = account_id`)).rejects.toThrow('append-only');
    await expect(house.sql.unsafe(`delete from ${table}`)).rejects.toThrow('append-only');
  },
);
