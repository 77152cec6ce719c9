import { foreignKey, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, minor } from '#kernel/db/columns';
import { orders } from './order-tables';

// What the invoice owner of a resold order is charged, beside the customer's own price in the order's lines.

export const orderBillings = pgTable(
  'order_billings',
  {
    accountId: id('account').notNull(),
    orderId: id('order').notNull(),
    invoiceAccountId: id('account').notNull(),
    partnerOrderId: id('partnerOrder').notNull(),
    /** Who sold to the customer. */
    resalePartnerId: id('partner').notNull(),
    subtotalMinor: minor().notNull(),
    taxMinor: minor().notNull(),
    totalMinor: minor().notNull(),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.orderId] }),
    foreignKey({ name: 'order_billings_order_fk', columns: [t.accountId, t.orderId], foreignColumns: [orders.accountId, orders.id] }),
  ],
);

export const billedLines = pgTable(
  'billed_lines',
  {
    accountId: id('account').notNull(),
    id: id('invoiceLine').notNull(),
    orderId: id('order').notNull(),
    unitPriceMinor: minor().notNull(),
    amountMinor: minor().notNull(),
    working: text().notNull(),
    taxMinor: minor().notNull(),
    taxWorking: text().notNull(),
  },
  t => [primaryKey({ columns: [t.accountId, t.orderId, t.id] })],
);

export type BillingRow = typeof orderBillings.$inferSelect;
export type BilledLineRow = typeof billedLines.$inferSelect;
