import { and, asc, eq, gt, inArray, lt, ne } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineLoader } from '#kernel/db/loader';
import type { AccountId, OrderId, SubscriptionId } from '#kernel/ids';
import type { PlainDate } from '#kernel/time';
import type { TemporaryExtensionGranted } from '../../subscriptions/events/published';
import type { FutureSubscription } from '../domain/sync';
import { type SubscriptionCopy, subscriptionCopies, subscriptionOrders } from './tables';

/** Future subscriptions that one answer to an instance carries. */
const FUTURE_MAX = 20;

export const subscriptionById = defineLoader<SubscriptionId, SubscriptionCopy>(
  (db, ids) => db.select().from(subscriptionCopies).where(anyOf(subscriptionCopies.id, ids)),
  copy => copy.id,
);

/** The subscription of a name, by the copy of it. */
export async function subscriptionCopyByName(db: Queryable, name: string): Promise<SubscriptionCopy | null> {
  const [copy] = await db.select().from(subscriptionCopies).where(eq(subscriptionCopies.name, name));
  return copy ?? null;
}

/** Keeps a version of a subscription, unless a newer one is known. */
export async function saveSubscriptionCopy(tx: Transaction, copy: Omit<SubscriptionCopy, 'extendedUntil'>): Promise<void> {
  await tx
    .insert(subscriptionCopies)
    .values(copy)
    .onConflictDoUpdate({
      target: [subscriptionCopies.accountId, subscriptionCopies.id],
      set: copy,
      setWhere: lt(subscriptionCopies.version, copy.version),
    });
}

/** Keeps until when the end of a term was put off; of another term than the one that is known it says nothing. */
export async function saveExtension(
  tx: Transaction,
  { accountId, subscriptionId, termEndsOn, endsOn }: TemporaryExtensionGranted,
): Promise<void> {
  await tx
    .update(subscriptionCopies)
    .set({ extendedUntil: endsOn })
    .where(
      and(
        eq(subscriptionCopies.accountId, accountId),
        eq(subscriptionCopies.id, subscriptionId),
        eq(subscriptionCopies.termEndsOn, termEndsOn),
      ),
    );
}

export async function subscriptionCopyOf(db: Queryable, accountId: AccountId, id: SubscriptionId): Promise<SubscriptionCopy | null> {
  const [copy] = await db
    .select()
    .from(subscriptionCopies)
    .where(and(eq(subscriptionCopies.accountId, accountId), eq(subscriptionCopies.id, id)));
  return copy ?? null;
}

/** The account's subscriptions of these ids, in the order of their names. */
export const subscriptionCopiesOf = (
  db: Queryable,
  accountId: AccountId,
  ids: readonly SubscriptionId[],
): Promise<readonly SubscriptionCopy[]> =>
  db
    .select()
    .from(subscriptionCopies)
    .where(and(eq(subscriptionCopies.accountId, accountId), inArray(subscriptionCopies.id, [...ids])))
    .orderBy(asc(subscriptionCopies.name));

/** Remembers that an order has reached a subscription. */
export async function noteOrder(tx: Transaction, accountId: AccountId, orderId: OrderId, subscriptionId: SubscriptionId): Promise<void> {
  await tx.insert(subscriptionOrders).values({ accountId, orderId, subscriptionId }).onConflictDoNothing();
}

/** The subscriptions that an order has reached so far. */
export async function arrivedWith(tx: Transaction, accountId: AccountId, orderId: OrderId): Promise<ReadonlySet<SubscriptionId>> {
  const rows = await tx
    .select({ subscriptionId: subscriptionOrders.subscriptionId })
    .from(subscriptionOrders)
    .where(and(eq(subscriptionOrders.accountId, accountId), eq(subscriptionOrders.orderId, orderId)));
  return new Set(rows.map(row => row.subscriptionId));
}

/** The self-managed subscriptions of each account that begin after a day, the nearest first; at most 20 of one account. */
export async function futureSubscriptionsOfAll(
  db: Queryable,
  accountIds: readonly AccountId[],
  today: PlainDate,
): Promise<(accountId: AccountId) => readonly FutureSubscription[]> {
  const { accountId, tier: plan, termStartsOn: startsOn, id, deployment, status } = subscriptionCopies;
  const rows = await db
    .select({ accountId, plan, startsOn })
    .from(subscriptionCopies)
    .where(and(anyOf(accountId, accountIds), gt(startsOn, today), eq(deployment, 'SELF_MANAGED'), ne(status, 'CANCELLED')))
    .orderBy(asc(startsOn), asc(id))
    .limit(FUTURE_MAX * Math.max(accountIds.length, 1));
  const byAccount = Map.groupBy(rows, row => row.accountId);
  return account => (byAccount.get(account) ?? []).slice(0, FUTURE_MAX).map(row => ({ plan: row.plan, startsOn: row.startsOn }));
}
