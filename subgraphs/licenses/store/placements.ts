import { and, asc, eq, lte, ne } from 'drizzle-orm';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { Instant } from '#kernel/time';
import { type PlacementKey, type PlacementRow, placements } from './tables';

/** A placement, held against whoever places it at the same moment. */
export async function placementForUpdate(tx: Transaction, key: PlacementKey): Promise<PlacementRow | null> {
  const [placement] = await tx.select().from(placements).where(thatOne(key)).for('update');
  return placement ?? null;
}

/** Keeps a placement as it is to be from now on. */
export async function savePlacement(tx: Transaction, placement: PlacementRow): Promise<void> {
  await tx
    .insert(placements)
    .values(placement)
    .onConflictDoUpdate({ target: [placements.accountId, placements.target, placements.key], set: placement });
}

/** Placements whose time has come, the longest waiting first. */
export const placementsDue = (db: Queryable, until: Instant, limit: number): Promise<readonly PlacementRow[]> =>
  db.select().from(placements).where(lte(placements.dueAt, until)).orderBy(asc(placements.dueAt), asc(placements.key)).limit(limit);

/** True when one that is not there yet has its time by then; those that are there are only looked at again. */
export async function isPlacementAwaited(db: Queryable, until: Instant): Promise<boolean> {
  const awaited = db.select({ key: placements.key }).from(placements);
  return (await awaited.where(and(lte(placements.dueAt, until), ne(placements.state, 'PLACED'))).limit(1)).length > 0;
}

const thatOne = ({ accountId, target, key }: PlacementKey) =>
  and(eq(placements.accountId, accountId), eq(placements.target, target), eq(placements.key, key));
