import type { AccountId, EventId, InvoiceId } from '#kernel/ids';
import { isZero, type MoneyText, moneyOf, negate } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { InvoicePosted } from '../../billing/events/published';
import type { ReportsEvents } from '../events/published';
import { insertInvoice, moveReceivable, settleInvoice } from '../store/facts';

/** Takes in a posted invoice: all of it is owed. One of nothing is settled at once. */
export async function takeInInvoice(work: Work<ReportsEvents>, eventId: EventId, invoice: InvoicePosted): Promise<void> {
  const { accountId, invoiceId, number, orderId, issuedOn, dueOn } = invoice;
  const { minor, currency } = moneyOf(invoice.total);
  await insertInvoice(work.tx, {
    accountId,
    invoiceId,
    number,
    orderId,
    currency,
    issuedOn,
    dueOn,
    settledOn: minor === 0n ? issuedOn : null,
  });
  await moveReceivable(work.tx, { accountId, eventId, invoiceId, movedOn: issuedOn, amountMinor: minor, currency });
}

/** Less is owed: by a payment, a credit or because the invoice was taken back. */
export interface Reduction {
  readonly accountId: AccountId;
  readonly invoiceId: InvoiceId;
  readonly amount: MoneyText;
  readonly on: PlainDate;
  /** What is owed afterwards. */
  readonly balance: MoneyText;
}

export async function takeInReduction(work: Work<ReportsEvents>, eventId: EventId, reduction: Reduction): Promise<void> {
  const { accountId, invoiceId, on } = reduction;
  const { minor, currency } = negate(moneyOf(reduction.amount));
  await moveReceivable(work.tx, { accountId, eventId, invoiceId, movedOn: on, amountMinor: minor, currency });
  if (isZero(moneyOf(reduction.balance))) await settleInvoice(work.tx, accountId, invoiceId, on);
}
