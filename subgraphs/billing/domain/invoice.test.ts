import { idFromUuid } from '#kernel/ids';
import { money } from '#kernel/money';
import { day } from '#kernel/time';
import { checkPlan, type InvoicePlan, invoiceNumber, voidable } from './invoice';

const usd = (minor: bigint) => money(minor, 'USD');
const plan: InvoicePlan = {
  currency: 'USD',
  issuedOn: day('2026-03-01'),
  dueOn: day('2026-03-31'),
  lines: [
    { unitPrice: usd(34_800n), amount: usd(348_000n), tax: usd(27_840n) }, // 10 × $348.00; 8 % of $3,480.00
    { unitPrice: usd(22_800n), amount: usd(110_564n), tax: usd(8_845n) }, // 10 × $228.00 ÷ 365 × 177 days; 8 % of $1,105.64
  ],
  subtotal: usd(458_564n), // $3,480.00 + $1,105.64
  tax: usd(36_685n), // $278.40 + $88.45
  total: usd(495_249n), // $4,585.64 + $366.85
};
const reason = (changed: Partial<InvoicePlan>) => {
  const result = checkPlan({ ...plan, ...changed });
  return result.ok ? 'OK' : result.refusal.message;
};

test('a plan that adds up is accepted as it is', () => {
  expect(checkPlan(plan)).toEqual({ ok: true, value: plan });
});

test.each([
  [{ lines: [] }, 'An invoice needs a line.'],
  [{ dueOn: day('2026-02-28') }, 'The invoice is due on 2026-02-28, before it is issued on 2026-03-01.'],
  [{ subtotal: usd(458_565n) }, 'The lines sum to $4,585.64, the subtotal says $4,585.65.'],
  [{ tax: usd(36_684n) }, "The lines' taxes sum to $366.85, the tax says $366.84."],
  [{ total: usd(495_250n) }, '$4,585.64 + $366.85 tax = $4,952.49, the total says $4,952.50.'],
  [{ currency: 'EUR' as const }, 'The invoice is in EUR, but one amount is in USD.'],
  [
    { lines: [{ unitPrice: usd(-100n), amount: usd(-100n), tax: usd(0n) }], subtotal: usd(-100n), tax: usd(0n), total: usd(-100n) },
    'A total of −$1.00 is a credit, not an invoice.',
  ],
])('a plan that does not add up is refused: %o', (changed, message) => {
  expect(reason(changed)).toBe(message);
});

test('a free invoice is an invoice', () => {
  expect(reason({ lines: [{ unitPrice: usd(0n), amount: usd(0n), tax: usd(0n) }], subtotal: usd(0n), tax: usd(0n), total: usd(0n) })).toBe(
    'OK',
  );
});

test.each([
  ['BA-00012345', 1, 'INV-00012345-0001'],
  ['BA-00012345', 9_999, 'INV-00012345-9999'],
  ['BA-00012345', 10_000, 'INV-00012345-10000'],
  ['ACME', 7, 'INV-01890000000070008000000000000ABC-0007'],
])('account %s has invoice %d numbered %s', (number, sequence, expected) => {
  const accountId = idFromUuid('account', '01890000-0000-7000-8000-000000000abc');
  expect(invoiceNumber({ accountId, number }, sequence)).toBe(expected);
});

const posted = { status: 'POSTED', currency: 'USD', totalMinor: 495_249n, balanceMinor: 495_249n, pendingMinor: 0n } as const;

test.each([
  ['nothing was paid', posted, 0n, 'OK'],
  ['it cost nothing', { ...posted, totalMinor: 0n, balanceMinor: 0n }, 0n, 'OK'],
  ['a part was paid', { ...posted, balanceMinor: 495_248n }, 0n, 'INVOICE_NOT_VOIDABLE'],
  ['it was paid', { ...posted, balanceMinor: 0n }, 0n, 'INVOICE_NOT_VOIDABLE'],
  ['a payment is on its way', { ...posted, pendingMinor: 1n }, 0n, 'PAYMENT_IN_PROGRESS'],
  ['a part was credited to the account', posted, 1n, 'INVOICE_NOT_VOIDABLE'],
  ['it was voided', { ...posted, status: 'VOIDED' as const, balanceMinor: 0n }, 0n, 'INVOICE_ALREADY_VOIDED'],
])('voiding an invoice when %s', (_title, invoice, credited, expected) => {
  const result = voidable(invoice, usd(credited));
  expect(result.ok ? 'OK' : result.refusal.code).toBe(expected);
});
