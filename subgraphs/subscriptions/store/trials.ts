import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, NamespaceId, SubscriptionId, TrialId } from '#kernel/ids';
import type { PlainDate } from '#kernel/time';
import type { Due } from './due';
import { type ExtensionRow, type TrialRow, temporaryExtensions, trials } from './tables';

/** Where a trial is kept. */
export interface TrialKey {
  readonly accountId: AccountId;
  readonly id: TrialId;
}

/** The trial of each namespace: there is one at most. */
export const trialOfNamespace = defineLoader<NamespaceId, TrialRow>(
  (db, ids) => db.select().from(trials).where(anyOf(trials.namespaceId, ids)),
  row => row.namespaceId,
);

/** The trial that a subscription was before it was bought. */
export const trialOfSubscription = defineLoader<SubscriptionId, TrialRow & { readonly subscriptionId: SubscriptionId }>(
  async (db, ids) => {
    const rows = await db.select().from(trials).where(anyOf(trials.subscriptionId, ids));
    return rows.flatMap(row => (row.subscriptionId ? [{ ...row, subscriptionId: row.subscriptionId }] : []));
  },
  row => row.subscriptionId,
);

/** True when a subscription stood on a group while that tried something. */
export async function hasTried(tx: Transaction, accountId: AccountId, id: SubscriptionId): Promise<boolean> {
  return (await tx.$count(trials, and(eq(trials.accountId, accountId), eq(trials.onSubscriptionId, id)))) > 0;
}

/** The same, for a reader. */
export const triedOnSubscription = defineLoader<SubscriptionId, TrialRow & { readonly onSubscriptionId: SubscriptionId }>(
  async (db, ids) => {
    const rows = await db.select().from(trials).where(anyOf(trials.onSubscriptionId, ids));
    return rows.flatMap(row => (row.onSubscriptionId ? [{ ...row, onSubscriptionId: row.onSubscriptionId }] : []));
  },
  row => row.onSubscriptionId,
);

/** Keeps a trial as it is now. */
export async function saveTrial(tx: Transaction, row: TrialRow): Promise<void> {
  const { accountId: _account, id: _id, ...change } = row;
  await tx
    .insert(trials)
    .values(row)
    .onConflictDoUpdate({ target: [trials.accountId, trials.id], set: change });
}

/** One trial, locked. */
export async function trialForUpdate(tx: Transaction, { accountId, id }: TrialKey): Promise<TrialRow | null> {
  const [row] = await tx
    .select()
    .from(trials)
    .where(and(eq(trials.accountId, accountId), eq(trials.id, id)))
    .for('update');
  return row ?? null;
}

/** Trials that are over and of which nobody was told, the longest over first. */
export const trialsOver = (db: Queryable, today: PlainDate, limit: number): Due<TrialKey> =>
  db
    .select({ accountId: trials.accountId, id: trials.id })
    .from(trials)
    .where(and(isNull(trials.convertedOn), isNull(trials.expiryToldAt), lte(trials.endsOn, today)))
    .orderBy(asc(trials.endsOn), asc(trials.id))
    .limit(limit);

/** The extensions of a subscription's terms, the oldest first. */
export const extensionsOfSubscription = defineListLoader<SubscriptionId, ExtensionRow>(
  (db, ids) =>
    db
      .select()
      .from(temporaryExtensions)
      .where(anyOf(temporaryExtensions.subscriptionId, ids))
      .orderBy(asc(temporaryExtensions.endsOn), asc(temporaryExtensions.id)),
  row => row.subscriptionId,
);

/** Adds an extension. A term has one: the second of two at once is refused by the database. */
export async function saveExtension(tx: Transaction, row: ExtensionRow): Promise<void> {
  await tx.insert(temporaryExtensions).values(row);
}
