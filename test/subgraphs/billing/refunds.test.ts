import type { TestHouse } from '../../support/house';
import { finance } from '../../support/viewers';
import {
  acmeBuyer,
  addCard,
  aId,
  announcedData,
  booksAgree,
  globexBuyer,
  openBilling,
  postedInvoice,
  postMemo,
  runRetries,
  usd,
} from './scene';

let house: TestHouse;
let number: string;
beforeEach(async () => {
  house = await openBilling();
  number = await postedInvoice(house, 1); // $1,194.09
});
afterEach(() => house.close());

/** Pays the invoice with a card, credits all of it to the account, and answers the payment: $1,194.09 can go back. */
async function paidAndCredited(token = 'tok_visa_succeeds'): Promise<string> {
  const paymentMethodId = await addCard(house, token);
  const { data } = await house.run(acmeBuyer, 'mutation ($input: PayInvoiceInput!) { payInvoice(input: $input) { payment { id } } }', {
    input: { idempotencyKey: 'pay', invoiceNumber: number, paymentMethodId },
  });
  await house.runJobs();
  await postMemo(house, number, {});
  return data.payInvoice.payment.id;
}

const REFUND = `mutation ($input: RefundPaymentInput!) {
  refundPayment(input: $input) { refund { number status amount { amount currency } working } payment { refundable { amount } } userErrors { code message } }
}`;
const refund = async (paymentId: string, input: object = {}) =>
  (
    await house.run(finance, REFUND, {
      input: { idempotencyKey: `refund ${JSON.stringify(input)}`, paymentId, reason: 'Cancelled', ...input },
    })
  ).data.refundPayment;
/** Sends a request again, under its key, when two busy cores were too slow for its deadline: as a client would. */
const refundUntilAnswered = async (paymentId: string, input: object) => {
  for (;;) {
    const answer = await refund(paymentId, input);
    if (answer && !answer.userErrors.some((error: { code: string }) => error.code === 'CONFLICT')) return answer;
  }
};
const refundsOf = async (paymentId: string) =>
  (await house.run(acmeBuyer, `{ payment(id: "${paymentId}") { refundable { amount } refunds { number status failure refundedOn } } }`))
    .data.payment;
const givenBack = async () => {
  const [sums] =
    await house.sql`select coalesce(sum(refunded_minor), 0)::int as minor, coalesce(sum(captured_minor), 0)::int as captured from development_provider.authorizations`;
  return sums;
};

test('a payment goes back to its card, out of the credit, with its entry', async () => {
  const payment = await paidAndCredited();
  expect(await refund(payment, { amount: usd('432.00') })).toMatchObject({
    refund: {
      number: 'RF-00000001-0001',
      status: 'REQUESTED',
      amount: usd('432.00'),
      working: '$1,194.09 paid − $0.00 refunded = $1,194.09',
    },
    payment: { refundable: { amount: '762.09' } }, // $1,194.09 − $432.00: it is spoken for at once
    userErrors: [],
  });
  expect(await announcedData(house, 'PaymentRefunded.v1')).toEqual([]); // the provider is asked after the commit
  await house.runJobs();
  expect(await refundsOf(payment)).toEqual({
    refundable: { amount: '762.09' },
    refunds: [{ number: 'RF-00000001-0001', status: 'SUCCEEDED', failure: null, refundedOn: '2026-06-15' }],
  });
  const postings = await house.sql`select code, debit_minor::int as debit, credit_minor::int as credit, working
    from journal_postings join journal_entries on id = entry_id where kind = 'PAYMENT_REFUNDED' order by position`;
  const working = '$1,194.09 credit − $432.00 = $762.09';
  expect([...postings]).toEqual([
    { code: '2300', debit: 43_200, credit: 0, working },
    { code: '1000', debit: 0, credit: 43_200, working },
  ]);
  expect(await announcedData(house, 'PaymentRefunded.v1')).toMatchObject([{ number: 'RF-00000001-0001', amount: usd('432.00') }]);
  expect(await booksAgree(house)).toBe(true);
});

test('200 refunds at the same moment never give back more than was paid', async () => {
  const payment = await paidAndCredited();
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, n) => refundUntilAnswered(payment, { amount: usd('10.00'), reason: `Race ${n}` })),
  );
  expect(answers.filter(answer => answer.refund)).toHaveLength(119); // 119 × $10.00 = $1,190.00 of $1,194.09
  const codes = new Set(answers.flatMap(answer => answer.userErrors.map((error: { code: string }) => error.code)));
  expect(codes).toEqual(new Set(['REFUND_EXCEEDS_PAYMENT']));
  await house.runJobs();
  expect(await givenBack()).toEqual({ minor: 119_000, captured: 119_409 });
  const numbers = await house.sql`select max(sequence) as last, count(*)::int as count from refunds`;
  expect(numbers[0]).toEqual({ last: 119, count: 119 });
  expect(await booksAgree(house)).toBe(true);
}, 120_000);

