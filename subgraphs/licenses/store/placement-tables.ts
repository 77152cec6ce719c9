import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, instant, oneOf } from '#kernel/db/columns';
import { PLACEMENT_STATES, type PlacementContent } from '../domain/placement';

/** What somebody outside of this house is to have, and whether it has it. */
export const placements = pgTable(
  'placements',
  {
    accountId: id('account').notNull(),
    /** The kind of the fulfilment target. */
    target: text().notNull(),
    /** What the target calls it: the id of a namespace, of a tenant. */
    key: text().notNull(),
    /** Grows by one each time that something else is to be there. */
    revision: integer().notNull(),
    content: jsonb().$type<PlacementContent>().notNull(),
    state: oneOf(PLACEMENT_STATES).notNull(),
    /** Tries of this revision. */
    attempts: integer().notNull(),
    failures: integer().notNull(),
    lastError: text(),
    /** When it is tried, or looked at, again. */
    dueAt: instant().notNull(),
    placedAt: instant(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.target, table.key] }),
    index('placements_due').on(table.dueAt, table.key),
    index('placements_key').on(table.key),
  ],
);

export type PlacementRow = typeof placements.$inferSelect;
export type PlacementKey = Pick<PlacementRow, 'accountId' | 'target' | 'key'>;
