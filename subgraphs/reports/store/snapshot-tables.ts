import { index, integer, jsonb, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { instant, oneOf, plainDate } from '#kernel/db/columns';
import { REPORTS } from '../domain/report-question';

/** What the reports said at the end of a month, a row for each line of each. A trigger refuses to change or remove them. */
export const metricSnapshots = pgTable(
  'metric_snapshots',
  {
    report: oneOf(REPORTS).notNull(),
    month: plainDate().notNull(),
    /** 0 is the line of names, so that a report without lines is written down as well. */
    line: integer().notNull(),
    values: jsonb().$type<readonly string[]>().notNull(),
    definitionVersion: integer().notNull(),
    asOf: instant().notNull(),
    takenAt: instant().notNull(),
  },
  table => [primaryKey({ columns: [table.report, table.month, table.line] }), index().on(table.month)],
);

export type SnapshotRow = typeof metricSnapshots.$inferSelect;
