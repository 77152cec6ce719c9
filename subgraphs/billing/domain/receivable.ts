import { add, type Currency, compare, displayOf, isNegative, isZero, type Money, money, subtract } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { daysBetween, type PlainDate } from '#kernel/time';
import type { InvoiceStatus } from './invoice';

/** What is owed on an invoice, and how much of that is on its way: card payments asked for and not captured yet. */
export interface Receivable {
  readonly status: InvoiceStatus;
  readonly balanceMinor: bigint;
  readonly pendingMinor: bigint;
  readonly currency: Currency;
}

export const balanceOf = (receivable: Receivable): Money => money(receivable.balanceMinor, receivable.currency);
export const pendingOf = (receivable: Receivable): Money => money(receivable.pendingMinor, receivable.currency);

/**
 * Decides how much is paid: what was asked, or all that is open when nothing was. Refuses another currency, an amount
 * that is not positive, a void or paid invoice, and more than is open, payments on their way counted as paid.
 */
export function pay(receivable: Receivable, asked: Money | null) {
  const path = ['amount'];
  if (receivable.status !== 'POSTED') return refuse('INVOICE_NOT_PAYABLE', 'Only a posted invoice can be paid.');
  if (asked && asked.currency !== receivable.currency) {
    return refuse('CURRENCY_MISMATCH', `This invoice is paid in ${receivable.currency}.`, { path: [...path, 'currency'] });
  }
  if (asked && (isNegative(asked) || isZero(asked))) return refuse('AMOUNT_NOT_POSITIVE', 'Pay an amount above zero.', { path });

  const balance = balanceOf(receivable);
  if (isZero(balance)) return refuse('INVOICE_ALREADY_PAID', 'Nothing is owed on this invoice any more.');
  const open = subtract(balance, pendingOf(receivable));
  if (isZero(open)) return refuse('PAYMENT_IN_PROGRESS', 'A payment of all that is owed is on its way.', { retryable: true });
  if (asked && compare(asked, open) > 0) {
    return refuse('OVERPAYMENT', `At most ${displayOf(open)} can be paid: ${workingOfOpen(receivable)}.`, { path: [...path, 'amount'] });
  }
  return accept(asked ?? open);
}

/** A card payment was asked for: its amount is spoken for, until it is settled or released. */
export const pend = (receivable: Receivable, amount: Money) => ({ pendingMinor: add(pendingOf(receivable), amount).minor });

/** A card payment came to nothing: its amount can be paid again. */
export const release = (receivable: Receivable, amount: Money) => ({ pendingMinor: subtract(pendingOf(receivable), amount).minor });

/**
 * Money arrived: the balance falls by it, with the working a finance person can check. Throws when the balance would
 * fall below zero: every way here has decided the amount before, so that is a fault.
 */
export function settle(receivable: Receivable, amount: Money, was: 'PENDING' | 'DIRECT') {
  const balance = subtract(balanceOf(receivable), amount);
  const pendingMinor = was === 'PENDING' ? release(receivable, amount).pendingMinor : receivable.pendingMinor;
  if (isNegative(balance) || pendingMinor < 0n) throw new RangeError('A settlement cannot exceed what is owed.');
  const working = `${displayOf(balanceOf(receivable))} owed − ${displayOf(amount)} paid = ${displayOf(balance)}`;
  return { balance, change: { balanceMinor: balance.minor, pendingMinor }, working };
}

/** Days past the due date on which something is still owed; 0 before it, and 0 once paid or void. */
export function daysOverdue(
  receivable: { readonly status: InvoiceStatus; readonly balanceMinor: bigint; readonly dueOn: PlainDate },
  today: PlainDate,
): number {
  if (receivable.status !== 'POSTED' || receivable.balanceMinor <= 0n) return 0;
  return Math.max(daysBetween(receivable.dueOn, today), 0);
}

function workingOfOpen(receivable: Receivable): string {
  const balance = balanceOf(receivable);
  const pending = pendingOf(receivable);
  const open = subtract(balance, pending);
  return `${displayOf(balance)} owed − ${displayOf(pending)} on its way = ${displayOf(open)}`;
}
