import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { currency, id, instant, minor, oneOf, plainDate } from '#kernel/db/columns';
import { INVOICE_STATUSES } from '../domain/invoice';
import type { Recipient } from '../domain/invoice-document';
import type { Buyer, Seller } from '../domain/tax-identity';

/** Who an invoice is addressed to, as it stood when the invoice was posted. */
export type BillTo = Recipient;

/** The last number given out to an account. Its row is locked by whoever posts, so numbers have no gap. */
export const invoiceSeries = pgTable('invoice_series', {
  accountId: id('account').primaryKey(),
  lastSequence: integer().notNull(),
});

/** Posted invoices. Rows are added and never changed; a trigger keeps it so. */
export const invoices = pgTable(
  'invoices',
  {
    accountId: id('account').notNull(),
    id: id('invoice').notNull(),
    number: text().notNull(),
    /** Below zero for invoices that were brought along, whose numbers are not ours. */
    sequence: integer().notNull(),
    orderId: id('order'),
    orderNumber: text(),
    poNumber: text(),
    sellingEntity: text().notNull(),
    billTo: jsonb().$type<BillTo>().notNull(),
    /** Who sold and who bought, with their tax numbers, as they stood on the day of posting. */
    seller: jsonb().$type<Seller>(),
    buyer: jsonb().$type<Buyer>(),
    currency: currency().notNull(),
    subtotalMinor: minor().notNull(),
    taxMinor: minor().notNull(),
    totalMinor: minor().notNull(),
    issuedOn: plainDate().notNull(),
    dueOn: plainDate().notNull(),
    postedAt: instant().notNull(),
    correlationId: text().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index().on(table.id),
    index().on(table.number),
    index().on(table.issuedOn, table.id),
    index().on(table.accountId, table.issuedOn, table.id),
    unique('invoices_sequence').on(table.accountId, table.sequence),
    unique('invoices_number').on(table.accountId, table.number),
    // A ramp has an invoice for each of its years.
    index('invoices_by_order').on(table.accountId, table.orderId),
    check('invoices_total', sql`${table.subtotalMinor} + ${table.taxMinor} = ${table.totalMinor} and ${table.totalMinor} >= 0`),
  ],
);

/** Lines of posted invoices, each with its working. Added and never changed, like their invoice. */
export const invoiceLines = pgTable(
  'invoice_lines',
  {
    accountId: id('account').notNull(),
    invoiceId: id('invoice').notNull(),
    id: id('invoiceLine').notNull(),
    position: integer().notNull(),
    /** Null where no order here charged it: an invoice that was brought along. */
    actionId: id('orderAction'),
    subscriptionId: id('subscription').notNull(),
    sku: text().notNull(),
    description: text().notNull(),
    quantity: integer().notNull(),
    currency: currency().notNull(),
    unitPriceMinor: minor().notNull(),
    days: integer(),
    amountMinor: minor().notNull(),
    taxMinor: minor().notNull(),
    working: text().notNull(),
    startsOn: plainDate().notNull(),
    endsOn: plainDate().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.invoiceId, table.position] }),
    unique('invoice_lines_id').on(table.accountId, table.id),
    index().on(table.invoiceId, table.position),
    foreignKey({ columns: [table.accountId, table.invoiceId], foreignColumns: [invoices.accountId, invoices.id] }),
  ],
);

/** What is owed on each invoice: the one part of it that moves, kept beside the document that does not. */
export const receivables = pgTable(
  'receivables',
  {
    accountId: id('account').notNull(),
    invoiceId: id('invoice').notNull(),
    status: oneOf(INVOICE_STATUSES).notNull(),
    currency: currency().notNull(),
    balanceMinor: minor().notNull(),
    pendingMinor: minor().notNull(),
    dueOn: plainDate().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.invoiceId] }),
    index().on(table.dueOn, table.invoiceId).where(sql`balance_minor > 0`),
    foreignKey({ columns: [table.accountId, table.invoiceId], foreignColumns: [invoices.accountId, invoices.id] }),
    // The second wall behind the row lock: no race can pay an invoice twice.
    check('receivables_never_overpaid', sql`${table.pendingMinor} >= 0 and ${table.balanceMinor} >= ${table.pendingMinor}`),
  ],
);

/** Why and when an invoice was taken back. Added and never changed, like the invoice itself. */
export const invoiceVoids = pgTable(
  'invoice_voids',
  {
    accountId: id('account').notNull(),
    invoiceId: id('invoice').notNull(),
    reason: text().notNull(),
    voidedOn: plainDate().notNull(),
    voidedAt: instant().notNull(),
    voidedBy: text().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.invoiceId] }),
    index().on(table.invoiceId),
    foreignKey({ columns: [table.accountId, table.invoiceId], foreignColumns: [invoices.accountId, invoices.id] }),
  ],
);

export type InvoiceVoidRow = typeof invoiceVoids.$inferSelect;
export type InvoiceLineRow = typeof invoiceLines.$inferSelect;
export type ReceivableRow = typeof receivables.$inferSelect;
/** An invoice as it is read: the document with what is still owed on it. */
export type InvoiceRow = typeof invoices.$inferSelect & Pick<ReceivableRow, 'status' | 'balanceMinor' | 'pendingMinor'>;
