import type { AccountId, SubscriptionId } from '#kernel/ids';
import { add, type Currency, type Money, sum } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import type { Period, PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import { takeOver } from '../domain/imported-invoice';
import { entryOfImport } from '../domain/journal';
import { sellerOf } from '../domain/tax-identity';
import type { BillingEvents } from '../events/published';
import { findAccount } from '../store/accounts';
import { takeInvoiceNumber } from '../store/invoice-numbers';
import { insertInvoice, placeBroughtAlong } from '../store/invoices';
import { insertEntry } from '../store/journal';
import type { AccountRow, InvoiceLineRow, InvoiceRow } from '../store/tables';
import { announcePosted } from './postInvoice';

/** An open invoice of another system, as its paper says. */
export interface ImportInvoice {
  readonly accountId: AccountId;
  readonly number: string;
  readonly currency: Currency;
  readonly sellingEntity: string;
  readonly poNumber: string | null;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly lines: readonly ImportedLine[];
  readonly open: Money;
}

export interface ImportedLine {
  readonly subscriptionId: SubscriptionId;
  readonly sku: string;
  readonly description: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly amount: Money;
  readonly tax: Money;
  readonly servicePeriod: Period;
}

/**
 * Takes over an open invoice of another system, with its own number. It is booked on the day of the import, so that no
 * closed month is touched; from then on it is paid, credited and reminded of as any other.
 */
export async function importInvoice(work: Work<BillingEvents>, request: ImportInvoice) {
  const account = await findAccount(work.tx, request.accountId);
  if (!account) return refuse('ACCOUNT_NOT_KNOWN_YET', 'Billing has not heard of this account yet.', { retryable: true });
  const sums = sumsOf(request);
  const taken = takeOver({ ...request, ...sums });
  if (!taken.ok) return taken;
  const { number, open, paid } = taken.value;

  const invoice = invoiceFrom(work, request, account, {
    ...sums,
    number,
    open,
    sequence: await placeBroughtAlong(work.tx, request.accountId),
  });
  if (!(await takeInvoiceNumber(work.tx, invoice.accountId, invoice.id, number)))
    return refuse('INVOICE_NUMBER_TAKEN', `There is an invoice ${number} already.`, { path: ['number'] });
  const lines = request.lines.map((line, index) => lineFrom(work, invoice, line, index + 1));
  await insertInvoice(work.tx, invoice, lines);
  const entry = {
    accountId: invoice.accountId,
    id: work.newId('journalEntry'),
    kind: 'INVOICE_IMPORTED',
    invoiceId: invoice.id,
    paymentId: null,
    description: `Invoice ${number}, brought along`,
    postedOn: work.today,
    postedAt: work.now,
  } as const;
  await insertEntry(work.tx, entry, entryOfImport({ ...sums, open, paid }));
  announcePosted(work, invoice, lines, { attempt: 0, accountId: invoice.accountId });
  return accept({ invoiceId: invoice.id, number });
}

function sumsOf({ lines, currency }: ImportInvoice) {
  const subtotal = sum(
    lines.map(line => line.amount),
    currency,
  );
  const tax = sum(
    lines.map(line => line.tax),
    currency,
  );
  return { subtotal, tax, total: add(subtotal, tax) };
}

interface Decided extends ReturnType<typeof sumsOf> {
  readonly number: string;
  readonly open: Money;
  readonly sequence: number;
}

function invoiceFrom(work: Work<BillingEvents>, request: ImportInvoice, account: AccountRow, decided: Decided): InvoiceRow {
  const { accountId, currency, sellingEntity, poNumber, issuedOn, dueOn } = request;
  return {
    accountId,
    id: work.newId('invoice'),
    number: decided.number,
    sequence: decided.sequence,
    orderId: null,
    orderNumber: null,
    poNumber,
    sellingEntity,
    billTo: account.billTo,
    seller: sellerOf(sellingEntity),
    buyer: { name: account.organizationName ?? account.name, taxNumber: account.vatId, isTaxExempt: account.isTaxExempt ?? false },
    currency,
    subtotalMinor: decided.subtotal.minor,
    taxMinor: decided.tax.minor,
    totalMinor: decided.total.minor,
    issuedOn,
    dueOn,
    postedAt: work.now,
    correlationId: work.correlationId,
    status: 'POSTED',
    balanceMinor: decided.open.minor,
    pendingMinor: 0n,
  };
}

const lineFrom = (work: Work<BillingEvents>, invoice: InvoiceRow, line: ImportedLine, position: number): InvoiceLineRow => ({
  accountId: invoice.accountId,
  invoiceId: invoice.id,
  id: work.newId('invoiceLine'),
  position,
  actionId: null,
  subscriptionId: line.subscriptionId,
  sku: line.sku,
  description: line.description,
  quantity: line.quantity,
  currency: invoice.currency,
  unitPriceMinor: line.unitPrice.minor,
  days: null,
  amountMinor: line.amount.minor,
  taxMinor: line.tax.minor,
  working: `As invoiced with ${invoice.number}`,
  startsOn: line.servicePeriod.startsOn,
  endsOn: line.servicePeriod.endsOn,
});
