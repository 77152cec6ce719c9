import { money } from '#kernel/money';
import { day } from '#kernel/time';
import { daysOverdue, pay, pend, type Receivable, release, settle } from './receivable';

const usd = (minor: bigint) => money(minor, 'USD');
const owed = (balanceMinor: bigint, pendingMinor = 0n): Receivable => ({ status: 'POSTED', balanceMinor, pendingMinor, currency: 'USD' });
const outcome = (result: ReturnType<typeof pay>) => (result.ok ? result.value.minor : result.refusal.code);

test.each([
  ['all of it, when no amount is given', owed(110_564n), null, 110_564n],
  ['a part', owed(110_564n), usd(40_000n), 40_000n],
  ['the rest, while a part is on its way', owed(110_564n, 40_000n), null, 70_564n], // $1,105.64 − $400.00
  ['exactly what is open', owed(110_564n, 40_000n), usd(70_564n), 70_564n],
  ['a cent too much', owed(110_564n), usd(110_565n), 'OVERPAYMENT'],
  ['a cent more than is open', owed(110_564n, 40_000n), usd(70_565n), 'OVERPAYMENT'],
  ['twice at once', owed(110_564n, 110_564n), null, 'PAYMENT_IN_PROGRESS'],
  ['nothing', owed(110_564n), usd(0n), 'AMOUNT_NOT_POSITIVE'],
  ['less than nothing', owed(110_564n), usd(-1n), 'AMOUNT_NOT_POSITIVE'],
  ['in another currency', owed(110_564n), money(100n, 'EUR'), 'CURRENCY_MISMATCH'],
  ['a paid invoice', owed(0n), null, 'INVOICE_ALREADY_PAID'],
  ['a void invoice', { ...owed(100n), status: 'VOIDED' as const }, null, 'INVOICE_NOT_PAYABLE'],
] as const)('paying %s', (_title, receivable, asked, answer) => {
  expect(outcome(pay(receivable, asked))).toBe(answer);
});

test('an overpayment is refused with the arithmetic', () => {
  const result = pay(owed(110_564n, 40_000n), usd(99_999n));
  expect(result.ok ? '' : result.refusal.message).toBe('At most $705.64 can be paid: $1,105.64 owed − $400.00 on its way = $705.64.');
});

test('a payment speaks for its amount until it is settled or released', () => {
  expect(pend(owed(1_000n, 100n), usd(400n))).toEqual({ pendingMinor: 500n }); // 100 + 400
  expect(release(owed(1_000n, 500n), usd(400n))).toEqual({ pendingMinor: 100n }); // 500 − 400
});

test('money that arrives lowers the balance, and says how', () => {
  expect(settle(owed(110_564n, 40_000n), usd(40_000n), 'PENDING')).toEqual({
    balance: usd(70_564n), // $1,105.64 − $400.00
    change: { balanceMinor: 70_564n, pendingMinor: 0n },
    working: '$1,105.64 owed − $400.00 paid = $705.64',
  });
  expect(settle(owed(70_564n), usd(70_564n), 'DIRECT').change).toEqual({ balanceMinor: 0n, pendingMinor: 0n });
});

test('a settlement beyond what is owed is a fault', () => {
  expect(() => settle(owed(100n), usd(101n), 'DIRECT')).toThrow(RangeError);
  expect(() => settle(owed(100n), usd(50n), 'PENDING')).toThrow(RangeError);
});

test.each([
  ['on the due date', 'POSTED', 1n, '2026-03-31', 0],
  ['the day after', 'POSTED', 1n, '2026-04-01', 1],
  ['a month later', 'POSTED', 1n, '2026-05-01', 31], // 30 days of April + 1
  ['before it is due', 'POSTED', 1n, '2026-03-01', 0],
  ['once paid', 'POSTED', 0n, '2026-05-01', 0],
  ['once void', 'VOIDED', 1n, '2026-05-01', 0],
] as const)('days overdue %s', (_title, status, balanceMinor, today, days) => {
  expect(daysOverdue({ status, balanceMinor, dueOn: day('2026-03-31') }, day(today))).toBe(days);
});
