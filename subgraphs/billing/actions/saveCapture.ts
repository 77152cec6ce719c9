import type { AccountId, PaymentId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type CaptureOutcome, canCapture } from '../domain/payment';
import type { BillingEvents } from '../events/published';
import { lockInvoice } from '../store/invoices';
import { lockPayment, savePayment } from '../store/payments';
import { releasePending } from './saveAuthorization';
import { settlePayment } from './settlePayment';

/** Keeps what came of taking the money. A second answer for the same payment changes nothing. */
export async function saveCapture(
  work: Work<BillingEvents>,
  captured: { readonly accountId: AccountId; readonly paymentId: PaymentId },
  outcome: CaptureOutcome,
): Promise<Result<null>> {
  const payment = await lockPayment(work.tx, captured.accountId, captured.paymentId);
  if (!payment?.invoiceId || !canCapture(payment)) return accept(null);
  if (outcome.result === 'REFUSED') {
    // The invoice stays open, and the customer owes it: goods are not taken back by a bank's refusal.
    await releasePending(work, await savePayment(work.tx, payment, { status: 'FAILED', failure: outcome.reason }));
    return accept(null);
  }
  const invoice = await lockInvoice(work.tx, payment.accountId, payment.invoiceId);
  if (!invoice) throw new Error('A payment names an invoice that does not exist.');
  const received = await savePayment(work.tx, payment, { status: 'CAPTURED', receivedAt: work.now, receivedOn: work.today });
  await settlePayment(work, received, invoice, 'PENDING');
  return accept(null);
}
