import { and, count, desc, eq, getTableColumns, lte, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { ActivationId } from '#kernel/ids';
import { type ActivationRow, type InstanceRow, instances } from './tables';

/** Instances of one activation that one answer can carry. */
export const INSTANCES_MAX = 100;

/** The newest instances of an activation, the newest first. */
export const instancesByActivation = defineListLoader<ActivationId, InstanceRow>(
  async (db, ids) => {
    const placed = db
      .select({
        ...getTableColumns(instances),
        place: sql<number>`row_number() over (partition by ${instances.activationId} order by ${instances.id} desc)`.as('place'),
      })
      .from(instances)
      .where(anyOf(instances.activationId, ids))
      .as('placed');
    return db.select().from(placed).where(lte(placed.place, INSTANCES_MAX)).orderBy(desc(placed.id));
  },
  instance => instance.activationId,
);

/** How many instances an activation has activated. */
export const instanceCountByActivation = defineLoader<ActivationId, { readonly activationId: ActivationId; readonly activated: number }>(
  (db, ids) =>
    db
      .select({ activationId: instances.activationId, activated: count() })
      .from(instances)
      .where(anyOf(instances.activationId, ids))
      .groupBy(instances.activationId),
  row => row.activationId,
);

/** An activation's instance, by the name it gives itself. */
export async function instanceOf(
  tx: Transaction,
  { accountId, id: activationId }: Pick<ActivationRow, 'accountId' | 'id'>,
  identifier: string,
): Promise<InstanceRow | null> {
  const [instance] = await tx
    .select()
    .from(instances)
    .where(and(eq(instances.accountId, accountId), eq(instances.activationId, activationId), eq(instances.identifier, identifier)));
  return instance ?? null;
}

export async function addInstance(tx: Transaction, instance: InstanceRow): Promise<void> {
  await tx.insert(instances).values(instance);
}

/** Keeps what an instance last said of itself. */
export async function saveInstance(
  tx: Transaction,
  { accountId, id }: InstanceRow,
  change: Partial<Pick<InstanceRow, 'hostname' | 'version' | 'lastSyncAt'>>,
): Promise<void> {
  await tx
    .update(instances)
    .set(change)
    .where(and(eq(instances.accountId, accountId), eq(instances.id, id)));
}
