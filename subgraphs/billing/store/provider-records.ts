import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '#kernel/db/database';
import type { Money } from '#kernel/money';
import { type ProviderStatus, providerAuthorizations as records } from './provider-tables';

export type ProviderRecord = typeof records.$inferSelect;

/**
 * Presents a key: the first time a record is made, every later time the same record is found. One statement, so that
 * two calls at once make one record.
 */
export async function presentKey(
  db: Queryable,
  key: string,
  token: string,
  amount: Money,
  first: { readonly status: ProviderStatus; readonly reason: string | null },
): Promise<ProviderRecord> {
  const [record] = await db
    .insert(records)
    .values({ key, token, amountMinor: amount.minor, currency: amount.currency, ...first, capturedMinor: 0n, calls: 1, wrongAnswers: 0 })
    .onConflictDoUpdate({ target: records.key, set: { calls: sql`${records.calls} + 1` } })
    .returning();
  return record!;
}

export async function findRecord(db: Queryable, key: string): Promise<ProviderRecord | null> {
  const [record] = await db.select().from(records).where(eq(records.key, key));
  return record ?? null;
}

/** Changes a record if it still has the status it was seen in; answers null when somebody was faster. */
export async function moveRecord(
  db: Queryable,
  record: ProviderRecord,
  change: Partial<Pick<ProviderRecord, 'status' | 'reason' | 'capturedMinor' | 'wrongAnswers'>>,
): Promise<ProviderRecord | null> {
  const [moved] = await db
    .update(records)
    .set(change)
    .where(and(eq(records.key, record.key), eq(records.status, record.status), eq(records.wrongAnswers, record.wrongAnswers)))
    .returning();
  return moved ?? null;
}
