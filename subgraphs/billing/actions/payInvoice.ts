import { type AccountId, isId } from '#kernel/ids';
import type { Money } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { chooseMethod } from '../domain/payment-method';
import { pay, pend } from '../domain/receivable';
import type { BillingEvents } from '../events/published';
import { saveReceivable } from '../store/invoices';
import { findPaymentMethod } from '../store/payment-methods';
import { insertPayment } from '../store/payments';
import { enqueueAuthorization } from './enqueue-payment';
import { lockInvoiceByNumber } from './lockInvoiceByNumber';

/** An open invoice to pay by card, as a whole or in part. */
export interface PayInvoice {
  readonly invoiceNumber: string;
  readonly paymentMethodId: string;
  /** Null: all that is open. */
  readonly amount: Money | null;
}

/**
 * Pays an invoice by card. What is owed is locked and the amount is spoken for at once, so two payments at the same
 * moment never add up to more than is owed; the card is charged by a job after the commit.
 */
export async function payInvoice(work: Work<BillingEvents>, request: PayInvoice, maySee: (accountId: AccountId) => boolean) {
  const found = await lockInvoiceByNumber(work.tx, request.invoiceNumber, maySee);
  if (!found.ok) return found;
  const invoice = found.value;

  const { paymentMethodId: methodId } = request;
  const stored = isId('paymentMethod', methodId) ? await findPaymentMethod(work.tx, invoice.accountId, methodId) : null;
  const method = chooseMethod(stored, invoice.accountId, work.today);
  if (!method.ok) return refuse(method.refusal.code, method.refusal.message, { path: ['paymentMethodId'] });

  const amount = pay(invoice, request.amount);
  if (!amount.ok) return amount;

  const payment = await insertPayment(work.tx, {
    accountId: invoice.accountId,
    id: work.newId('payment'),
    kind: 'CARD',
    status: 'REQUESTED',
    amountMinor: amount.value.minor,
    currency: amount.value.currency,
    paymentMethodId: method.value.id,
    tries: 1,
    orderId: null,
    orderAttempt: null,
    invoiceId: invoice.id,
    reference: null,
    failure: null,
    requestedAt: work.now,
    receivedAt: null,
    receivedOn: null,
  });
  const pending = await saveReceivable(work.tx, invoice, pend(invoice, amount.value));
  await enqueueAuthorization(work, payment);
  return accept({ payment, invoice: pending });
}
