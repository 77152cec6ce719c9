import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { currency, id, instant, minor, oneOf, plainDate } from '#kernel/db/columns';
import { CREDIT_USES } from '../domain/credit-memo';
import { DOCUMENT_KINDS } from '../domain/document-number';
import { REFUND_STATUSES } from '../domain/refund';
import { WALLET_MOVEMENT_KINDS } from '../domain/wallet';
import { invoices } from './invoice-tables';
import { payments } from './payment-tables';

/** The last number given out to an account for each kind of document. Its row is locked by whoever posts. */
export const documentSeries = pgTable(
  'document_series',
  { accountId: id('account').notNull(), kind: oneOf(DOCUMENT_KINDS).notNull(), lastSequence: integer().notNull() },
  table => [primaryKey({ columns: [table.accountId, table.kind] })],
);

/** Posted credit memos. Rows are added and never changed; a trigger keeps it so. */
export const creditMemos = pgTable(
  'credit_memos',
  {
    accountId: id('account').notNull(),
    number: text().notNull(),
    sequence: integer().notNull(),
    invoiceId: id('invoice').notNull(),
    /** The order that asked for it. Null where finance did, and for memos that are older than the column. */
    orderId: id('order'),
    reason: text().notNull(),
    use: oneOf(CREDIT_USES).notNull(),
    currency: currency().notNull(),
    subtotalMinor: minor().notNull(),
    taxMinor: minor().notNull(),
    totalMinor: minor().notNull(),
    /** What lowered the balance of its invoice. */
    appliedMinor: minor().notNull(),
    /** What the account kept as credit. */
    keptMinor: minor().notNull(),
    working: text().notNull(),
    postedOn: plainDate().notNull(),
    postedAt: instant().notNull(),
    postedBy: text().notNull(),
    correlationId: text().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.number] }),
    index().on(table.number),
    index().on(table.invoiceId, table.sequence),
    unique('credit_memos_sequence').on(table.accountId, table.sequence),
    // An order that is heard twice gives back once.
    unique('credit_memos_order').on(table.accountId, table.orderId, table.invoiceId),
    foreignKey({ columns: [table.accountId, table.invoiceId], foreignColumns: [invoices.accountId, invoices.id] }),
    check(
      'credit_memos_total',
      sql`${table.subtotalMinor} + ${table.taxMinor} = ${table.totalMinor} and ${table.appliedMinor} + ${table.keptMinor} = ${table.totalMinor}
        and ${table.totalMinor} > 0 and ${table.appliedMinor} >= 0 and ${table.keptMinor} >= 0`,
    ),
  ],
);

/** Lines of credit memos, each with the line of the invoice that it takes back, and its working. */
export const creditMemoLines = pgTable(
  'credit_memo_lines',
  {
    accountId: id('account').notNull(),
    creditMemoNumber: text().notNull(),
    position: integer().notNull(),
    invoiceId: id('invoice').notNull(),
    invoiceLineId: id('invoiceLine').notNull(),
    description: text().notNull(),
    currency: currency().notNull(),
    amountMinor: minor().notNull(),
    taxMinor: minor().notNull(),
    working: text().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.creditMemoNumber, table.position] }),
    index().on(table.creditMemoNumber, table.position),
    index().on(table.accountId, table.invoiceId),
    foreignKey({ columns: [table.accountId, table.creditMemoNumber], foreignColumns: [creditMemos.accountId, creditMemos.number] }),
  ],
);

/** The credit of each account in each currency. */
export const wallets = pgTable(
  'wallets',
  {
    accountId: id('account').notNull(),
    currency: currency().notNull(),
    balanceMinor: minor().notNull(),
    pendingMinor: minor().notNull(),
    lastSequence: integer().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.currency] }),
    // The second wall behind the row lock: no race can use credit twice.
    check('wallets_never_negative', sql`${table.pendingMinor} >= 0 and ${table.balanceMinor} >= ${table.pendingMinor}`),
  ],
);

/** What went in and out of a wallet, and what it held afterwards. Added and never changed. */
export const walletMovements = pgTable(
  'wallet_movements',
  {
    accountId: id('account').notNull(),
    currency: currency().notNull(),
    sequence: integer().notNull(),
    kind: oneOf(WALLET_MOVEMENT_KINDS).notNull(),
    /** Positive for what came in, negative for what went out. */
    amountMinor: minor().notNull(),
    balanceMinor: minor().notNull(),
    working: text().notNull(),
    creditMemoNumber: text(),
    invoiceId: id('invoice'),
    refundNumber: text(),
    movedAt: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.currency, table.sequence] }),
    index().on(table.invoiceId),
    foreignKey({ columns: [table.accountId, table.currency], foreignColumns: [wallets.accountId, wallets.currency] }),
    check('wallet_movements_amount', sql`${table.amountMinor} <> 0 and ${table.balanceMinor} >= 0`),
  ],
);

/** Money on its way back to whoever paid, or given back. */
export const refunds = pgTable(
  'refunds',
  {
    accountId: id('account').notNull(),
    number: text().notNull(),
    sequence: integer().notNull(),
    paymentId: id('payment').notNull(),
    status: oneOf(REFUND_STATUSES).notNull(),
    currency: currency().notNull(),
    amountMinor: minor().notNull(),
    reason: text().notNull(),
    /** How much of the payment was left to give back. */
    working: text().notNull(),
    /** Why the provider refused, in its words. */
    failure: text(),
    requestedAt: instant().notNull(),
    requestedBy: text().notNull(),
    refundedOn: plainDate(),
    refundedAt: instant(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.number] }),
    index().on(table.number),
    index().on(table.paymentId, table.sequence),
    unique('refunds_sequence').on(table.accountId, table.sequence),
    foreignKey({ columns: [table.accountId, table.paymentId], foreignColumns: [payments.accountId, payments.id] }),
    check('refunds_amount', sql`${table.amountMinor} > 0`),
  ],
);

export type CreditMemoRow = typeof creditMemos.$inferSelect;
export type CreditMemoLineRow = typeof creditMemoLines.$inferSelect;
export type WalletRow = typeof wallets.$inferSelect;
export type WalletMovementRow = typeof walletMovements.$inferSelect;
export type RefundRow = typeof refunds.$inferSelect;
