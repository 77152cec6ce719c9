import { money } from '#kernel/money';
import { day } from '#kernel/time';
import { takeOver } from './imported-invoice';
import { entryOfImport } from './journal';

const usd = (minor: bigint) => money(minor, 'USD');
const invoice = {
  number: 'INV-77',
  currency: 'USD' as const,
  issuedOn: day('2026-05-01'),
  dueOn: day('2026-05-31'),
  lines: [{ unitPrice: usd(22_800n), amount: usd(228_000n), tax: usd(18_240n) }],
  subtotal: usd(228_000n),
  tax: usd(18_240n),
  total: usd(246_240n),
  open: usd(100_000n),
};

test('an invoice that is partly paid keeps its number, and owes what is open', () => {
  expect(takeOver(invoice)).toEqual({ ok: true, value: { number: 'INV-77', open: usd(100_000n), paid: usd(146_240n) } }); // $2,462.40 − $1,000.00
});

test('its entry balances: what is open is owed, what was paid was booked elsewhere', () => {
  const entry = entryOfImport({ subtotal: usd(228_000n), tax: usd(18_240n), open: usd(100_000n), paid: usd(146_240n) });
  expect(entry.map(({ code, debit, credit }) => [code, debit.minor, credit.minor])).toEqual([
    ['1100', 100_000n, 0n],
    ['3900', 146_240n, 0n],
    ['2400', 0n, 228_000n],
    ['2200', 0n, 18_240n],
  ]);
});

test.each([
  ['nothing is open', { open: usd(0n) }, 'INVOICE_NOT_OPEN'],
  ['more is open than it charged', { open: usd(246_241n) }, 'INVOICE_NOT_OPEN'],
  ['it is open in another currency', { open: money(1n, 'EUR') }, 'INVOICE_NOT_OPEN'],
  ['it does not add up', { tax: usd(18_241n) }, 'INVOICE_PLAN_INCORRECT'],
  ['its number is one of ours', { number: 'INV-00000001-0001' }, 'INVOICE_NUMBER_UNUSABLE'],
  ['it has no number', { number: ' ' }, 'INVOICE_NUMBER_UNUSABLE'],
] as const)('it is not taken over when %s', (_when, change, code) => {
  expect(takeOver({ ...invoice, ...change })).toMatchObject({ ok: false, refusal: { code } });
});
