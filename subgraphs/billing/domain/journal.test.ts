import { money } from '#kernel/money';
import {
  entryOfCreditApplied,
  entryOfCreditMemo,
  entryOfInvoice,
  entryOfPayment,
  entryOfRefund,
  entryOfVoid,
  trialBalance,
} from './journal';

const usd = (minor: bigint) => money(minor, 'USD');
const sides = (postings: ReturnType<typeof entryOfInvoice>) => postings.map(p => [p.code, p.debit.minor, p.credit.minor]);

test('an invoice debits what is owed and credits deferred revenue and tax', () => {
  const entry = entryOfInvoice({ subtotal: usd(458_564n), tax: usd(36_685n), total: usd(495_249n) });
  expect(sides(entry)).toEqual([
    ['1100', 495_249n, 0n], // $4,585.64 + $366.85
    ['2400', 0n, 458_564n],
    ['2200', 0n, 36_685n],
  ]);
  expect(entry[0]?.working).toBe('$4,585.64 + $366.85 tax = $4,952.49');
});

test('an invoice without tax has no tax posting, and a free one has no posting at all', () => {
  expect(sides(entryOfInvoice({ subtotal: usd(100n), tax: usd(0n), total: usd(100n) })).map(([code]) => code)).toEqual(['1100', '2400']);
  expect(entryOfInvoice({ subtotal: usd(0n), tax: usd(0n), total: usd(0n) })).toEqual([]);
});

test('an entry that is not balanced cannot be made', () => {
  expect(() => entryOfInvoice({ subtotal: usd(100n), tax: usd(0n), total: usd(101n) })).toThrow(RangeError);
});

test('money that arrives moves from what is owed to cash', () => {
  expect(sides(entryOfPayment(usd(40_000n), '$1,105.64 owed − $400.00 paid = $705.64'))).toEqual([
    ['1000', 40_000n, 0n],
    ['1100', 0n, 40_000n],
  ]);
});

test('a trial balance shows each account on the side where it stands, for each currency', () => {
  const { rows, isBalanced } = trialBalance(
    [
      { code: '1000', currency: 'USD', debitMinor: 40_000n, creditMinor: 0n },
      { code: '1100', currency: 'USD', debitMinor: 110_564n, creditMinor: 40_000n },
      { code: '2400', currency: 'USD', debitMinor: 0n, creditMinor: 110_564n },
    ],
    ['USD'],
  );
  expect(rows.map(row => [row.code, row.name, row.debit.minor, row.credit.minor])).toEqual([
    ['1000', 'Cash', 40_000n, 0n],
    ['1100', 'Accounts receivable', 70_564n, 0n], // $1,105.64 − $400.00
    ['2200', 'Tax payable', 0n, 0n],
    ['2300', 'Customer credit', 0n, 0n],
    ['2400', 'Deferred revenue', 0n, 110_564n],
    ['3900', 'Opening balances', 0n, 0n],
  ]);
  expect(isBalanced).toBe(true); // 40,000 + 70,564 = 110,564
});

test('currencies never balance each other', () => {
  const totals = [
    { code: '1100', currency: 'USD', debitMinor: 100n, creditMinor: 0n },
    { code: '2400', currency: 'EUR', debitMinor: 0n, creditMinor: 100n },
  ] as const;
  expect(trialBalance(totals, ['EUR', 'USD']).isBalanced).toBe(false);
});

test('a void is the entry of its invoice with the sides exchanged', () => {
  expect(sides(entryOfVoid({ subtotal: usd(458_564n), tax: usd(36_685n), total: usd(495_249n) }))).toEqual([
    ['1100', 0n, 495_249n],
    ['2400', 458_564n, 0n],
    ['2200', 36_685n, 0n],
  ]);
});

test('a credit memo takes back revenue and tax, from what is owed and for the account', () => {
  const amounts = { subtotal: usd(40_000n), tax: usd(3_200n), total: usd(43_200n), applied: usd(20_000n), kept: usd(23_200n), working: '' };
  expect(sides(entryOfCreditMemo(amounts))).toEqual([
    ['2400', 40_000n, 0n],
    ['2200', 3_200n, 0n],
    ['1100', 0n, 20_000n],
    ['2300', 0n, 23_200n], // $432.00 − $200.00
  ]);
});

test('credit of the account pays an invoice, or leaves as cash', () => {
  expect(sides(entryOfCreditApplied(usd(5_000n), ''))).toEqual([
    ['2300', 5_000n, 0n],
    ['1100', 0n, 5_000n],
  ]);
  expect(sides(entryOfRefund(usd(5_000n), ''))).toEqual([
    ['2300', 5_000n, 0n],
    ['1000', 0n, 5_000n],
  ]);
});
