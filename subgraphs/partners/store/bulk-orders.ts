import { and, asc, count, desc, eq, gt, lt } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { Id, PartnerId } from '#kernel/ids';
import type { BulkLineState } from '../domain/bulk-order';
import { type BulkLineRow, type BulkOrderRow, bulkOrderLines, bulkOrders } from './tables';

type BulkOrderId = Id<'bulkImport'>;

export const bulkOrderById = defineLoader<BulkOrderId, BulkOrderRow>(
  (db, ids) => db.select().from(bulkOrders).where(anyOf(bulkOrders.id, ids)),
  row => row.id,
);

/** How many lines of each file stand how. */
export const lineCountsOf = defineListLoader<
  BulkOrderId,
  { readonly bulkOrderId: BulkOrderId; readonly state: BulkLineState; readonly lines: number }
>(
  (db, ids) =>
    db
      .select({ bulkOrderId: bulkOrderLines.bulkOrderId, state: bulkOrderLines.state, lines: count() })
      .from(bulkOrderLines)
      .where(anyOf(bulkOrderLines.bulkOrderId, ids))
      .groupBy(bulkOrderLines.bulkOrderId, bulkOrderLines.state)
      .orderBy(asc(bulkOrderLines.state)),
  row => row.bulkOrderId,
);

export async function bulkOrderNamed(db: Queryable, partnerId: PartnerId, externalId: string): Promise<BulkOrderRow | null> {
  const [row] = await db
    .select()
    .from(bulkOrders)
    .where(and(eq(bulkOrders.partnerId, partnerId), eq(bulkOrders.externalId, externalId)));
  return row ?? null;
}

/** The files of a partner, the newest first. */
export const bulkOrdersOf = (
  db: Queryable,
  partnerId: PartnerId,
  limit: number,
  after: BulkOrderId | null,
): Promise<readonly BulkOrderRow[]> =>
  db
    .select()
    .from(bulkOrders)
    .where(and(eq(bulkOrders.partnerId, partnerId), after ? lt(bulkOrders.id, after) : undefined))
    .orderBy(desc(bulkOrders.id))
    .limit(limit);

/** The lines of a file in their order, all or those that stand so. */
export const linesOfBulkOrder = (
  db: Queryable,
  bulkOrderId: BulkOrderId,
  state: BulkLineState | null,
  limit: number,
  after: number | null,
): Promise<readonly BulkLineRow[]> =>
  db
    .select()
    .from(bulkOrderLines)
    .where(
      and(
        eq(bulkOrderLines.bulkOrderId, bulkOrderId),
        state ? eq(bulkOrderLines.state, state) : undefined,
        after === null ? undefined : gt(bulkOrderLines.line, after),
      ),
    )
    .orderBy(asc(bulkOrderLines.line))
    .limit(limit);

/** The file of this reference, locked: the one that is there, or the one that is begun. */
export async function beginBulkOrder(tx: Transaction, row: BulkOrderRow): Promise<BulkOrderRow> {
  await tx
    .insert(bulkOrders)
    .values(row)
    .onConflictDoNothing({ target: [bulkOrders.partnerId, bulkOrders.externalId] });
  const [kept] = await tx
    .select()
    .from(bulkOrders)
    .where(and(eq(bulkOrders.partnerId, row.partnerId), eq(bulkOrders.externalId, row.externalId)))
    .for('update');
  return kept!;
}

/** Locked, so that one file is placed by one at a time. */
export async function bulkOrderForUpdate(tx: Transaction, id: BulkOrderId): Promise<BulkOrderRow | null> {
  const [row] = await tx.select().from(bulkOrders).where(eq(bulkOrders.id, id)).for('update');
  return row ?? null;
}

export async function updateBulkOrder(tx: Transaction, id: BulkOrderId, change: Partial<BulkOrderRow>): Promise<BulkOrderRow> {
  const [saved] = await tx.update(bulkOrders).set(change).where(eq(bulkOrders.id, id)).returning();
  return saved!;
}

const ROWS_AT_ONCE = 1_000;

export async function insertBulkLines(tx: Transaction, rows: readonly BulkLineRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await tx.insert(bulkOrderLines).values(rows.slice(from, from + ROWS_AT_ONCE));
}

/** Those of the references that earlier lines of the file bear. */
export async function referencesInFile(db: Queryable, id: BulkOrderId, references: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await db
    .select({ externalId: bulkOrderLines.externalId })
    .from(bulkOrderLines)
    .where(and(eq(bulkOrderLines.bulkOrderId, id), anyOf(bulkOrderLines.externalId, references)));
  return new Set(found.flatMap(({ externalId }) => externalId ?? []));
}

export async function updateBulkLine(tx: Transaction, { bulkOrderId, line }: BulkLineRow, change: Partial<BulkLineRow>): Promise<void> {
  await tx
    .update(bulkOrderLines)
    .set(change)
    .where(and(eq(bulkOrderLines.bulkOrderId, bulkOrderId), eq(bulkOrderLines.line, line)));
}
