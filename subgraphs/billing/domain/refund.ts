import { type Currency, compare, displayOf, isNegative, isZero, type Money, money, subtract } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import type { PaymentKind, PaymentStatus } from './payment';
import { availableIn, spendable, type Wallet } from './wallet';

/** The life of a refund. REQUESTED includes a provider that has not answered; FAILED is its own last word. */
export const REFUND_STATUSES = ['REQUESTED', 'SUCCEEDED', 'FAILED'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** What a provider says about giving money back. */
export type RefundOutcome = { readonly result: 'REFUNDED' } | { readonly result: 'REFUSED'; readonly reason: string };

/** The key under which the provider is asked: one refund, one key, so that it never pays twice. */
export const refundKeyOf = (refund: { readonly number: string }): string => `refund/${refund.number}`;

/** A payment, and how much of it was given back or is on its way back. */
export interface Refundable {
  readonly kind: PaymentKind;
  readonly status: PaymentStatus;
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
  readonly currency: Currency;
}

/** What of a payment could still be given back. Zero while it has not arrived. */
export function refundableOf(payment: Refundable): Money {
  if (payment.status !== 'CAPTURED' || payment.kind !== 'CARD') return money(0n, payment.currency);
  return money(payment.amountMinor - payment.refundedMinor, payment.currency);
}

/**
 * Decides how much of a card payment is given back: what was asked, or as much as can be. Money goes back only for
 * credit that a credit memo gave, so that every cent that leaves has its document; and never more than this payment
 * brought, refunds on their way counted as paid out.
 */
export function refund(payment: Refundable, wallet: Wallet, asked: Money | null) {
  const path = ['amount'];
  if (payment.kind !== 'CARD') {
    return refuse('PAYMENT_NOT_REFUNDABLE', 'Only a card payment goes back by itself. Credit of the account pays later invoices.');
  }
  if (payment.status !== 'CAPTURED') return refuse('PAYMENT_NOT_REFUNDABLE', 'Only money that has arrived can go back.');
  if (asked && asked.currency !== payment.currency) {
    return refuse('CURRENCY_MISMATCH', `This payment was made in ${payment.currency}.`, { path: [...path, 'currency'] });
  }
  if (asked && (isNegative(asked) || isZero(asked))) return refuse('AMOUNT_NOT_POSITIVE', 'Refund an amount above zero.', { path });

  const left = refundableOf(payment);
  const paid = money(payment.amountMinor, payment.currency);
  const working = `${displayOf(paid)} paid − ${displayOf(subtract(paid, left))} refunded = ${displayOf(left)}`;
  if (isZero(left) || (asked && compare(asked, left) > 0)) {
    return refuse('REFUND_EXCEEDS_PAYMENT', `At most ${displayOf(left)} can be refunded: ${working}.`, { path: [...path, 'amount'] });
  }
  const available = availableIn(wallet);
  if (isZero(available)) return refuse('CREDIT_INSUFFICIENT', 'The account has no credit to pay out. Post a credit memo first.');
  const amount = asked ?? (compare(left, available) < 0 ? left : available);
  const spent = spendable(wallet, amount);
  return spent.ok ? accept({ amount, working }) : spent;
}

/** Decides what the provider's answer makes of a refund, or null when it was answered before. */
export function afterRefund(refunded: { readonly status: RefundStatus }, outcome: RefundOutcome) {
  if (refunded.status !== 'REQUESTED') return null;
  if (outcome.result === 'REFUNDED') return { status: 'SUCCEEDED', failure: null } as const;
  return { status: 'FAILED', failure: outcome.reason } as const;
}
