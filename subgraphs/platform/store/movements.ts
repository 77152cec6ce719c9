import { desc, eq, sql } from 'drizzle-orm';
import { type ClockMoved, keepClock, readClock, shiftTo } from '#kernel/clock/clock-row';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineLoader } from '#kernel/db/loader';
import type { ClockMovementId } from '#kernel/ids';
import type { Instant } from '#kernel/time';
import { type ClockMovementRow, clockMovements } from './tables';

export const movementById = defineLoader<ClockMovementId, ClockMovementRow>(
  (db, ids) => db.select().from(clockMovements).where(anyOf(clockMovements.id, ids)),
  row => row.id,
);

/** The newest movement: only it can be running. */
export async function newestMovement(db: Queryable): Promise<ClockMovementRow | null> {
  const [row] = await db.select().from(clockMovements).orderBy(desc(clockMovements.id)).limit(1);
  return row ?? null;
}

/** The newest movement, while nobody else may begin one. */
export async function lockMovements(tx: Transaction): Promise<ClockMovementRow | null> {
  await tx.execute(sql`lock table ${clockMovements} in share row exclusive mode`);
  return newestMovement(tx);
}

export async function movementForUpdate(tx: Transaction, id: ClockMovementId): Promise<ClockMovementRow | null> {
  const [row] = await tx.select().from(clockMovements).where(eq(clockMovements.id, id)).for('update');
  return row ?? null;
}

export async function addMovement(tx: Transaction, row: ClockMovementRow): Promise<void> {
  await tx.insert(clockMovements).values(row);
}

export async function saveMovement(
  tx: Transaction,
  { id, ...change }: Pick<ClockMovementRow, 'id'> & Partial<ClockMovementRow>,
): Promise<void> {
  await tx.update(clockMovements).set(change).where(eq(clockMovements.id, id));
}

/** Stops the deployment's clock at a moment; this house's own copy changes with it. Answers what the others are to be told. */
export const stopClock = (tx: Transaction, at: Instant): Promise<ClockMoved> => turnClock(tx, at.toISOString(), at);

/** Lets the deployment's clock run on from a moment. */
export const runClock = (tx: Transaction, from: Instant): Promise<ClockMoved> => turnClock(tx, null, from);

async function turnClock(tx: Transaction, standsAt: string | null, shows: Instant): Promise<ClockMoved> {
  const moved = { number: (await readClock(tx)).number + 1, standsAt, shiftMs: shiftTo(shows) };
  await keepClock(tx, moved);
  return moved;
}

/** The movement that this house's own copy of the clock has followed. */
export const clockNumber = async (db: Queryable): Promise<number> => (await readClock(db)).number;
