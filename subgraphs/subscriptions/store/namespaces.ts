import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Transaction } from '#kernel/db/database';
import { defineLoader } from '#kernel/db/loader';
import { type AccountId, type NamespaceId, uuidOf } from '#kernel/ids';
import { type NamespaceRow, type NamespaceUsageRow, namespacePaths, namespaces, namespaceUsage } from './tables';

export const namespaceById = defineLoader<NamespaceId, NamespaceRow>(
  (db, ids) => db.select().from(namespaces).where(anyOf(namespaces.id, ids)),
  row => row.id,
);

/** One namespace, within a write. */
export const findNamespace = async (tx: Transaction, id: NamespaceId): Promise<NamespaceRow | null> =>
  (await namespaceById.batch(tx, [id]))[0] ?? null;

/** What was measured last on each namespace. */
export const usageOfNamespace = defineLoader<NamespaceId, NamespaceUsageRow>(
  (db, ids) =>
    db
      .selectDistinctOn([namespaceUsage.namespaceId])
      .from(namespaceUsage)
      .where(anyOf(namespaceUsage.namespaceId, ids))
      .orderBy(asc(namespaceUsage.namespaceId), desc(namespaceUsage.measuredAt)),
  row => row.namespaceId,
);

/** Namespaces of one account, locked in one sequence: who puts a subscription on one queues here. */
export const namespacesForUpdate = (tx: Transaction, accountId: AccountId, ids: readonly NamespaceId[]): Promise<NamespaceRow[]> =>
  tx
    .select()
    .from(namespaces)
    .where(and(eq(namespaces.accountId, accountId), anyOf(namespaces.id, ids)))
    .orderBy(asc(namespaces.id))
    .for('update');

/** Takes a path in the directory, or answers whose it is. */
export async function takePath(tx: Transaction, wanted: typeof namespacePaths.$inferInsert): Promise<typeof namespacePaths.$inferSelect> {
  const [taken] = await tx
    .insert(namespacePaths)
    .values(wanted)
    // Writes the row as it is, which makes the statement answer it and wait for whoever is taking it now.
    .onConflictDoUpdate({ target: namespacePaths.path, set: { path: sql`excluded.path` } })
    .returning();
  return taken!;
}

export async function saveNamespace(tx: Transaction, row: NamespaceRow): Promise<void> {
  await tx.insert(namespaces).values(row);
}

/** Gives a namespace to another account, with its path and what was measured on it. */
export async function moveNamespace(
  tx: Transaction,
  { id: namespaceId, from, to }: { readonly id: NamespaceId; readonly from: AccountId; readonly to: AccountId },
): Promise<void> {
  const there = and(eq(namespaces.accountId, from), eq(namespaces.id, namespaceId));
  const measuredThere = and(eq(namespaceUsage.accountId, from), eq(namespaceUsage.namespaceId, namespaceId));
  const [namespace] = await tx.select().from(namespaces).where(there);
  if (!namespace) return;
  await tx.insert(namespaces).values({ ...namespace, accountId: to });
  await tx.execute(sql`/* subscriptions.moveUsage */
    insert into namespace_usage (account_id, namespace_id, measured_at, seats_in_use)
    select ${uuidOf(to)}::uuid, namespace_id, measured_at, seats_in_use from namespace_usage
    where account_id = ${uuidOf(from)}::uuid and namespace_id = ${uuidOf(namespaceId)}::uuid`);
  await tx.delete(namespaceUsage).where(measuredThere);
  await tx.delete(namespaces).where(there);
  await tx.update(namespacePaths).set({ accountId: to }).where(eq(namespacePaths.path, namespace.path));
}

/** Adds a measurement. Two of one moment are one, the higher of the two, in whichever sequence they arrive. */
export async function saveUsage(tx: Transaction, row: NamespaceUsageRow): Promise<void> {
  await tx
    .insert(namespaceUsage)
    .values(row)
    .onConflictDoUpdate({
      target: [namespaceUsage.accountId, namespaceUsage.namespaceId, namespaceUsage.measuredAt],
      set: { seatsInUse: sql`greatest(${namespaceUsage.seatsInUse}, excluded.seats_in_use)` },
    });
}
