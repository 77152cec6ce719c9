import type { CreditRequested } from '../../../subgraphs/orders/events/published';
import type { TestHouse } from '../../support/house';
import { finance } from '../../support/viewers';
import {
  acmeBuyer,
  addCard,
  aId,
  announcedData,
  booksAgree,
  invoiceRequested,
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
  number = await postedInvoice(house, 1); // $1,105.64 and 8 % tax: $1,194.09
});
afterEach(() => house.close());

/** An order that gives back so much of the first invoice's only line. */
const creditRequested = (amount: string, change: Partial<CreditRequested> = {}): CreditRequested => {
  const { lines, ...invoice } = invoiceRequested(1);
  return {
    orderId: aId('order', 2),
    orderNumber: 'O-2',
    accountId: invoice.accountId,
    currency: 'USD',
    sellingEntity: invoice.sellingEntity,
    issuedOn: invoice.issuedOn,
    isRefunded: false,
    reason: null,
    lines: lines.map(line => ({ ...line, amount: usd(amount), creditedInvoiceId: aId('invoice', 1), creditedLineId: line.lineId })),
    subtotal: usd(amount),
    tax: usd('0.00'),
    total: usd(amount),
    ...change,
  };
};

const credit = (data: CreditRequested) => house.receive('orders', { type: 'CreditRequested.v1', accountId: data.accountId, data });
const balance = async () =>
  (await house.run(finance, `{ invoice(number: "${number}") { balance { amount } } }`)).data.invoice.balance.amount;

test('what an order gives back lowers what is still owed', async () => {
  await credit(creditRequested('100.00'));
  // $1,194.09 − $100.00 − 8 % tax of it, $8.00
  expect(await balance()).toBe('1086.09');
  expect(await booksAgree(house)).toBe(true);
});

test('the same event twice credits once', async () => {
  const [told] = await credit(creditRequested('100.00'));
  await house.receive('orders', { type: 'CreditRequested.v1', accountId: told!.accountId, data: told!.data, id: told!.id });
  expect(await balance()).toBe('1086.09');
});

test('a cancelled purchase that was paid by card goes back to the card, tax included, and never more than was paid', async () => {
  const paymentMethodId = await addCard(house, 'tok_visa_succeeds');
  await house.run(acmeBuyer, 'mutation ($input: PayInvoiceInput!) { payInvoice(input: $input) { payment { id } } }', {
    input: { idempotencyKey: 'pay', invoiceNumber: number, paymentMethodId },
  });
  await house.runJobs();
  expect(await balance()).toBe('0.00');

  await credit(creditRequested('1105.64', { isRefunded: true, reason: 'Cancelled' }));
  await house.runJobs();
  const [returned] = await house.sql`select sum(refunded_minor)::int as minor from development_provider.authorizations`;
  expect(returned?.minor).toBe(119409); // $1,105.64 + $88.45
  expect(await announcedData(house, 'PaymentRefunded.v1')).toHaveLength(1);
  expect(await booksAgree(house)).toBe(true);
});

test('without a refund the money stays as credit of the account', async () => {
  await credit(creditRequested('1105.64'));
  expect(await balance()).toBe('0.00');
  expect(await announcedData(house, 'PaymentRefunded.v1')).toEqual([]);
});

test('more than was charged cannot be given back: it waits for an operator', async () => {
  await credit(creditRequested('1105.65'));
  const [letter] = await house.sql`select reason from dead_letter`;
  expect(letter?.reason).toContain('could not be credited');
  expect(await balance()).toBe('1194.09');
});

test('what finance gave back before the order came is not given back twice', async () => {
  await postMemo(house, number, { lines: [{ invoiceLineId: aId('invoiceLine', 1), amount: usd('1000.00') }] });
  await credit(creditRequested('1105.64'));
  expect(await balance()).toBe('0.00'); // $1,105.64 − $1,000.00 = $105.64 were left
  const [memos] = await house.sql`select count(*)::int as count, sum(subtotal_minor)::int as minor from credit_memos`;
  expect(memos).toEqual({ count: 2, minor: 110564 });

  await credit(creditRequested('1105.64', { orderId: aId('order', 3) }));
  expect((await house.sql`select 1 from credit_memos`).length).toBe(2);
  expect((await house.sql`select 1 from dead_letter`).length).toBe(0);
  expect(await booksAgree(house)).toBe(true);
});

test('of an invoice that was taken back nothing is given back', async () => {
  await voidIt(house, number);
  await credit(creditRequested('1105.64'));
  expect((await house.sql`select 1 from credit_memos`).length).toBe(0);
  expect((await house.sql`select 1 from dead_letter`).length).toBe(0);
});
