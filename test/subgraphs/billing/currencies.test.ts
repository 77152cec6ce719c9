import { CURRENCY_DECIMALS, money, moneyText } from '../../../kernel/money';
import type { TestHouse } from '../../support/house';
import { finance } from '../../support/viewers';
import {
  accountChanged,
  acme,
  acmeBuyer,
  addCard,
  aId,
  booksAgree,
  invoiceRequested,
  journalSums,
  openBilling,
  postedInvoice,
  postMemo,
} from './scene';

let house: TestHouse;
beforeEach(async () => {
  house = await openBilling();
});
afterEach(() => house.close());

/** A price, a part of it, and the tax on both, in units of the currency that cannot be split further. */
const CASES = [
  // 10 × ¥22,800 ÷ 365 × 177 days = ¥110,564.38 → ¥110,564; 8 % = ¥8,845.12 → ¥8,845
  ['JPY', 110_564n, 8_845n, 40_000n, 3_200n, '¥40,000 of ¥110,564; tax ¥8,845 × ¥40,000 ÷ ¥110,564 = ¥3,200'],
  // 10 × $228.00 ÷ 365 × 177 days = $1,105.6438 → $1,105.64; 8 % = $88.4512 → $88.45
  ['USD', 110_564n, 8_845n, 40_000n, 3_200n, '$400.00 of $1,105.64; tax $88.45 × $400.00 ÷ $1,105.64 = $32.00'],
  // 10 × BHD 85.500 ÷ 365 × 177 days = BHD 414.6164 → BHD 414.616; 10 % = BHD 41.4616 → BHD 41.462
  ['BHD', 414_616n, 41_462n, 100_001n, 10_000n, 'BHD 100.001 of BHD 414.616; tax BHD 41.462 × BHD 100.001 ÷ BHD 414.616 = BHD 10.000'],
] as const;

test.each(CASES)(
  'in %s an invoice is posted, credited, paid and refunded to the last unit',
  async (currency, amount, tax, part, partTax, working) => {
    await house.receive('customers', {
      type: 'BillingAccountChanged.v1',
      data: accountChanged(acme, 'BA-00000001', { version: 2, currency }),
    });
    const text = (minor: bigint) => moneyText(money(minor, currency));
    const [planned] = invoiceRequested(1).lines;
    const line = { ...planned!, unitPrice: text(22_800n), amount: text(amount), tax: text(tax) };
    const total = amount + tax;
    const number = await postedInvoice(house, 1, { currency, lines: [line] });

    const lines = [{ invoiceLineId: aId('invoiceLine', 1), amount: text(part) }];
    const { creditMemo } = await postMemo(house, number, { lines });
    expect(creditMemo).toMatchObject({ subtotal: text(part), tax: text(partTax), total: text(part + partTax) });
    expect(creditMemo.lines[0].working).toBe(working);

    const paymentMethodId = await addCard(house, 'tok_visa_succeeds');
    const PAY = 'mutation ($input: PayInvoiceInput!) { payInvoice(input: $input) { payment { id amount { amount currency } } } }';
    const { payInvoice } = (await house.run(acmeBuyer, PAY, { input: { idempotencyKey: 'pay', invoiceNumber: number, paymentMethodId } }))
      .data;
    await house.runJobs();
    expect(payInvoice.payment.amount).toEqual(text(total - part - partTax)); // what the credit memo has left

    const rest = await postMemo(house, number, {});
    expect(rest.creditMemo).toMatchObject({ subtotal: text(amount - part), tax: text(tax - partTax), kept: text(total - part - partTax) });
    const REFUND =
      'mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) { refund { amount { amount currency } } userErrors { code } } }';
    const input = { idempotencyKey: 'back', paymentId: payInvoice.payment.id, reason: 'Cancelled' };
    expect((await house.run(finance, REFUND, { input })).data.refundPayment).toEqual({
      refund: { amount: text(total - part - partTax) },
      userErrors: [],
    });
    await house.runJobs();

    const stands = await house.sql`select code, sum(debit_minor - credit_minor)::int as net from journal_postings group by code`;
    expect(stands.every(row => row.net === 0)).toBe(true); // all was taken back: nothing is owed, held, earned or in the till
    expect(await journalSums(house)).toEqual([{ currency, sum: '0' }]);
    expect(await booksAgree(house)).toBe(true);
  },
);

test.each(CASES)('in %s an amount with one decimal too many is refused', async currency => {
  await house.receive('customers', {
    type: 'BillingAccountChanged.v1',
    data: accountChanged(acme, 'BA-00000001', { version: 2, currency }),
  });
  const number = await postedInvoice(house, 1, { currency, lines: withoutFractions(currency) });
  const tooFine = { amount: `1.${'0'.repeat(CURRENCY_DECIMALS[currency])}1`, currency };
  expect(await postMemo(house, number, { lines: [{ invoiceLineId: aId('invoiceLine', 1), amount: tooFine }] })).toMatchObject({
    creditMemo: null,
    userErrors: [{ code: 'AMOUNT_INVALID' }],
  });
});

function withoutFractions(currency: (typeof CASES)[number][0]) {
  const text = (minor: bigint) => moneyText(money(minor, currency));
  return invoiceRequested(1).lines.map(line => ({
    ...line,
    unitPrice: text(1_000n),
    amount: text(10_000n),
    tax: text(800n),
  }));
}
