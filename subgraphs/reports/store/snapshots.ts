import { and, asc, eq } from 'drizzle-orm';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { PlainDate } from '#kernel/time';
import type { ReportName } from '../domain/report-question';
import { metricSnapshots, type SnapshotRow } from './snapshot-tables';

/** A report's lines at the end of a month, in their order; none when nothing was written down. A report has few. */
export const snapshotLines = (db: Queryable, report: ReportName, month: PlainDate): Promise<readonly SnapshotRow[]> =>
  db
    .select()
    .from(metricSnapshots)
    .where(and(eq(metricSnapshots.report, report), eq(metricSnapshots.month, month)))
    .orderBy(asc(metricSnapshots.line))
    .limit(LINES_MAX);

/** The most lines that are kept of one report: its dimensions have few values each. */
export const LINES_MAX = 10_000;

/** Writes a snapshot down, once: what is there already stays as it is. */
export async function insertSnapshot(tx: Transaction, lines: readonly SnapshotRow[]): Promise<void> {
  await tx
    .insert(metricSnapshots)
    .values([...lines])
    .onConflictDoNothing();
}
