import type { AccountId } from '#kernel/ids';
import { add, type Currency, compare, displayOf, isNegative, isZero, type Money, money, sum } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import type { PlainDate } from '#kernel/time';
import { documentNumber } from './document-number';

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

/** The number of an account's n-th invoice: `INV-00012345-0001`. */
export const invoiceNumber = (account: { readonly accountId: AccountId; readonly number: string }, sequence: number): string =>
  documentNumber('INVOICE', account, sequence);

/** What is known of an invoice when somebody wants to take it back. */
export interface Voidable {
  readonly status: InvoiceStatus;
  readonly currency: Currency;
  readonly totalMinor: bigint;
  readonly balanceMinor: bigint;
  readonly pendingMinor: bigint;
}

/**
 * Decides whether a posted invoice can be taken back as a whole: nothing of it was paid, is being paid, or was credited.
 * What was is answered with a credit memo instead, because then two documents must stand in the books.
 */
export function voidable<Invoice extends Voidable>(invoice: Invoice, credited: Money) {
  if (invoice.status === 'VOIDED') return refuse('INVOICE_ALREADY_VOIDED', 'This invoice was voided before.');
  if (invoice.pendingMinor > 0n) {
    return refuse('PAYMENT_IN_PROGRESS', 'A payment of this invoice is on its way. Wait for what becomes of it.', { retryable: true });
  }
  if (invoice.balanceMinor !== invoice.totalMinor || !isZero(credited)) {
    const total = displayOf(money(invoice.totalMinor, invoice.currency));
    const owed = displayOf(money(invoice.balanceMinor, invoice.currency));
    const why = isZero(credited) ? `Of ${total} only ${owed} are still owed` : `${displayOf(credited)} of it were credited`;
    return refuse('INVOICE_NOT_VOIDABLE', `${why}. Post a credit memo instead.`);
  }
  return accept(invoice);
}
