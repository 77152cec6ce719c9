import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { id, instant, oneOf } from '#kernel/db/columns';
import { BULK_FORMATS, BULK_LINE_STATES, type BulkEntry } from '../domain/bulk-order';
import { partners } from './partner-tables';

// Files of orders, and what became of each line.

export const bulkOrders = pgTable(
  'bulk_orders',
  {
    id: id('bulkImport').primaryKey(),
    partnerId: id('partner')
      .notNull()
      .references(() => partners.id),
    externalId: text().notNull(),
    format: oneOf(BULK_FORMATS).notNull(),
    /** Fingerprints of the parts that are here, in their order. */
    partHashes: text().array().notNull(),
    lineCount: integer().notNull(),
    isComplete: boolean().notNull(),
    uploadedBy: text().notNull(),
    startedAt: instant().notNull(),
    finishedAt: instant(),
  },
  table => [unique().on(table.partnerId, table.externalId), index().on(table.partnerId, table.id)],
);

export const bulkOrderLines = pgTable(
  'bulk_order_lines',
  {
    bulkOrderId: id('bulkImport')
      .notNull()
      .references(() => bulkOrders.id),
    line: integer().notNull(),
    state: oneOf(BULK_LINE_STATES).notNull(),
    /** Null where the line could not be read so far. */
    externalId: text(),
    /** What is to be ordered; null where the line could not be read. */
    entry: jsonb().$type<BulkEntry>(),
    partnerOrderId: id('partnerOrder'),
    code: text(),
    message: text(),
    path: text().array().notNull(),
  },
  table => [
    primaryKey({ columns: [table.bulkOrderId, table.line] }),
    index().on(table.bulkOrderId, table.state, table.line),
    index().on(table.bulkOrderId, table.externalId),
  ],
);

export type BulkOrderRow = typeof bulkOrders.$inferSelect;
export type BulkLineRow = typeof bulkOrderLines.$inferSelect;
