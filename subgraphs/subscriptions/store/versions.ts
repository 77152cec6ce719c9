import { and, asc, eq, sql } from 'drizzle-orm';
import type { Transaction } from '#kernel/db/database';
import { claimNumbers, takeNumber } from '#kernel/db/numbers';
import type { AccountId, OrderId, SubscriptionId } from '#kernel/ids';
import type { Instant } from '#kernel/time';
import {
  type ChargeRow,
  carriedOrders,
  chargeEndings,
  charges,
  type EndingRow,
  type SubscriptionRow,
  subscriptions,
  subscriptionVersions,
  type TermRow,
  terms,
  type VersionRow,
} from './tables';

/** Joins a subscription with its newest version alone. */
export const isNewestVersion = and(
  eq(subscriptionVersions.accountId, subscriptions.accountId),
  eq(subscriptionVersions.subscriptionId, subscriptions.id),
  eq(subscriptionVersions.number, subscriptions.version),
);

/** The names of new subscriptions: `A-S` and eight digits, kept for life. */
export const claimNames = (
  tx: Transaction,
  accountId: AccountId,
  ids: readonly SubscriptionId[],
): Promise<ReadonlyMap<SubscriptionId, string>> => claimNumbers(tx, 'subscription', ids, accountId, digits => `A-S${digits}`);

/** Takes the name that a subscription brings along; false when another has it. */
export const takeName = (tx: Transaction, accountId: AccountId, id: SubscriptionId, name: string): Promise<boolean> =>
  takeNumber(tx, 'subscription', { number: name, entityId: id, accountId });

/** Everything that one change, or one order of changes, adds. */
export interface Additions {
  /** The heads as they stand afterwards, new and known ones. */
  readonly heads: readonly SubscriptionRow[];
  readonly terms: readonly TermRow[];
  readonly versions: readonly VersionRow[];
  readonly charges: readonly ChargeRow[];
  readonly endings?: readonly EndingRow[];
}

/** Saves versions with all that belongs to them: five statements, sent at once, for any number of them. */
export async function saveVersions(tx: Transaction, added: Additions): Promise<void> {
  await Promise.all([
    tx
      .insert(subscriptions)
      .values([...added.heads])
      .onConflictDoUpdate({
        target: [subscriptions.accountId, subscriptions.id],
        set: {
          version: sql`excluded.version`,
          namespaceId: sql`excluded.namespace_id`,
          reconcilesOn: sql`excluded.reconciles_on`,
        },
      }),
    added.terms.length > 0 && tx.insert(terms).values([...added.terms]),
    tx.insert(subscriptionVersions).values([...added.versions]),
    added.charges.length > 0 && tx.insert(charges).values([...added.charges]),
    added.endings?.length && tx.insert(chargeEndings).values([...added.endings]),
  ]);
}

/**
 * Takes an order to be carried out; false when it was carried out before. A twin that is at it now is waited for, and
 * then seen.
 */
export async function takeOrder(tx: Transaction, accountId: AccountId, orderId: OrderId, carriedAt: Instant): Promise<boolean> {
  const taken = await tx.insert(carriedOrders).values({ accountId, orderId, carriedAt }).onConflictDoNothing().returning();
  return taken.length > 0;
}

/** Gives an order back that could not be carried out, so that it can be asked for again. */
export async function giveBackOrder(tx: Transaction, accountId: AccountId, orderId: OrderId): Promise<void> {
  await tx.delete(carriedOrders).where(and(eq(carriedOrders.accountId, accountId), eq(carriedOrders.orderId, orderId)));
}

/** What an order wrote, each subscription's versions in their sequence. */
export const versionsOfOrder = (tx: Transaction, accountId: AccountId, orderId: OrderId) =>
  tx
    .select({ subscriptionId: subscriptions.id, name: subscriptions.name, version: subscriptionVersions.number })
    .from(subscriptionVersions)
    .innerJoin(
      subscriptions,
      and(eq(subscriptions.accountId, subscriptionVersions.accountId), eq(subscriptions.id, subscriptionVersions.subscriptionId)),
    )
    .where(and(eq(subscriptionVersions.accountId, accountId), eq(subscriptionVersions.orderId, orderId)))
    .orderBy(asc(subscriptions.id), asc(subscriptionVersions.number));
