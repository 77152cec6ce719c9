import type { AccountId, PaymentId } from '#kernel/ids';
import { money } from '#kernel/money';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type AuthorizationOutcome, afterAuthorization } from '../domain/payment';
import { release } from '../domain/receivable';
import type { BillingEvents } from '../events/published';
import { lockInvoice, saveReceivable } from '../store/invoices';
import { lockPayment, savePayment } from '../store/payments';
import type { PaymentRow } from '../store/tables';
import { announceAuthorized, failPaymentStep, failRequiresAction } from './answer-order';
import { enqueueCapture } from './enqueue-payment';

/** One try of one payment, as a job or a challenge names it. */
export interface PaymentTry {
  readonly accountId: AccountId;
  readonly paymentId: PaymentId;
  readonly tries: number;
}

/** Keeps what the provider answered, and tells whoever waits for it. An answer that comes too late changes nothing. */
export async function saveAuthorization(
  work: Work<BillingEvents>,
  asked: PaymentTry,
  outcome: AuthorizationOutcome,
): Promise<Result<null>> {
  const payment = await lockPayment(work.tx, asked.accountId, asked.paymentId);
  if (payment) await applyAuthorization(work, payment, asked.tries, outcome);
  return accept(null);
}

/** The same for a payment that is locked already; answers it as it stands afterwards. */
export async function applyAuthorization(
  work: Work<BillingEvents>,
  payment: PaymentRow,
  tries: number,
  outcome: AuthorizationOutcome,
): Promise<PaymentRow> {
  const change = afterAuthorization(payment, tries, outcome);
  if (!change) return payment;
  const saved = await savePayment(work.tx, payment, change);
  if (saved.orderId) answerOrder(work, saved, saved.orderId);
  else await answerInvoice(work, saved);
  return saved;
}

/**
 * The provider gave no answer in all its tries. The payment stays REQUESTED, because nobody knows its fate; an order
 * asks again with the same provider key, and so finds out.
 */
export async function giveUpAuthorization(work: Work<BillingEvents>, asked: PaymentTry): Promise<Result<null>> {
  const payment = await lockPayment(work.tx, asked.accountId, asked.paymentId);
  if (payment?.status !== 'REQUESTED' || payment.tries !== asked.tries || !payment.orderId) return accept(null);
  failPaymentStep(work, { orderId: payment.orderId, accountId: payment.accountId }, payment.orderAttempt ?? 1, {
    code: 'PAYMENT_TIMED_OUT',
    message: 'The payment provider did not answer in time. It is asked again under the same key, so nothing is taken twice.',
    isRetryable: true,
  });
  return accept(null);
}

function answerOrder(work: Work<BillingEvents>, payment: PaymentRow, orderId: NonNullable<PaymentRow['orderId']>): void {
  const attempt = payment.orderAttempt ?? 1;
  if (payment.status === 'AUTHORIZED') announceAuthorized(work, payment, orderId, attempt, money(payment.amountMinor, payment.currency));
  if (payment.status === 'REQUIRES_ACTION') failRequiresAction(work, payment, orderId, attempt);
  if (payment.status === 'FAILED') {
    const failure = { code: 'PAYMENT_DECLINED', message: payment.failure ?? 'The card was declined.', isRetryable: false };
    failPaymentStep(work, { orderId, accountId: payment.accountId }, attempt, failure);
  }
}

/** A payment of an open invoice is taken as soon as it is reserved; one that failed no longer speaks for its amount. */
async function answerInvoice(work: Work<BillingEvents>, payment: PaymentRow): Promise<void> {
  if (payment.status === 'AUTHORIZED') return enqueueCapture(work, payment);
  if (payment.status === 'FAILED') await releasePending(work, payment);
}

/** Gives an invoice back the amount that a failed payment had spoken for. */
export async function releasePending(work: Work<BillingEvents>, payment: PaymentRow): Promise<void> {
  const invoice = payment.invoiceId ? await lockInvoice(work.tx, payment.accountId, payment.invoiceId) : null;
  if (invoice) await saveReceivable(work.tx, invoice, release(invoice, money(payment.amountMinor, payment.currency)));
}
