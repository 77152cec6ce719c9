import { asc, count, desc, eq, lt, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { PlainDate } from '#kernel/time';
import { type AccountingPeriodRow, accountingPeriods, journalEntries, type PeriodActRow, periodActs } from './tables';

export const periodByMonth = defineLoader(
  (db, keys: readonly PlainDate[]) => db.select().from(accountingPeriods).where(anyOfDays(keys)),
  row => row.month,
);

/** What was done to each month, the first first. */
export const actsOfPeriod = defineListLoader(
  (db, keys: readonly PlainDate[]) =>
    db
      .select()
      .from(periodActs)
      .where(sql`${periodActs.month} = any(${daysText(keys)}::date[])`)
      .orderBy(asc(periodActs.month), asc(periodActs.sequence)),
  row => row.month,
);

export function listPeriods(db: Queryable, before: PlainDate | null, limit: number): Promise<readonly AccountingPeriodRow[]> {
  return db
    .select()
    .from(accountingPeriods)
    .where(before ? lt(accountingPeriods.month, before) : undefined)
    .orderBy(desc(accountingPeriods.month))
    .limit(limit);
}

export async function countPeriods(db: Queryable): Promise<number> {
  const [row] = await db.select({ periods: count() }).from(accountingPeriods);
  return row?.periods ?? 0;
}

export async function isMonthClosed(db: Queryable, month: PlainDate): Promise<boolean> {
  const [period] = await db.select().from(accountingPeriods).where(eq(accountingPeriods.month, month));
  return period?.isClosed ?? false;
}

/**
 * A month, locked. Nobody posts anywhere meanwhile: who has begun to is waited for, and who comes after finds the month
 * as we leave it, by the trigger that stands before every entry.
 */
export async function lockPeriod(tx: Transaction, month: PlainDate): Promise<AccountingPeriodRow> {
  await tx.execute(sql`lock table ${journalEntries} in share mode`);
  await tx.insert(accountingPeriods).values({ month, isClosed: false, lastSequence: 0 }).onConflictDoNothing();
  const [period] = await tx.select().from(accountingPeriods).where(eq(accountingPeriods.month, month)).for('update');
  return period!;
}

/** Saves what was done to a month together with who did it. */
export async function savePeriodAct(tx: Transaction, act: PeriodActRow): Promise<AccountingPeriodRow> {
  const [period] = await tx
    .update(accountingPeriods)
    .set({ isClosed: act.act === 'CLOSED', lastSequence: act.sequence })
    .where(eq(accountingPeriods.month, act.month))
    .returning();
  await tx.insert(periodActs).values(act);
  return period!;
}

const daysText = (days: readonly PlainDate[]): string => `{${days.join(',')}}`;
const anyOfDays = (days: readonly PlainDate[]) => sql`${accountingPeriods.month} = any(${daysText(days)}::date[])`;
