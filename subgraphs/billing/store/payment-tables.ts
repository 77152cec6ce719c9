import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { currency, id, instant, minor, oneOf, plainDate } from '#kernel/db/columns';
import { PAYMENT_KINDS, PAYMENT_STATUSES } from '../domain/payment';
import { CARD_BRANDS, PAYMENT_METHOD_KINDS } from '../domain/payment-method';
import { invoices } from './invoice-tables';

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
    /** How much was given back, refunds on their way counted. */
    refundedMinor: minor().notNull().default(sql`0`),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index().on(table.id),
    index().on(table.invoiceId, table.id),
    foreignKey({ columns: [table.accountId, table.paymentMethodId], foreignColumns: [paymentMethods.accountId, paymentMethods.id] }),
    check('payments_amount', sql`${table.amountMinor} > 0`),
    // The second wall behind the row lock: no race can give back more than came in.
    check('payments_never_over_refunded', sql`${table.refundedMinor} between 0 and ${table.amountMinor}`),
    check('payments_card', sql`${table.kind} <> 'CARD' or ${table.paymentMethodId} is not null`),
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

export type PaymentMethodRow = typeof paymentMethods.$inferSelect;
export type PaymentRow = typeof payments.$inferSelect;
export type AllocationRow = typeof allocations.$inferSelect;
