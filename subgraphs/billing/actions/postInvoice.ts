import type { AccountId } from '#kernel/ids';
import { compare, displayOf, isZero, type Money, money, moneyOf, moneyText } from '#kernel/money';
import type { Work } from '#kernel/work';
import type { InvoiceRequested } from '../../orders/events/published';
import { checkPlan, invoiceNumber } from '../domain/invoice';
import { entryOfInvoice } from '../domain/journal';
import { sellerOf } from '../domain/tax-identity';
import type { BillingEvents } from '../events/published';
import { findAccount } from '../store/accounts';
import { findInvoice, findLines, insertInvoice, nextSequence } from '../store/invoices';
import { insertEntry } from '../store/journal';
import { lockPayment, savePayment } from '../store/payments';
import type { AccountRow, InvoiceLineRow, InvoiceRow, PaymentRow } from '../store/tables';
import { failInvoiceStep } from './answer-order';
import { checkPeriod } from './check-period';
import { enqueueCapture } from './enqueue-payment';
import { spendCreditAtPosting } from './spend-credit';

/**
 * An order asks for its invoice. It is posted exactly as planned, once, with its journal entry; a plan
 * that does not add up is refused instead. A card payment is captured afterwards, by a job.
 */
export async function postInvoice(work: Work<BillingEvents>, request: InvoiceRequested): Promise<void> {
  const ownerId = request.invoiceOwner?.accountId ?? request.accountId;
  const posted = await findInvoice(work.tx, ownerId, request.invoiceId);
  if (posted) return announcePosted(work, posted, await findLines(work.tx, posted), request);

  const account = await findAccount(work.tx, ownerId);
  // Events of two houses overtake each other; the account's own will be here in a moment.
  if (!account) return failInvoiceStep(work, request, request.attempt, { ...ACCOUNT_NOT_KNOWN_YET, isRetryable: true });

  const plan = checkPlan(planOf(request));
  if (!plan.ok) return failInvoiceStep(work, request, request.attempt, { ...plan.refusal, isRetryable: false });

  const openDay = await checkPeriod(work, request.issuedOn);
  if (!openDay.ok) return failInvoiceStep(work, request, request.attempt, { ...openDay.refusal, isRetryable: false });

  const { total } = plan.value;
  const payment = request.paymentId && !isZero(total) ? await lockPayment(work.tx, request.accountId, request.paymentId) : null;
  if (request.paymentId && !isZero(total) && !isReservedFor(payment, request, total)) {
    return failInvoiceStep(work, request, request.attempt, {
      code: 'PAYMENT_NOT_AUTHORIZED',
      message: `No payment of ${displayOf(total)} is reserved for this order.`,
      isRetryable: false,
    });
  }

  const invoice = invoiceFrom(work, request, account, await nextSequence(work.tx, ownerId), payment);
  const lines = linesFrom(request, ownerId);
  await insertInvoice(work.tx, invoice, lines);
  await insertEntry(work.tx, entryFrom(work, invoice), entryOfInvoice(plan.value));
  announcePosted(work, invoice, lines, request);
  if (payment) await enqueueCapture(work, await savePayment(work.tx, payment, { invoiceId: invoice.id }));
  else await spendCreditAtPosting(work, invoice);
}

const ACCOUNT_NOT_KNOWN_YET = { code: 'ACCOUNT_NOT_KNOWN_YET', message: 'Billing has not heard of this account yet.' };

// Preview equals charge, to the cent: another amount on the card is another purchase.
function isReservedFor(payment: PaymentRow | null, request: InvoiceRequested, total: Money): boolean {
  if (payment?.status !== 'AUTHORIZED' || payment.orderId !== request.orderId || payment.currency !== total.currency) return false;
  return compare(money(payment.amountMinor, payment.currency), total) === 0;
}

const planOf = (request: InvoiceRequested) => ({
  currency: request.currency,
  issuedOn: request.issuedOn,
  dueOn: request.dueOn,
  lines: request.lines.map(line => ({ unitPrice: moneyOf(line.unitPrice), amount: moneyOf(line.amount), tax: moneyOf(line.tax) })),
  subtotal: moneyOf(request.subtotal),
  tax: moneyOf(request.tax),
  total: moneyOf(request.total),
});

function invoiceFrom(
  work: Work<BillingEvents>,
  request: InvoiceRequested,
  account: AccountRow,
  sequence: number,
  payment: PaymentRow | null,
): InvoiceRow {
  const totalMinor = moneyOf(request.total).minor;
  return {
    accountId: account.accountId,
    id: request.invoiceId,
    number: invoiceNumber(account, sequence),
    sequence,
    orderId: request.orderId,
    orderNumber: request.orderNumber,
    poNumber: request.poNumber,
    sellingEntity: request.sellingEntity,
    billTo: account.billTo,
    seller: sellerOf(request.sellingEntity),
    buyer: {
      name: account.organizationName ?? account.name,
      taxNumber: account.vatId,
      isTaxExempt: account.isTaxExempt ?? false,
    },
    currency: request.currency,
    subtotalMinor: moneyOf(request.subtotal).minor,
    taxMinor: moneyOf(request.tax).minor,
    totalMinor,
    issuedOn: request.issuedOn,
    dueOn: request.dueOn,
    postedAt: work.now,
    correlationId: work.correlationId,
    status: 'POSTED',
    balanceMinor: totalMinor,
    // What is reserved on the card already speaks for the whole of it.
    pendingMinor: payment ? totalMinor : 0n,
  };
}

const linesFrom = (request: InvoiceRequested, accountId: AccountId): readonly InvoiceLineRow[] =>
  request.lines.map((line, index) => ({
    accountId,
    invoiceId: request.invoiceId,
    id: line.lineId,
    position: index + 1,
    actionId: line.actionId,
    subscriptionId: line.subscriptionId,
    sku: line.sku,
    description: line.description,
    quantity: line.quantity,
    currency: request.currency,
    unitPriceMinor: moneyOf(line.unitPrice).minor,
    days: line.days,
    amountMinor: moneyOf(line.amount).minor,
    taxMinor: moneyOf(line.tax).minor,
    working: line.working,
    startsOn: line.servicePeriod.startsOn,
    endsOn: line.servicePeriod.endsOn,
  }));

const entryFrom = (work: Work<BillingEvents>, invoice: InvoiceRow) =>
  ({
    accountId: invoice.accountId,
    id: work.newId('journalEntry'),
    kind: 'INVOICE_POSTED',
    invoiceId: invoice.id,
    paymentId: null,
    description: `Invoice ${invoice.number}`,
    postedOn: invoice.issuedOn,
    postedAt: work.now,
  }) as const;

/** Tells the neighbours of a posted invoice, and of the account whose order it answers. */
export function announcePosted(
  work: Work<BillingEvents>,
  invoice: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  { attempt, accountId: orderAccountId }: Pick<InvoiceRequested, 'attempt' | 'accountId'>,
): void {
  const { accountId, id: invoiceId, number, orderId, issuedOn, dueOn, currency } = invoice;
  work.announce(
    'InvoicePosted.v1',
    { subject: invoiceId, accountId },
    {
      invoiceId,
      accountId,
      number,
      orderId,
      ...(orderAccountId !== accountId && { orderAccountId }),
      attempt,
      issuedOn,
      dueOn,
      total: moneyText(money(invoice.totalMinor, currency)),
      lines: lines.map(({ subscriptionId, sku, quantity, amountMinor, startsOn, endsOn }) => ({
        subscriptionId,
        sku,
        quantity,
        amount: moneyText(money(amountMinor, currency)),
        servicePeriod: { startsOn, endsOn },
      })),
    },
  );
}
