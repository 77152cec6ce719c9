import { money } from '#kernel/money';
import { shareOut } from './transfer';

const usd = (minor: bigint) => money(minor, 'USD');
const parts = [
  { invoiceNumber: 'INV-2', amount: usd(70_000n) },
  { invoiceNumber: 'INV-1', amount: usd(30_000n) },
];

test('a transfer is shared out to the last cent, in the order of the numbers', () => {
  expect(shareOut(usd(100_000n), parts)).toEqual({
    ok: true,
    value: [
      { invoiceNumber: 'INV-1', amount: usd(30_000n), position: 1 },
      { invoiceNumber: 'INV-2', amount: usd(70_000n), position: 0 },
    ],
  }); // $300 + $700 = $1,000
});

test.each([
  ['parts that come to something else', usd(100_001n), parts],
  ['an invoice that is named twice', usd(60_000n), [parts[1]!, parts[1]!]],
  ['another currency', money(100_000n, 'EUR'), parts],
  ['no invoice', usd(100_000n), []],
])('it is refused with %s', (_what, amount, shared) => {
  expect(shareOut(amount, shared)).toMatchObject({ ok: false, refusal: { code: 'TRANSFER_DIFFERS' } });
});
