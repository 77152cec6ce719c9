import type { Id, InvoiceId } from '#kernel/ids';
import { allocate, compare, type Money, money, moneyOf, subtract, zero } from '#kernel/money';
import type { Work } from '#kernel/work';
import type { CreditRequested, PlannedCreditLine } from '../../orders/events/published';
import { atMostLeft } from '../domain/credit-memo';
import { refundableOf } from '../domain/refund';
import type { BillingEvents } from '../events/published';
import { isCreditedBy } from '../store/credit-memos';
import { invoiceById } from '../store/invoices';
import { paymentsOfInvoice } from '../store/payments';
import type { InvoiceRow } from '../store/tables';
import { lockInvoiceByNumber } from './lockInvoiceByNumber';
import { creditableLines, postCreditMemo } from './postCreditMemo';
import { refundPayment } from './refundPayment';

/** A line of an order that gives back a part of what one line of an invoice charged. */
type CreditingLine = PlannedCreditLine & { readonly creditedInvoiceId: InvoiceId; readonly creditedLineId: Id<'invoiceLine'> };

interface Credit {
  readonly line: CreditingLine;
  readonly amount: Money;
}

const everybody = () => true;

/**
 * Carries out what an order gives back (P3, P8): a credit memo for each invoice that it credits, which lowers what is
 * still owed and keeps the rest as credit; where the order says so, that rest goes back to the cards that paid. What was
 * paid in another way stays as credit, since no card can take it.
 */
export async function creditOrder(work: Work<BillingEvents>, request: CreditRequested): Promise<void> {
  for (const [invoiceId, credits] of Map.groupBy(creditsOf(request), credit => credit.line.creditedInvoiceId)) {
    const invoice = await lockedInvoice(work, invoiceId);
    // Tried again, then kept for an operator: an invoice that is credited was posted before.
    if (!invoice) throw new Error(`The order ${request.orderNumber} credits an invoice that is not here.`);
    // Heard again: the invoice's lock has shown what the first time did.
    if (await isCreditedBy(work.tx, invoice, request.orderId)) continue;
    const lines = invoice.status === 'VOIDED' ? [] : await stillToCredit(work, invoice, credits);
    if (lines.length === 0) continue;
    const reason = request.reason ?? `Order ${request.orderNumber}`;
    const posted = await postCreditMemo(
      work,
      { invoiceNumber: invoice.number, lines, use: 'INVOICE_FIRST', reason, orderId: request.orderId },
      everybody,
    );
    if (!posted.ok) throw new Error(`The order ${request.orderNumber} could not be credited: ${posted.refusal.message}`);
    const { keptMinor, currency } = posted.value.creditMemo;
    if (request.isRefunded) await giveBack(work, invoice, money(keptMinor, currency), reason);
  }
}

async function lockedInvoice(work: Work<BillingEvents>, invoiceId: InvoiceId): Promise<InvoiceRow | null> {
  const [found] = await invoiceById.batch(work.tx, [invoiceId]);
  const locked = found && (await lockInvoiceByNumber(work.tx, found.number, everybody));
  return locked?.ok ? locked.value : null;
}

/** What is left to give back, where finance gave back a part of it before the order came. */
async function stillToCredit(work: Work<BillingEvents>, invoice: InvoiceRow, credits: readonly Credit[]) {
  const byId = new Map((await creditableLines(work, invoice)).map(line => [line.id, line]));
  const asked = credits.map(({ line, amount }) => ({
    lineId: line.creditedLineId,
    amount: atMostLeft(byId.get(line.creditedLineId), amount),
  }));
  return asked.filter(({ amount }) => amount.minor > 0n);
}

/** What an order charges beside lowers what it gives back, in proportion, and to the last unit. */
function creditsOf({ lines, subtotal }: CreditRequested): readonly Credit[] {
  const crediting = lines.filter((line): line is CreditingLine => line.creditedInvoiceId !== null && line.creditedLineId !== null);
  const weights = crediting.map(line => moneyOf(line.amount).minor);
  const amounts = crediting.length === 0 ? [] : allocate(moneyOf(subtotal), weights);
  return crediting.map((line, index) => ({ line, amount: amounts[index] ?? zero(moneyOf(subtotal).currency) }));
}

/** Pays credit out to the cards that paid an invoice, the first payment first, until it is used up. */
async function giveBack(work: Work<BillingEvents>, invoice: InvoiceRow, credit: Money, reason: string): Promise<void> {
  const [payments] = await paymentsOfInvoice.batch(work.tx, [invoice.id]);
  let left = credit;
  for (const payment of payments ?? []) {
    if (left.minor <= 0n) return;
    if (payment.kind !== 'CARD' || payment.status !== 'CAPTURED') continue;
    const refundable = refundableOf(payment);
    const amount = compare(refundable, left) < 0 ? refundable : left;
    if (amount.minor <= 0n) continue;
    const refunded = await refundPayment(work, { paymentId: payment.id, amount, reason }, everybody);
    if (!refunded.ok) throw new Error(`A refund of the invoice ${invoice.number} was refused: ${refunded.refusal.message}`);
    left = subtract(left, amount);
  }
}
