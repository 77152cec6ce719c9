import { and, count, desc, eq, getTableColumns, isNull, lte, ne, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, ActivationId, Id } from '#kernel/ids';
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

/** How many instances of an activation are active. */
export const instanceCountByActivation = defineLoader<ActivationId, { readonly activationId: ActivationId; readonly activated: number }>(
  (db, ids) =>
    db
      .select({ activationId: instances.activationId, activated: count() })
      .from(instances)
      .where(and(anyOf(instances.activationId, ids), isNull(instances.deactivatedAt)))
      .groupBy(instances.activationId),
  row => row.activationId,
);

export const instanceById = defineLoader<Id<'instance'>, InstanceRow>(
  (db, ids) => db.select().from(instances).where(anyOf(instances.id, ids)),
  instance => instance.id,
);

/** An instance, held against whoever activates or deactivates it at the same moment. */
export async function instanceForUpdate(tx: Transaction, id: Id<'instance'>): Promise<InstanceRow | null> {
  const [instance] = await tx.select().from(instances).where(eq(instances.id, id)).for('update');
  return instance ?? null;
}

/** How many instances of an activation are active, one of them left aside. The activation is held. */
export async function activeBeside(tx: Transaction, { accountId, id }: ActivationKey, identifier: string): Promise<number> {
  const [row] = await tx
    .select({ active: count() })
    .from(instances)
    .where(
      and(
        eq(instances.accountId, accountId),
        eq(instances.activationId, id),
        ne(instances.identifier, identifier),
        isNull(instances.deactivatedAt),
      ),
    );
  return row?.active ?? 0;
}

/** The active instances of an account that call themselves so, under any activation but one. */
export const activeElsewhere = (tx: Transaction, { accountId, id }: ActivationKey, identifier: string): Promise<readonly InstanceRow[]> =>
  tx
    .select()
    .from(instances)
    .where(
      and(
        eq(instances.accountId, accountId),
        eq(instances.identifier, identifier),
        ne(instances.activationId, id),
        isNull(instances.deactivatedAt),
      ),
    )
    .orderBy(instances.id)
    .limit(INSTANCES_MAX);

/** An activation's instance, by the name it gives itself. */
export async function instanceOf(
  tx: Transaction,
  { accountId, id: activationId }: ActivationKey,
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
  { accountId, id }: { readonly accountId: AccountId; readonly id: Id<'instance'> },
  change: Partial<Omit<InstanceRow, 'accountId' | 'id' | 'activationId' | 'identifier' | 'activatedAt'>>,
): Promise<void> {
  await tx
    .update(instances)
    .set(change)
    .where(and(eq(instances.accountId, accountId), eq(instances.id, id)));
}

type ActivationKey = Pick<ActivationRow, 'accountId' | 'id'>;
