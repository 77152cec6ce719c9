import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '#kernel/db/database';
import type { Money } from '#kernel/money';
import { providerAuthorizations as records, providerRefunds as refunds } from './provider-tables';

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

  /** One statement: what is left to give back is asked and taken under the lock of the charge's row. */
  refund: async (key: string, paymentKey: string, amount: Money, isRefused: boolean) => {
    const [refund] = await db().execute<{ isRefunded: boolean; calls: number }>(sql`/* billing.providerRefund */
      with taken as (
        update ${records} set refunded_minor = refunded_minor + ${amount.minor.toString()}::bigint
        where key = ${paymentKey} and not ${isRefused} and refunded_minor + ${amount.minor.toString()}::bigint <= captured_minor
          and not exists (select 1 from ${refunds} where key = ${key})
        returning 1)
      insert into ${refunds} as kept (key, authorization_key, amount_minor, is_refunded, calls)
      values (${key}, ${paymentKey}, ${amount.minor.toString()}::bigint, exists (select 1 from taken), 1)
      on conflict (key) do update set calls = kept.calls + 1
      returning is_refunded as "isRefunded", calls`);
    return refund!;
  },
});
