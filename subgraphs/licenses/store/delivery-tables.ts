import { foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { id, instant, oneOf } from '#kernel/db/columns';
import { DELIVERY_CHANNELS, DELIVERY_PURPOSES, DELIVERY_STATUSES } from '../domain/delivery';

/** One mail to the Sold-To contact: for an order, or for something that happened to a licence. */
export const deliveries = pgTable(
  'deliveries',
  {
    accountId: id('account').notNull(),
    id: id('delivery').notNull(),
    purpose: oneOf(DELIVERY_PURPOSES).notNull().default('ORDER'),
    orderId: id('order'),
    orderNumber: text(),
    /** The licence that it carries or is about, where it is about one. */
    licenseId: id('license'),
    attempt: integer().notNull(),
    channel: oneOf(DELIVERY_CHANNELS).notNull(),
    status: oneOf(DELIVERY_STATUSES).notNull(),
    /** The address it was sent to; known once it was sent. */
    recipient: text(),
    requestedAt: instant().notNull(),
    sentAt: instant(),
    /** Who asked for it and why, where somebody from support did. */
    requestedBy: text(),
    reason: text(),
    /** What was sent, word for word. */
    subject: text(),
    body: text(),
    /** Why it was given up, where it was. */
    failure: text(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index('deliveries_id').on(table.id),
    uniqueIndex('deliveries_order').on(table.accountId, table.orderId),
  ],
);

/** The subscriptions that a delivery is about. */
export const deliverySubscriptions = pgTable(
  'delivery_subscriptions',
  { accountId: id('account').notNull(), deliveryId: id('delivery').notNull(), subscriptionId: id('subscription').notNull() },
  table => [
    primaryKey({ columns: [table.accountId, table.deliveryId, table.subscriptionId] }),
    index('delivery_subscriptions_by_subscription').on(table.subscriptionId, table.deliveryId),
    foreignKey({ columns: [table.accountId, table.deliveryId], foreignColumns: [deliveries.accountId, deliveries.id] }),
  ],
);

export type DeliveryRow = typeof deliveries.$inferSelect;
