import { addDays } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { InvoicePosted } from '../../billing/events/published';
import { invoiceRequest } from '../domain/handing-over';
import { entryOf, unchanged } from '../domain/progress';
import type { OrdersEvents } from '../events/published';
import { endedSubscriptions, type InstalmentKey, instalmentForUpdate, instalmentOfInvoice, saveInstalment } from '../store/instalments';
import { linesOf, orderForUpdate, saveProgress } from '../store/orders';
import { completeStep } from './answer-step';

/**
 * P7: asks billing for the invoice of a year of a ramp that begins, as it was planned with the order. What was cancelled since is left
 * out; where nothing is left, there is no invoice. Until billing has answered, it is asked again once a day.
 */
export async function askForInstalment(work: Work<OrdersEvents>, key: InstalmentKey): Promise<void> {
  const found = await orderForUpdate(work.tx, { accountId: key.accountId, id: key.orderId });
  const instalment = await instalmentForUpdate(work.tx, key, work.now);
  if (!found || !instalment) return;
  const { order } = found;
  const ended = await endedSubscriptions(work.tx, key.accountId);
  const lines = (await linesOf(work.tx, order)).filter(line => !ended.has(line.subscriptionId));
  const isOwed = lines.some(line => line.invoicedOn === key.invoicedOn);
  await saveInstalment(work.tx, { ...instalment, requestedAt: work.now, postedAt: isOwed ? null : work.now });
  if (!isOwed) return;
  const issuedOn = work.today;
  const invoice = { ...order, invoiceId: instalment.invoiceId, issuedOn, dueOn: addDays(issuedOn, order.paymentTermsDays) };
  const about = { subject: order.id, accountId: order.accountId };
  work.announce('InvoiceRequested.v1', about, invoiceRequest(invoice, 1, lines, key.invoicedOn));
}

/** An invoice was posted: that of a year of a ramp, or the one that its order waits for. */
export async function noteInvoice(
  work: Work<OrdersEvents>,
  posted: InvoicePosted & { readonly orderId: NonNullable<InvoicePosted['orderId']> },
): Promise<void> {
  const { accountId, orderAccountId, orderId, invoiceId, number, dueOn } = posted;
  // What is invoiced to a partner is not the customer's to know.
  if (orderAccountId) return completeStep(work, { ...posted, accountId: orderAccountId, kind: 'INVOICE' }, 'Invoiced to the partner.');
  const instalment = await instalmentOfInvoice(work.tx, accountId, invoiceId);
  if (!instalment) return completeStep(work, { ...posted, kind: 'INVOICE' }, `Invoice ${number}, due ${dueOn}.`);
  const found = await orderForUpdate(work.tx, { accountId, id: orderId });
  if (!found || instalment.postedAt) return;
  await saveInstalment(work.tx, { ...instalment, postedAt: work.now });
  const detail = `Invoice ${number} for the year from ${instalment.invoicedOn}, due ${dueOn}.`;
  const entry = entryOf(work, 'INSTALMENT_POSTED', null, detail, 'billing');
  await saveProgress(work.tx, found.order, { ...unchanged(found.order), entries: [entry] });
}
