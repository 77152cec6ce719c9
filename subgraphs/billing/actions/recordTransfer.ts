import type { AccountId } from '#kernel/ids';
import { displayOf, type Money } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import { type SharedOut, shareOut } from '../domain/transfer';
import type { BillingEvents } from '../events/published';
import type { InvoiceRow, PaymentRow } from '../store/tables';
import { recordPayment } from './recordPayment';

/** A bank transfer that pays several invoices at once. */
export interface RecordTransfer {
  readonly amount: Money;
  readonly receivedOn: PlainDate;
  readonly reference: string;
  readonly allocations: readonly SharedOut[];
}

/**
 * Records one transfer as a payment for each invoice that it pays, all with its reference: all of them or none. The
 * invoices are locked in the order of their numbers, so that two transfers never wait for each other.
 */
export async function recordTransfer(work: Work<BillingEvents>, request: RecordTransfer, maySee: (accountId: AccountId) => boolean) {
  const { amount, receivedOn, reference } = request;
  const shared = shareOut(amount, request.allocations);
  if (!shared.ok) return shared;
  const recorded: { readonly payment: PaymentRow; readonly invoice: InvoiceRow }[] = [];
  for (const { invoiceNumber, amount: part, position } of shared.value) {
    const paid = await recordPayment(work, { invoiceNumber, amount: part, receivedOn, reference }, maySee);
    if (!paid.ok) {
      const { code, message } = paid.refusal;
      return refuse(code, `${displayOf(part)} for ${invoiceNumber}: ${message}`, { path: ['allocations', String(position)] });
    }
    recorded.push(paid.value);
  }
  return accept({ recorded });
}
