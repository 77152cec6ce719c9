import type { AccountId } from '#kernel/ids';
import { add, type Currency, compare, displayOf, isNegative, type Money, sum } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import type { PlainDate } from '#kernel/time';

/** Only posted invoices exist and count; a void one is kept and owes nothing. */
export const INVOICE_STATUSES = ['POSTED', 'VOIDED'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

/** An invoice as the order planned it. Every amount is decided; billing adds it up and changes nothing. */
export interface InvoicePlan {
  readonly currency: Currency;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly lines: readonly { readonly unitPrice: Money; readonly amount: Money; readonly tax: Money }[];
  readonly subtotal: Money;
  readonly tax: Money;
  readonly total: Money;
}

/**
 * Adds a plan up again before it becomes a document nobody can change: one currency, lines that sum to the subtotal
 * and to the tax, and subtotal + tax = total. A negative total is a credit, which is another document.
 */
export function checkPlan(plan: InvoicePlan) {
  const wrong = (what: string) => refuse('INVOICE_PLAN_INCORRECT', what);
  if (plan.lines.length === 0) return wrong('An invoice needs a line.');
  if (plan.dueOn < plan.issuedOn) return wrong(`The invoice is due on ${plan.dueOn}, before it is issued on ${plan.issuedOn}.`);

  const amounts = [plan.subtotal, plan.tax, plan.total, ...plan.lines.flatMap(line => [line.unitPrice, line.amount, line.tax])];
  const foreign = amounts.find(amount => amount.currency !== plan.currency);
  if (foreign) return wrong(`The invoice is in ${plan.currency}, but one amount is in ${foreign.currency}.`);

  const subtotal = sum(
    plan.lines.map(line => line.amount),
    plan.currency,
  );
  if (compare(subtotal, plan.subtotal) !== 0)
    return wrong(`The lines sum to ${displayOf(subtotal)}, the subtotal says ${displayOf(plan.subtotal)}.`);
  const tax = sum(
    plan.lines.map(line => line.tax),
    plan.currency,
  );
  if (compare(tax, plan.tax) !== 0) return wrong(`The lines' taxes sum to ${displayOf(tax)}, the tax says ${displayOf(plan.tax)}.`);
  const total = add(subtotal, tax);
  if (compare(total, plan.total) !== 0) {
    return wrong(`${displayOf(subtotal)} + ${displayOf(tax)} tax = ${displayOf(total)}, the total says ${displayOf(plan.total)}.`);
  }
  if (isNegative(total)) return wrong(`A total of ${displayOf(total)} is a credit, not an invoice.`);
  return accept(plan);
}

/**
 * The number of an account's n-th invoice: `INV-00012345-0001`. The middle is the digits of the account's own number,
 * which no other account has, so a series needs no counter across accounts. Past 9999 the number grows a digit.
 */
export function invoiceNumber(account: { readonly accountId: AccountId; readonly number: string }, sequence: number): string {
  const digits = account.number.replaceAll(/\D/g, '');
  // Without digits of its own, the account is told apart by its id; 32 digits are long, but they are nobody else's.
  const series = digits || account.accountId.slice(4).toUpperCase();
  return `INV-${series}-${String(sequence).padStart(4, '0')}`;
}
