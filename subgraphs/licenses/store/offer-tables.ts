import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, instant, plainDate } from '#kernel/db/columns';
import type { MoneyText } from '#kernel/money';

/** A copy of the price list: what can be bought on the web from a day on. It belongs to no account. */
export const offeredProducts = pgTable(
  'offered_products',
  {
    sku: text().notNull(),
    validFrom: plainDate().notNull(),
    name: text().notNull(),
    kind: text().notNull(),
    tier: text(),
    deployment: text(),
    prices: jsonb().$type<readonly MoneyText[]>().notNull(),
  },
  table => [primaryKey({ columns: [table.sku, table.validFrom] })],
);

/** How many users a namespace had when they were last counted. */
export const namespaceMeasurements = pgTable(
  'namespace_measurements',
  {
    accountId: id('account').notNull(),
    namespaceId: id('namespace').notNull(),
    seatsInUse: integer().notNull(),
    measuredAt: instant().notNull(),
  },
  table => [primaryKey({ columns: [table.accountId, table.namespaceId] }), index('namespace_measurements_namespace').on(table.namespaceId)],
);

/** Subscriptions that a partner sold on. */
export const resoldSubscriptions = pgTable(
  'resold_subscriptions',
  { accountId: id('account').notNull(), subscriptionId: id('subscription').notNull() },
  table => [primaryKey({ columns: [table.accountId, table.subscriptionId] })],
);

export type OfferedProductRow = typeof offeredProducts.$inferSelect;
export type NamespaceMeasurement = typeof namespaceMeasurements.$inferSelect;
