import type { AccountId } from '#kernel/ids';
import type { Money } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import { pay } from '../domain/receivable';
import type { BillingEvents } from '../events/published';
import { insertPayment } from '../store/payments';
import { checkPeriod } from './check-period';
import { lockInvoiceByNumber } from './lockInvoiceByNumber';
import { settlePayment } from './settlePayment';

/** A bank transfer that finance found on the bank's statement. */
export interface RecordPayment {
  readonly invoiceNumber: string;
  readonly amount: Money;
  readonly receivedOn: PlainDate;
  readonly reference: string;
}

/** Records money that arrived by bank transfer. It is there already, so the invoice is paid at once. */
export async function recordPayment(work: Work<BillingEvents>, request: RecordPayment, maySee: (accountId: AccountId) => boolean) {
  if (request.receivedOn > work.today) {
    return refuse('RECEIVED_IN_FUTURE', 'Record a transfer once it has arrived.', { path: ['receivedOn'] });
  }
  const openDay = await checkPeriod(work, request.receivedOn);
  if (!openDay.ok) return refuse(openDay.refusal.code, openDay.refusal.message, { path: ['receivedOn'] });
  const found = await lockInvoiceByNumber(work.tx, request.invoiceNumber, maySee);
  if (!found.ok) return found;
  const invoice = found.value;

  const amount = pay(invoice, request.amount);
  if (!amount.ok) return amount;

  const payment = await insertPayment(work.tx, {
    accountId: invoice.accountId,
    id: work.newId('payment'),
    kind: 'BANK_TRANSFER',
    status: 'CAPTURED',
    amountMinor: amount.value.minor,
    currency: amount.value.currency,
    paymentMethodId: null,
    tries: 0,
    orderId: null,
    orderAttempt: null,
    invoiceId: invoice.id,
    reference: request.reference,
    failure: null,
    requestedAt: work.now,
    receivedAt: work.now,
    receivedOn: request.receivedOn,
  });
  return accept({ payment, invoice: await settlePayment(work, payment, invoice, 'DIRECT') });
}
