import { and, asc, desc, eq, gt, lt, not } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { AccountId, NamespaceId, SubscriptionId } from '#kernel/ids';
import type { PlainDate } from '#kernel/time';
import type { DealType } from '../domain/catalog';
import type { NamespaceInUse } from '../domain/situation';
import type { SellingEntity } from '../domain/tax';
import { namespaceCopies, orderActions, orders, type SubscriptionCopyRow, subscriptionCopies } from './tables';

/** The account that a subscription belongs to, by the subscription's name. */
export async function accountOfSubscription(db: Queryable, name: string): Promise<AccountId | null> {
  const [found] = await db
    .select({ accountId: subscriptionCopies.accountId })
    .from(subscriptionCopies)
    .where(eq(subscriptionCopies.name, name))
    // One that was handed over goes on in the account where it stands last.
    .orderBy(desc(subscriptionCopies.id))
    .limit(1);
  return found?.accountId ?? null;
}

/** An account's subscriptions by name, locked in the order of their ids: two purchases for one of them take turns. */
export const subscriptionsForUpdate = (
  tx: Transaction,
  accountId: AccountId,
  names: readonly string[],
): Promise<readonly SubscriptionCopyRow[]> =>
  tx
    .select()
    .from(subscriptionCopies)
    .where(and(eq(subscriptionCopies.accountId, accountId), anyOf(subscriptionCopies.name, names)))
    .orderBy(asc(subscriptionCopies.id))
    .for('update');

/** How subscriptions were sold: by whom, and as what kind of deal. What was not ordered here is not in the answer. */
export async function salesOf(
  db: Queryable,
  accountId: AccountId,
  ids: readonly SubscriptionId[],
): Promise<ReadonlyMap<SubscriptionId, { readonly sellingEntity: SellingEntity; readonly dealType: DealType }>> {
  const rows = await db
    .select({ id: orderActions.subscriptionId, sellingEntity: orders.sellingEntity, dealType: orders.dealType })
    .from(orderActions)
    .innerJoin(orders, and(eq(orders.accountId, orderActions.accountId), eq(orders.id, orderActions.orderId)))
    .where(
      and(eq(orderActions.accountId, accountId), anyOf(orderActions.subscriptionId, ids), eq(orderActions.kind, 'CREATE_SUBSCRIPTION')),
    );
  return new Map(rows.map(({ id, ...sale }) => [id, sale]));
}

/** How many subscriptions of an account are in force or to come, beside those of these names. */
export const countOthers = (db: Queryable, accountId: AccountId, names: readonly string[], today: PlainDate): Promise<number> =>
  db.$count(
    subscriptionCopies,
    and(
      eq(subscriptionCopies.accountId, accountId),
      not(anyOf(subscriptionCopies.name, names)),
      gt(subscriptionCopies.termEndsOn, today),
      not(anyOf(subscriptionCopies.status, ['CANCELLED', 'TRANSFERRED'])),
    ),
  );

/** Keeps a subscription as its newest version says, unless something newer is known already. */
export async function keepSubscription(tx: Transaction, copy: SubscriptionCopyRow): Promise<void> {
  const { accountId: _account, id: _id, ...change } = copy;
  await tx
    .insert(subscriptionCopies)
    .values(copy)
    .onConflictDoUpdate({
      target: [subscriptionCopies.accountId, subscriptionCopies.id],
      set: change,
      setWhere: lt(subscriptionCopies.version, copy.version),
    });
}

/** Tells the actions of a new subscription its name, which its own house has chosen. */
export async function nameActions(tx: Transaction, { accountId, id, name }: SubscriptionCopyRow): Promise<void> {
  const ofSubscription = and(eq(orderActions.accountId, accountId), eq(orderActions.subscriptionId, id));
  await tx.update(orderActions).set({ subscriptionName: name }).where(ofSubscription);
}

/** Namespaces by id, whoever owns them, and the terms of the subscriptions that serve them. */
export async function namespacesInUse(db: Queryable, ids: readonly NamespaceId[]): Promise<ReadonlyMap<string, NamespaceInUse>> {
  const known = await db
    .select({ id: namespaceCopies.id, accountId: namespaceCopies.accountId })
    .from(namespaceCopies)
    .where(anyOf(namespaceCopies.id, ids));
  const agreed = await db
    .select({
      namespaceId: subscriptionCopies.namespaceId,
      status: subscriptionCopies.status,
      startsOn: subscriptionCopies.termStartsOn,
      endsOn: subscriptionCopies.termEndsOn,
    })
    .from(subscriptionCopies)
    .where(anyOf(subscriptionCopies.namespaceId, ids));
  const serving = agreed.filter(({ status }) => status !== 'CANCELLED' && status !== 'TRANSFERRED');
  return new Map(
    known.map(({ id, accountId }) => [id, { id, accountId, served: serving.filter(({ namespaceId }) => namespaceId === id) }]),
  );
}

/** Keeps where a namespace belongs; one that moved to another account leaves nothing behind. */
export async function keepNamespace(tx: Transaction, namespace: typeof namespaceCopies.$inferInsert): Promise<void> {
  await tx.delete(namespaceCopies).where(eq(namespaceCopies.id, namespace.id));
  await tx.insert(namespaceCopies).values(namespace);
}
