import { boolean, foreignKey, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, oneOf, plainDate } from '#kernel/db/columns';
import { PERIOD_ACTS } from '../domain/accounting-period';

/** The months of the books that were ever closed, each by its first day. A month without a row is open. */
export const accountingPeriods = pgTable('accounting_periods', {
  month: plainDate().primaryKey(),
  isClosed: boolean().notNull(),
  lastSequence: integer().notNull(),
});

/** Who closed a month or opened it again, when and why. Added and never changed. */
export const periodActs = pgTable(
  'period_acts',
  {
    month: plainDate().notNull(),
    sequence: integer().notNull(),
    act: oneOf(PERIOD_ACTS).notNull(),
    reason: text(),
    actor: text().notNull(),
    at: instant().notNull(),
    correlationId: text().notNull(),
  },
  table => [
    primaryKey({ columns: [table.month, table.sequence] }),
    foreignKey({ columns: [table.month], foreignColumns: [accountingPeriods.month] }),
  ],
);

export type AccountingPeriodRow = typeof accountingPeriods.$inferSelect;
export type PeriodActRow = typeof periodActs.$inferSelect;
