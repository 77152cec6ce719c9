import { and, count, desc, eq, inArray, lt, lte } from 'drizzle-orm';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { Id } from '#kernel/ids';
import type { Instant } from '#kernel/time';
import { type ReportExportRow, reportExportParts, reportExports } from './export-tables';

type ExportId = Id<'reportExport'>;

export async function insertExport(tx: Transaction, row: ReportExportRow): Promise<ReportExportRow> {
  const [saved] = await tx.insert(reportExports).values(row).returning();
  return saved!;
}

/** Somebody's own file; anybody else's is as if it did not exist. */
export async function exportOf(db: Queryable, id: ExportId, requestedBy: string): Promise<ReportExportRow | null> {
  const row = await exportById(db, id);
  return row?.requestedBy === requestedBy ? row : null;
}

export async function exportById(db: Queryable, id: ExportId): Promise<ReportExportRow | null> {
  const [row] = await db.select().from(reportExports).where(eq(reportExports.id, id));
  return row ?? null;
}

/** Somebody's files, the newest first. */
export const listExports = (
  db: Queryable,
  requestedBy: string,
  after: ExportId | null,
  limit: number,
): Promise<readonly ReportExportRow[]> =>
  db
    .select()
    .from(reportExports)
    .where(and(eq(reportExports.requestedBy, requestedBy), after ? lt(reportExports.id, after) : undefined))
    .orderBy(desc(reportExports.id))
    .limit(limit);

/** How many files of somebody are still being made. */
export async function countUnfinished(tx: Transaction, requestedBy: string): Promise<number> {
  const [row] = await tx
    .select({ total: count() })
    .from(reportExports)
    .where(and(eq(reportExports.requestedBy, requestedBy), inArray(reportExports.status, ['WAITING', 'WRITING'])));
  return row?.total ?? 0;
}

export async function changeExport(db: Queryable, id: ExportId, change: Partial<ReportExportRow>): Promise<void> {
  await db.update(reportExports).set(change).where(eq(reportExports.id, id));
}

export async function insertPart(tx: Transaction, part: typeof reportExportParts.$inferInsert): Promise<void> {
  await tx.insert(reportExportParts).values(part);
}

/** The piece of a file that a byte is in. */
export async function partWith(db: Queryable, exportId: ExportId, byte: number) {
  const [part] = await db
    .select()
    .from(reportExportParts)
    .where(and(eq(reportExportParts.exportId, exportId), lte(reportExportParts.firstByte, byte)))
    .orderBy(desc(reportExportParts.firstByte))
    .limit(1);
  return part ?? null;
}

/** Files whose time is over, the oldest first. */
export const expiredExports = (db: Queryable, now: Instant, limit: number): Promise<readonly ReportExportRow[]> =>
  db.select().from(reportExports).where(lte(reportExports.expiresAt, now)).orderBy(reportExports.expiresAt, reportExports.id).limit(limit);

export async function deleteExport(tx: Transaction, id: ExportId): Promise<void> {
  await tx.delete(reportExportParts).where(eq(reportExportParts.exportId, id));
  await tx.delete(reportExports).where(eq(reportExports.id, id));
}
