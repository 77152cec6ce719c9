import { compare, displayOf, type Money, sum } from '#kernel/money';
import { accept, refuse } from '#kernel/result';

/** How much of a transfer pays which invoice. */
export interface SharedOut {
  readonly invoiceNumber: string;
  readonly amount: Money;
}

/** The most invoices that one transfer pays. */
export const TRANSFER_INVOICES_MAX = 100;

/**
 * Decides how a transfer is shared out over invoices: each named once, in one currency, and to the last unit, since what
 * nobody says something about would be lost. Answers the parts in the order of the invoices' numbers.
 */
export function shareOut(amount: Money, parts: readonly SharedOut[]) {
  const path = ['allocations'];
  const differs = (message: string) => refuse('TRANSFER_DIFFERS', message, { path });
  if (parts.length === 0 || parts.length > TRANSFER_INVOICES_MAX) return differs(`A transfer pays 1 to ${TRANSFER_INVOICES_MAX} invoices.`);
  if (new Set(parts.map(part => part.invoiceNumber)).size < parts.length) return differs('Name each invoice once.');
  if (parts.some(part => part.amount.currency !== amount.currency))
    return differs(`The transfer is in ${amount.currency}: so are its parts.`);
  const shared = sum(
    parts.map(part => part.amount),
    amount.currency,
  );
  if (compare(shared, amount) !== 0) return differs(`The parts come to ${displayOf(shared)}, the transfer to ${displayOf(amount)}.`);
  const placed = parts.map((part, position) => ({ ...part, position }));
  return accept(placed.toSorted((a, b) => (a.invoiceNumber < b.invoiceNumber ? -1 : 1)));
}
