import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '#kernel/db/database';
import type { Money } from '#kernel/money';
import { providerAuthorizations as records } from './provider-tables';

type ProviderRecord = typeof records.$inferSelect;

/**
 * The development payment provider's books. Every statement stands alone, on the pool and in no transaction: what the
 * provider has done stays done when billing rolls back. The pool is asked for each time, since it may be replaced.
 */
export const providerBooks = (db: () => Queryable) => ({
  /** One statement, so that two calls at once with the same key make one record. */
  present: async (key: string, token: string, amount: Money, first: Pick<ProviderRecord, 'status' | 'reason'>): Promise<ProviderRecord> => {
    const [record] = await db()
      .insert(records)
      .values({ key, token, amountMinor: amount.minor, currency: amount.currency, ...first, capturedMinor: 0n, calls: 1, wrongAnswers: 0 })
      .onConflictDoUpdate({ target: records.key, set: { calls: sql`${records.calls} + 1` } })
      .returning();
    return record!;
  },

  find: async (key: string): Promise<ProviderRecord | null> => {
    const [record] = await db().select().from(records).where(eq(records.key, key));
    return record ?? null;
  },

  move: async (
    seen: Pick<ProviderRecord, 'key' | 'status' | 'wrongAnswers'>,
    change: Partial<Pick<ProviderRecord, 'status' | 'reason' | 'capturedMinor' | 'wrongAnswers'>>,
  ): Promise<ProviderRecord | null> => {
    const [moved] = await db()
      .update(records)
      .set(change)
      .where(and(eq(records.key, seen.key), eq(records.status, seen.status), eq(records.wrongAnswers, seen.wrongAnswers)))
      .returning();
    return moved ?? null;
  },
});
