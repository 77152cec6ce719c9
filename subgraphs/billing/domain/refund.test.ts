import { money } from '#kernel/money';
import { afterRefund, REFUND_STATUSES, type Refundable, refund, refundableOf } from './refund';

const usd = (minor: bigint) => money(minor, 'USD');
const paid = (change: Partial<Refundable> = {}): Refundable => ({
  kind: 'CARD',
  status: 'CAPTURED',
  amountMinor: 119_409n,
  refundedMinor: 0n,
  currency: 'USD',
  ...change,
});
const wallet = (balanceMinor: bigint, pendingMinor = 0n) => ({ currency: 'USD', balanceMinor, pendingMinor }) as const;
const outcome = (result: ReturnType<typeof refund>) => (result.ok ? result.value.amount.minor : result.refusal.code);

test.each([
  ['as much as the credit allows', paid(), wallet(43_200n), null, 43_200n],
  ['as much as the payment allows', paid({ refundedMinor: 100_000n }), wallet(43_200n), null, 19_409n], // $1,194.09 − $1,000.00
  ['a part', paid(), wallet(43_200n), usd(10_000n), 10_000n],
  ['exactly what is left', paid({ refundedMinor: 100_000n }), wallet(43_200n), usd(19_409n), 19_409n],
  ['a cent more than was paid', paid({ refundedMinor: 100_000n }), wallet(43_200n), usd(19_410n), 'REFUND_EXCEEDS_PAYMENT'],
  ['what was refunded already', paid({ refundedMinor: 119_409n }), wallet(43_200n), null, 'REFUND_EXCEEDS_PAYMENT'],
  ['a cent more than the credit', paid(), wallet(43_200n), usd(43_201n), 'CREDIT_INSUFFICIENT'],
  ['credit that is on its way back already', paid(), wallet(43_200n, 43_200n), null, 'CREDIT_INSUFFICIENT'],
  ['without credit', paid(), wallet(0n), null, 'CREDIT_INSUFFICIENT'],
  ['nothing', paid(), wallet(43_200n), usd(0n), 'AMOUNT_NOT_POSITIVE'],
  ['in another currency', paid(), wallet(43_200n), money(1n, 'EUR'), 'CURRENCY_MISMATCH'],
  ['a payment that has not arrived', paid({ status: 'AUTHORIZED' }), wallet(43_200n), null, 'PAYMENT_NOT_REFUNDABLE'],
  ['a bank transfer', paid({ kind: 'BANK_TRANSFER' }), wallet(43_200n), null, 'PAYMENT_NOT_REFUNDABLE'],
] as const)('refunding %s', (_title, payment, credit, asked, answer) => {
  expect(outcome(refund(payment, credit, asked))).toBe(answer);
});

test('a refund shows what was left of the payment', () => {
  expect(refund(paid({ refundedMinor: 100_000n }), wallet(43_200n), null)).toMatchObject({
    value: { working: '$1,194.09 paid − $1,000.00 refunded = $194.09' },
  });
});

test('only a card payment that has arrived can go back', () => {
  expect(refundableOf(paid({ refundedMinor: 9n }))).toEqual(usd(119_400n)); // $1,194.09 − $0.09
  expect(refundableOf(paid({ status: 'FAILED' }))).toEqual(usd(0n));
  expect(refundableOf(paid({ kind: 'BANK_TRANSFER' }))).toEqual(usd(0n));
});

test("the provider's word ends a refund once", () => {
  expect(REFUND_STATUSES.filter(status => afterRefund({ status }, { result: 'REFUNDED' }))).toEqual(['REQUESTED']);
  expect(afterRefund({ status: 'REQUESTED' }, { result: 'REFUNDED' })?.status).toBe('SUCCEEDED');
  expect(afterRefund({ status: 'REQUESTED' }, { result: 'REFUSED', reason: 'Closed.' })).toEqual({ status: 'FAILED', failure: 'Closed.' });
});
