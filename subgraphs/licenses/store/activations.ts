import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Transaction } from '#kernel/db/database';
import { defineLoader } from '#kernel/db/loader';
import type { AccountId, SubscriptionId } from '#kernel/ids';
import { type ActivationRow, activationCodes, activations, entitlementGrants } from './tables';

export const activationBySubscription = defineLoader<SubscriptionId, ActivationRow>(
  (db, ids) => db.select().from(activations).where(anyOf(activations.subscriptionId, ids)),
  activation => activation.subscriptionId,
);

export async function activationOf(tx: Transaction, accountId: AccountId, subscriptionId: SubscriptionId): Promise<ActivationRow | null> {
  const [activation] = await tx
    .select()
    .from(activations)
    .where(and(eq(activations.accountId, accountId), eq(activations.subscriptionId, subscriptionId)));
  return activation ?? null;
}

/** The account's activations of these subscriptions. */
export const activationsOf = (
  tx: Transaction,
  accountId: AccountId,
  subscriptionIds: readonly SubscriptionId[],
): Promise<readonly ActivationRow[]> =>
  tx
    .select()
    .from(activations)
    .where(and(eq(activations.accountId, accountId), inArray(activations.subscriptionId, [...subscriptionIds])));

/** Saves an activation under its code. Answers false when the code is another's: the caller draws a new one. */
export async function addActivation(tx: Transaction, activation: ActivationRow): Promise<boolean> {
  const { accountId, id: activationId } = activation;
  const claimed = await tx
    .insert(activationCodes)
    .values({ codeDigest: digestOf(activation.code), accountId, activationId })
    .onConflictDoNothing()
    .returning();
  if (claimed.length === 0) return false;
  await tx.insert(activations).values(activation);
  return true;
}

/** An activation that goes on in another account: its code leads there from now on. */
export async function moveActivation(tx: Transaction, activation: ActivationRow): Promise<void> {
  const { accountId, id: activationId } = activation;
  await tx.insert(activations).values(activation);
  await tx
    .update(activationCodes)
    .set({ accountId, activationId })
    .where(eq(activationCodes.codeDigest, digestOf(activation.code)));
}

/** Whether a subscription was granted to its namespace. */
export const hasEntitlement = async (tx: Transaction, accountId: AccountId, subscriptionId: SubscriptionId): Promise<boolean> =>
  (await tx.$count(
    entitlementGrants,
    and(eq(entitlementGrants.accountId, accountId), eq(entitlementGrants.subscriptionId, subscriptionId)),
  )) > 0;

/**
 * The activation of a code, held against concurrent activations. It is found by the code's digest, so that how long the
 * answer takes says nothing about how much of a wrong code was right.
 */
export async function activationByCodeForUpdate(tx: Transaction, code: string): Promise<ActivationRow | null> {
  const [place] = await tx
    .select()
    .from(activationCodes)
    .where(eq(activationCodes.codeDigest, digestOf(code)));
  return place ? activationForUpdate(tx, place.accountId, place.activationId) : null;
}

/** An activation, held so that one licence is issued at a time. */
export async function activationForUpdate(
  tx: Transaction,
  accountId: AccountId,
  activationId: ActivationRow['id'],
): Promise<ActivationRow | null> {
  const [activation] = await tx
    .select()
    .from(activations)
    .where(and(eq(activations.accountId, accountId), eq(activations.id, activationId)))
    .for('update');
  return activation ?? null;
}

/** Grants a namespace what its subscription holds; once, however often it is asked for. */
export async function addEntitlementGrant(tx: Transaction, grant: typeof entitlementGrants.$inferInsert): Promise<void> {
  await tx
    .insert(entitlementGrants)
    .values(grant)
    .onConflictDoNothing({ target: [entitlementGrants.accountId, entitlementGrants.subscriptionId] });
}

const digestOf = (code: string): string => createHash('sha256').update(code).digest('hex');
