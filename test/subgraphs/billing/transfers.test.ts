import type { TestHouse } from '../../support/house';
import { finance } from '../../support/viewers';
import { acmeBuyer, booksAgree, openBilling, postedInvoice, usd } from './scene';

let house: TestHouse;
let numbers: readonly string[];
beforeEach(async () => {
  house = await openBilling();
  numbers = [await postedInvoice(house, 1), await postedInvoice(house, 2)]; // $1,194.09 each
});
afterEach(() => house.close());

const record = (amount: string, parts: readonly string[], input: object = {}, viewer = finance) =>
  house.run(
    viewer,
    `mutation ($input: RecordTransferInput!) { recordTransfer(input: $input) {
      payments { amount { amount } reference } invoices { number balance { amount } } userErrors { code path } } }`,
    {
      input: {
        idempotencyKey: `${amount} ${parts.join()}`,
        amount: usd(amount),
        receivedOn: '2026-06-15',
        reference: 'Wire 7',
        allocations: parts.map((part, index) => ({ invoiceNumber: numbers[index], amount: usd(part) })),
        ...input,
      },
    },
  );

test('one transfer pays an invoice as a whole and another in part, and the books balance', async () => {
  const { data } = await record('1500.00', ['1194.09', '305.91']);
  expect(data.recordTransfer).toEqual({
    payments: [
      { amount: { amount: '1194.09' }, reference: 'Wire 7' },
      { amount: { amount: '305.91' }, reference: 'Wire 7' }, // $1,500.00 − $1,194.09
    ],
    invoices: [
      { number: numbers[0], balance: { amount: '0.00' } },
      { number: numbers[1], balance: { amount: '888.18' } }, // $1,194.09 − $305.91
    ],
    userErrors: [],
  });
  expect(await booksAgree(house)).toBe(true);
  expect((await record('1500.00', ['1194.09', '305.91'])).data.recordTransfer.payments).toHaveLength(2);
  expect(await house.sql`select count(*)::int as count from payments`).toEqual([{ count: 2 }]);
});

test('a part that is more than is owed refuses the whole transfer, and so does what does not add up', async () => {
  const over = await record('2000.00', ['805.90', '1194.10']);
  expect(over.data.recordTransfer).toMatchObject({
    payments: null,
    userErrors: [{ code: 'OVERPAYMENT', path: ['allocations', '1'] }],
  });
  expect((await record('100.00', ['50.00', '49.99'])).data.recordTransfer.userErrors).toMatchObject([{ code: 'TRANSFER_DIFFERS' }]);
  expect((await record('1.00', ['1.00'], { reference: '' })).data.recordTransfer.userErrors).toMatchObject([{ code: 'INPUT_INVALID' }]);
  expect(await house.sql`select 1 from payments`).toHaveLength(0);
});

test('a dry run pays nothing, and a buyer records no transfer', async () => {
  const tried = await record('100.00', ['60.00', '40.00'], { dryRun: true });
  expect(tried.data.recordTransfer.invoices).toMatchObject([{ balance: { amount: '1134.09' } }, { balance: { amount: '1154.09' } }]);
  expect(await house.sql`select 1 from payments`).toHaveLength(0);
  expect((await record('100.00', ['60.00', '40.00'], {}, acmeBuyer)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