test('refunds of two payments share one credit, and never exceed it together', async () => {
  const second = await postedInvoice(house, 2);
  const card = await addCard(house, 'tok_mastercard_succeeds');
  const { data } = await house.run(acmeBuyer, 'mutation ($input: PayInvoiceInput!) { payInvoice(input: $input) { payment { id } } }', {
    input: { idempotencyKey: 'second', invoiceNumber: second, paymentMethodId: card },
  });
  const first = await paidAndCredited(); // and the jobs of both payments have run
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      refundUntilAnswered(n % 2 ? first : data.payInvoice.payment.id, { amount: usd('100.00'), reason: `${n}` }),
    ),
  );
  expect(answers.filter(answer => answer.refund)).toHaveLength(11); // 11 × $100.00 of $1,194.09 credit, though $2,388.18 were paid
  await house.runJobs();
  expect(await givenBack()).toMatchObject({ minor: 110_000 });
  expect(await booksAgree(house)).toBe(true);
}, 120_000);

test('the same request again is the same refund: the money leaves once', async () => {
  const payment = await paidAndCredited();
  const first = await refund(payment, { idempotencyKey: 'once' });
  expect((await refund(payment, { idempotencyKey: 'once' })).refund.number).toBe(first.refund.number);
  await house.runJobs();
  expect(await givenBack()).toMatchObject({ minor: 119_409 });
  expect(await refund(payment, { idempotencyKey: 'twice' })).toMatchObject({
    refund: null,
    userErrors: [{ code: 'REFUND_EXCEEDS_PAYMENT' }],
  });
});

test('a refund whose answer is lost is found again under the same key: the money leaves once', async () => {
  const payment = await paidAndCredited('tok_refund_times_out');
  await refund(payment, { amount: usd('100.00') });
  await house.runJobs();
  expect((await refundsOf(payment)).refunds).toMatchObject([{ status: 'REQUESTED' }]);
  expect(await givenBack()).toMatchObject({ minor: 10_000 }); // the provider has paid; only its answer was lost
  await runRetries(house);
  expect((await refundsOf(payment)).refunds).toMatchObject([{ status: 'SUCCEEDED' }]);
  expect(await givenBack()).toMatchObject({ minor: 10_000 });
});

test('a refund that the bank refuses leaves the credit with the account', async () => {
  const payment = await paidAndCredited('tok_refund_refused');
  await refund(payment);
  await house.runJobs();
  expect(await refundsOf(payment)).toEqual({
    refundable: { amount: '1194.09' },
    refunds: [{ number: 'RF-00000001-0001', status: 'FAILED', failure: 'The bank does not take the money back.', refundedOn: null }],
  });
  const [wallet] = await house.sql`select balance_minor::int as balance, pending_minor::int as pending from wallets`;
  expect(wallet).toEqual({ balance: 119_409, pending: 0 });
  expect(await booksAgree(house)).toBe(true);
});

test('money goes back only for a credit that was given', async () => {
  const paymentMethodId = await addCard(house, 'tok_visa_succeeds');
  const { data } = await house.run(acmeBuyer, 'mutation ($input: PayInvoiceInput!) { payInvoice(input: $input) { payment { id } } }', {
    input: { idempotencyKey: 'pay', invoiceNumber: number, paymentMethodId },
  });
  expect(await refund(data.payInvoice.payment.id)).toMatchObject({ userErrors: [{ code: 'PAYMENT_NOT_REFUNDABLE' }] }); // not arrived yet
  await house.runJobs();
  expect(await refund(data.payInvoice.payment.id, { reason: 'Now' })).toMatchObject({ userErrors: [{ code: 'CREDIT_INSUFFICIENT' }] });
  expect(await refund(aId('payment', 404))).toMatchObject({ userErrors: [{ code: 'PAYMENT_NOT_FOUND' }] });
});

test('only finance refunds, and a refund of another account is as if it did not exist', async () => {
  const payment = await paidAndCredited();
  const { errors } = await house.run(acmeBuyer, REFUND, { input: { idempotencyKey: 'x', paymentId: payment, reason: 'Please' } });
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  await refund(payment);
  const QUERY = '{ refund(number: "RF-00000001-0001") { number payment { id } } }';
  expect((await house.run(acmeBuyer, QUERY)).data.refund).toEqual({ number: 'RF-00000001-0001', payment: { id: payment } });
  expect((await house.run(globexBuyer, QUERY)).data.refund).toBeNull();
});

test('the provider itself gives back no more than it took', async () => {
  const payment = await paidAndCredited();
  await refund(payment);
  await house.sql`update development_provider.authorizations set refunded_minor = 1`; // as if a cent had gone back behind our back
  await house.runJobs();
  expect((await refundsOf(payment)).refunds).toMatchObject([{ status: 'FAILED' }]);
});
