import { compare, displayOf, isNegative, isZero, type Money, subtract } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';
import { checkPlan, type InvoicePlan } from './invoice';

/** An invoice of another system, of which something is still open. */
export interface BroughtAlong extends InvoicePlan {
  /** As it stands on the customer's paper. */
  readonly number: string;
  readonly open: Money;
}

const NUMBER_LENGTH_MAX = 64;
const OUR_NUMBERS = /^INV-\d{8}-\d{4,}$/;

/**
 * Decides whether an invoice of another system is taken over: it adds up, keeps its own number, which is none of ours, and
 * something of it is open, but not more than it charged. What is paid is history, and stays where it was booked.
 */
export function takeOver(invoice: BroughtAlong) {
  const number = lineFrom(invoice.number, NUMBER_LENGTH_MAX);
  if (!number || OUR_NUMBERS.test(number))
    return refuse('INVOICE_NUMBER_UNUSABLE', `A number has 1 to ${NUMBER_LENGTH_MAX} visible characters, and is none that we give out.`, {
      path: ['number'],
    });
  const plan = checkPlan(invoice);
  if (!plan.ok) return plan;
  const { open, total } = invoice;
  if (open.currency !== total.currency || isNegative(open) || isZero(open) || compare(open, total) > 0)
    return refuse('INVOICE_NOT_OPEN', `Of ${displayOf(total)} some must be open, and not more; this says ${displayOf(open)}.`, {
      path: ['open'],
    });
  return accept({ number, open, paid: subtract(total, open) });
}
