import { and, asc, desc, eq, isNotNull, lte } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader } from '#kernel/db/loader';
import type { AccountId, OrderId, ReconciliationId, SubscriptionId } from '#kernel/ids';
import type { PlainDate } from '#kernel/time';
import type { Due } from './due';
import { type ReconciliationRow, reconciliations, subscriptions } from './tables';
import type { SubscriptionKey } from './waiting';

/** A reconciliation of which something is due. */
export interface ReconciliationKey {
  readonly accountId: AccountId;
  readonly id: ReconciliationId;
  readonly subscriptionId: SubscriptionId;
}

/** The reconciliations of a subscription, the newest quarter first. */
export const reconciliationsOfSubscription = defineListLoader<SubscriptionId, ReconciliationRow>(
  (db, ids) =>
    db
      .select()
      .from(reconciliations)
      .where(anyOf(reconciliations.subscriptionId, ids))
      .orderBy(desc(reconciliations.quarterEndsOn), desc(reconciliations.id)),
  row => row.subscriptionId,
);

/** The same, within a write. */
export const reconciliationsOf = async (tx: Transaction, id: SubscriptionId): Promise<readonly ReconciliationRow[]> =>
  (await reconciliationsOfSubscription.batch(tx, [id]))[0] ?? [];

/** One reconciliation, locked; its subscription's head is locked before it. */
export async function reconciliationForUpdate(
  tx: Transaction,
  { accountId, id }: Omit<ReconciliationKey, 'subscriptionId'>,
): Promise<ReconciliationRow | null> {
  const [row] = await tx
    .select()
    .from(reconciliations)
    .where(and(eq(reconciliations.accountId, accountId), eq(reconciliations.id, id)))
    .for('update');
  return row ?? null;
}

/** The reconciliation that an order charges, if it charges one. */
export async function reconciliationOfOrder(db: Queryable, accountId: AccountId, orderId: OrderId): Promise<ReconciliationKey | null> {
  const [key] = await db
    .select({ accountId: reconciliations.accountId, id: reconciliations.id, subscriptionId: reconciliations.subscriptionId })
    .from(reconciliations)
    .where(and(eq(reconciliations.accountId, accountId), eq(reconciliations.orderId, orderId)));
  return key ?? null;
}

/** Keeps a reconciliation as it is now. */
export async function saveReconciliation(tx: Transaction, row: ReconciliationRow): Promise<void> {
  const { accountId: _account, id: _id, ...change } = row;
  await tx
    .insert(reconciliations)
    .values(row)
    .onConflictDoUpdate({ target: [reconciliations.accountId, reconciliations.id], set: change });
}

/** The day on which a subscription is looked at next. */
export async function saveNextLook(tx: Transaction, { accountId, id }: SubscriptionKey, reconcilesOn: PlainDate | null): Promise<void> {
  await tx
    .update(subscriptions)
    .set({ reconcilesOn })
    .where(and(eq(subscriptions.accountId, accountId), eq(subscriptions.id, id)));
}

/** Subscriptions with a quarter to be looked at, the longest due first. */
export const quartersToCount = (db: Queryable, today: PlainDate, limit: number): Due<SubscriptionKey> =>
  db
    .select({ accountId: subscriptions.accountId, id: subscriptions.id })
    .from(subscriptions)
    .where(and(isNotNull(subscriptions.reconcilesOn), lte(subscriptions.reconcilesOn, today)))
    .orderBy(asc(subscriptions.reconcilesOn), asc(subscriptions.id))
    .limit(limit);

/** Reconciliations whose next day has come, the longest due first. */
export const reconciliationsDue = (db: Queryable, today: PlainDate, limit: number): Due<ReconciliationKey> =>
  db
    .select({ accountId: reconciliations.accountId, id: reconciliations.id, subscriptionId: reconciliations.subscriptionId })
    .from(reconciliations)
    .where(and(isNotNull(reconciliations.dueOn), lte(reconciliations.dueOn, today)))
    .orderBy(asc(reconciliations.dueOn), asc(reconciliations.id))
    .limit(limit);

/** The kind of a subscription's newest licence. */
export async function saveLicenseKind(tx: Transaction, { accountId, id }: SubscriptionKey, licenseKind: string): Promise<void> {
  await tx
    .update(subscriptions)
    .set({ licenseKind })
    .where(and(eq(subscriptions.accountId, accountId), eq(subscriptions.id, id)));
}
