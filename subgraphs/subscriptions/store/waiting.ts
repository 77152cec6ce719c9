import { and, asc, eq, isNotNull, lte, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { AccountId, SubscriptionId } from '#kernel/ids';
import type { PlainDate } from '#kernel/time';
import type { Due } from './due';
import { subscriptions, subscriptionVersions, type WaitingRow, waitingVersions } from './tables';
import { isNewestVersion } from './versions';

/** A subscription for which a day has come. */
export interface SubscriptionKey {
  readonly accountId: AccountId;
  readonly id: SubscriptionId;
}

/** Remembers versions that neighbours are told of on their day. */
export async function keepWaiting(tx: Transaction, waiting: readonly WaitingRow[]): Promise<void> {
  if (waiting.length > 0) await tx.insert(waitingVersions).values([...waiting]);
}

/** Takes the versions of a subscription whose day has come; a second time there are none. */
export async function takeDue(tx: Transaction, { accountId, id }: SubscriptionKey, today: PlainDate): Promise<readonly number[]> {
  const taken = await tx
    .delete(waitingVersions)
    .where(and(eq(waitingVersions.accountId, accountId), eq(waitingVersions.subscriptionId, id), lte(waitingVersions.effectiveOn, today)))
    .returning({ number: waitingVersions.number });
  return taken.map(row => row.number).toSorted((a, b) => a - b);
}

/** Subscriptions with a version whose day has come, the longest due first. */
export const subscriptionsDue = (db: Queryable, today: PlainDate, limit: number): Due<SubscriptionKey> =>
  db
    .select({ accountId: waitingVersions.accountId, id: waitingVersions.subscriptionId })
    .from(waitingVersions)
    .where(lte(waitingVersions.effectiveOn, today))
    .groupBy(waitingVersions.accountId, waitingVersions.subscriptionId)
    .orderBy(asc(sql`min(${waitingVersions.effectiveOn})`), asc(waitingVersions.subscriptionId))
    .limit(limit);

/** Subscriptions whose agreed cancellation has come and is not written yet, the longest due first. */
export const cancellationsDue = (db: Queryable, today: PlainDate, limit: number): Due<SubscriptionKey> =>
  db
    .select({ accountId: subscriptions.accountId, id: subscriptions.id })
    .from(subscriptions)
    .innerJoin(subscriptionVersions, isNewestVersion)
    .where(
      and(
        isNotNull(subscriptionVersions.cancelsOn),
        lte(subscriptionVersions.cancelsOn, today),
        sql`${subscriptionVersions.standing} <> 'CANCELLED'`,
      ),
    )
    .orderBy(asc(subscriptionVersions.cancelsOn), asc(subscriptions.id))
    .limit(limit);
