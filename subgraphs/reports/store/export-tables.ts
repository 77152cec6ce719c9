import { bigint, customType, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, instant, oneOf } from '#kernel/db/columns';
import { EXPORT_FORMATS, EXPORT_STATUSES } from '../domain/report-export';
import { REPORTS } from '../domain/report-question';

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
const count = () => bigint({ mode: 'number' });

/** A settled question as it is kept: its moment as text. */
export interface KeptQuestion {
  readonly part: 'ANSWER' | 'ROWS';
  readonly startsOn: string;
  readonly endsOn: string;
  readonly by: readonly string[];
}

/** Files of reports. They belong to whoever asked for them, and to no account. */
export const reportExports = pgTable(
  'report_exports',
  {
    id: id('reportExport').primaryKey(),
    /** The login of whoever asked. */
    requestedBy: text().notNull(),
    report: oneOf(REPORTS).notNull(),
    question: jsonb().$type<KeptQuestion>().notNull(),
    asOf: instant().notNull(),
    /** The version of the definition that its numbers follow. */
    definitionVersion: integer().notNull(),
    format: oneOf(EXPORT_FORMATS).notNull(),
    status: oneOf(EXPORT_STATUSES).notNull(),
    /** So far, while it is written. */
    rows: count().notNull(),
    bytes: count().notNull(),
    /** Of the whole file, as hexadecimal digits. */
    sha256: text(),
    savedReportId: id('savedReport'),
    requestedAt: instant().notNull(),
    finishedAt: instant(),
    expiresAt: instant().notNull(),
  },
  table => [index().on(table.requestedBy, table.id.desc()), index().on(table.expiresAt)],
);

/** A file in pieces, so that neither writing nor sending it takes more memory than one of them. */
export const reportExportParts = pgTable(
  'report_export_parts',
  {
    exportId: id('reportExport').notNull(),
    firstByte: count().notNull(),
    content: bytes().notNull(),
  },
  table => [primaryKey({ columns: [table.exportId, table.firstByte] })],
);

export type ReportExportRow = typeof reportExports.$inferSelect;
