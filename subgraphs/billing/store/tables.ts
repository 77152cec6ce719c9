import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { currency, id, instant, minor, oneOf, plainDate } from '#kernel/db/columns';
import { INVOICE_STATUSES } from '../domain/invoice';
import { JOURNAL_KINDS, LEDGER_CODES } from '../domain/journal';
import { PAYMENT_KINDS, PAYMENT_STATUSES } from '../domain/payment';
import { CARD_BRANDS, PAYMENT_METHOD_KINDS } from '../domain/payment-method';

/** Who an invoice is addressed to, as it stood when the invoice was posted. */
export interface BillTo {
  readonly name: string;
  readonly email: string;
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
  readonly region: string | null;
  readonly country: string;
}

/** Copy of what customers says about an account; the newest version it has spoken of. */
export const accounts = pgTable('accounts', {
  accountId: id('account').primaryKey(),
  version: integer().notNull(),
  number: text().notNull(),
  name: text().notNull(),
  currency: currency().notNull(),
  billTo: jsonb().$type<BillTo>().notNull(),
});

export const paymentMethods = pgTable(
  'payment_methods',
  {
    accountId: id('account').notNull(),
    id: id('paymentMethod').notNull(),
    kind: oneOf(PAYMENT_METHOD_KINDS).notNull(),
    brand: oneOf(CARD_BRANDS).notNull(),
    lastFour: text().notNull(),
    expiryMonth: integer().notNull(),
    expiryYear: integer().notNull(),
    /** The provider's name for the card. Never published: it can be charged. */
    providerToken: text().notNull(),
    addedAt: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index().on(table.id),
    unique('payment_methods_token').on(table.accountId, table.providerToken),
    check('payment_methods_expiry_month', sql`${table.expiryMonth} between 1 and 12`),
  ],
);

export const payments = pgTable(
  'payments',
  {
    accountId: id('account').notNull(),
    id: id('payment').notNull(),
    kind: oneOf(PAYMENT_KINDS).notNull(),
    status: oneOf(PAYMENT_STATUSES).notNull(),
    amountMinor: minor().notNull(),
    currency: currency().notNull(),
    paymentMethodId: id('paymentMethod'),
    /** How often the provider was asked anew; it is part of the provider's key. */
    tries: integer().notNull(),
    orderId: id('order'),
    /** The order's latest try of its payment step; the answer repeats it. */
    orderAttempt: integer(),
    invoiceId: id('invoice'),
    /** What the sender of a bank transfer wrote on it. */
    reference: text(),
    /** Why the provider refused, in its words. */
    failure: text(),
    requestedAt: instant().notNull(),
    receivedAt: instant(),
    receivedOn: plainDate(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index().on(table.id),
    index().on(table.invoiceId, table.id),
    foreignKey({ columns: [table.accountId, table.paymentMethodId], foreignColumns: [paymentMethods.accountId, paymentMethods.id] }),
    check('payments_amount', sql`${table.amountMinor} > 0`),
    check('payments_card', sql`${table.kind} <> 'CARD' or ${table.paymentMethodId} is not null`),
  ],
);

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
    sequence: integer().notNull(),
    orderId: id('order'),
    orderNumber: text(),
    poNumber: text(),
    sellingEntity: text().notNull(),
    billTo: jsonb().$type<BillTo>().notNull(),
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
    unique('invoices_order').on(table.accountId, table.orderId),
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
    actionId: id('orderAction').notNull(),
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

/** Which payment paid how much of which invoice, and how the balance fell by it. Added and never changed. */
export const allocations = pgTable(
  'allocations',
  {
    accountId: id('account').notNull(),
    paymentId: id('payment').notNull(),
    invoiceId: id('invoice').notNull(),
    amountMinor: minor().notNull(),
    currency: currency().notNull(),
    working: text().notNull(),
    allocatedAt: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.paymentId, table.invoiceId] }),
    index().on(table.paymentId),
    foreignKey({ columns: [table.accountId, table.paymentId], foreignColumns: [payments.accountId, payments.id] }),
    foreignKey({ columns: [table.accountId, table.invoiceId], foreignColumns: [invoices.accountId, invoices.id] }),
    check('allocations_amount', sql`${table.amountMinor} > 0`),
  ],
);

/** The double-entry journal. Entries are added and never changed; a correction is another entry. */
export const journalEntries = pgTable(
  'journal_entries',
  {
    accountId: id('account').notNull(),
    id: id('journalEntry').notNull(),
    kind: oneOf(JOURNAL_KINDS).notNull(),
    invoiceId: id('invoice').notNull(),
    paymentId: id('payment'),
    description: text().notNull(),
    postedOn: plainDate().notNull(),
    postedAt: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index().on(table.accountId, table.invoiceId),
    foreignKey({ columns: [table.accountId, table.invoiceId], foreignColumns: [invoices.accountId, invoices.id] }),
  ],
);

/** The sides of an entry. One statement writes all of an entry, and a trigger checks that it sums to zero. */
export const journalPostings = pgTable(
  'journal_postings',
  {
    accountId: id('account').notNull(),
    entryId: id('journalEntry').notNull(),
    position: integer().notNull(),
    code: oneOf(LEDGER_CODES).notNull(),
    currency: currency().notNull(),
    debitMinor: minor().notNull(),
    creditMinor: minor().notNull(),
    working: text().notNull(),
    postedOn: plainDate().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.entryId, table.position] }),
    index().on(table.postedOn, table.currency, table.code),
    foreignKey({ columns: [table.accountId, table.entryId], foreignColumns: [journalEntries.accountId, journalEntries.id] }),
    check(
      'journal_postings_one_side',
      sql`${table.debitMinor} >= 0 and ${table.creditMinor} >= 0 and (${table.debitMinor} = 0) <> (${table.creditMinor} = 0)`,
    ),
  ],
);

export type AccountRow = typeof accounts.$inferSelect;
export type PaymentMethodRow = typeof paymentMethods.$inferSelect;
export type PaymentRow = typeof payments.$inferSelect;
export type InvoiceLineRow = typeof invoiceLines.$inferSelect;
export type ReceivableRow = typeof receivables.$inferSelect;
export type AllocationRow = typeof allocations.$inferSelect;
/** An invoice as it is read: the document with what is still owed on it. */
export type InvoiceRow = typeof invoices.$inferSelect & Pick<ReceivableRow, 'status' | 'balanceMinor' | 'pendingMinor'>;
