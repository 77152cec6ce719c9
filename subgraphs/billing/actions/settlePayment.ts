import { money, moneyText } from '#kernel/money';
import type { Work } from '#kernel/work';
import { entryOfPayment } from '../domain/journal';
import { settle } from '../domain/receivable';
import type { BillingEvents } from '../events/published';
import { saveReceivable } from '../store/invoices';
import { insertEntry } from '../store/journal';
import { insertAllocation } from '../store/payments';
import type { InvoiceRow, PaymentRow } from '../store/tables';
import { settleAccount } from './dun-account';

/**
 * Money arrived for an invoice that is locked: its balance falls, the allocation and the journal entry are written with
 * the same working, and the neighbours are told.
 */
export async function settlePayment(
  work: Work<BillingEvents>,
  payment: PaymentRow,
  invoice: InvoiceRow,
  was: 'PENDING' | 'DIRECT',
): Promise<InvoiceRow> {
  const amount = money(payment.amountMinor, payment.currency);
  const { accountId, id: paymentId } = payment;
  const { balance, change, working } = settle(invoice, amount, was);
  const settled = await saveReceivable(work.tx, invoice, change);
  await insertAllocation(work.tx, {
    accountId,
    paymentId,
    invoiceId: invoice.id,
    amountMinor: amount.minor,
    currency: amount.currency,
    working,
    allocatedAt: work.now,
  });
  const entry = {
    accountId,
    id: work.newId('journalEntry'),
    kind: 'PAYMENT_RECEIVED',
    invoiceId: invoice.id,
    paymentId,
    description: `Payment of ${invoice.number}`,
    postedOn: payment.receivedOn ?? work.today,
    postedAt: work.now,
  } as const;
  await insertEntry(work.tx, entry, entryOfPayment(amount, working));
  work.announce(
    'PaymentReceived.v1',
    { subject: paymentId, accountId },
    {
      paymentId,
      accountId,
      invoiceId: invoice.id,
      invoiceNumber: invoice.number,
      orderId: invoice.orderId,
      amount: moneyText(amount),
      balance: moneyText(balance),
      receivedAt: work.now.toISOString(),
    },
  );
  await settleAccount(work, accountId);
  return settled;
}
