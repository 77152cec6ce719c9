import { and, eq } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { AccountId, SubscriptionId } from '#kernel/ids';
import { type TermCountRow, termCounts } from './tables';

/** Keeps what was last counted of a term. */
export async function keepTermCount(tx: Transaction, row: TermCountRow): Promise<void> {
  const { usersMax, isReconciled } = row;
  await tx
    .insert(termCounts)
    .values(row)
    .onConflictDoUpdate({
      target: [termCounts.accountId, termCounts.subscriptionId, termCounts.termStartsOn],
      set: { usersMax, isReconciled },
    });
}

/** What was counted of the terms of subscriptions. */
export const termCountsOf = (db: Queryable, accountId: AccountId, ids: readonly SubscriptionId[]): Promise<readonly TermCountRow[]> =>
  db
    .select()
    .from(termCounts)
    .where(and(eq(termCounts.accountId, accountId), anyOf(termCounts.subscriptionId, ids)));
