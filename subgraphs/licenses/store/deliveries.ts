import { and, desc, eq, getTableColumns, lte, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, Id, OrderId, SubscriptionId } from '#kernel/ids';
import { type DeliveryRow, deliveries, deliverySubscriptions } from './tables';

/** Deliveries of one subscription that one answer can carry. */
const DELIVERIES_MAX = 20;

type SubscriptionDelivery = DeliveryRow & { readonly subscriptionId: SubscriptionId };

/** The newest deliveries about a subscription, the newest first. */
export const deliveriesBySubscription = defineListLoader<SubscriptionId, SubscriptionDelivery>(
  async (db, ids) => {
    const { subscriptionId, deliveryId } = deliverySubscriptions;
    const placed = db
      .select({
        ...getTableColumns(deliveries),
        subscriptionId,
        place: sql<number>`row_number() over (partition by ${subscriptionId} order by ${deliveryId} desc)`.as('place'),
      })
      .from(deliverySubscriptions)
      .innerJoin(deliveries, and(eq(deliveries.accountId, deliverySubscriptions.accountId), eq(deliveries.id, deliveryId)))
      .where(anyOf(subscriptionId, ids))
      .as('placed');
    return db.select().from(placed).where(lte(placed.place, DELIVERIES_MAX)).orderBy(desc(placed.id));
  },
  delivery => delivery.subscriptionId,
);

export async function deliveryOfOrder(tx: Transaction, accountId: AccountId, orderId: OrderId): Promise<DeliveryRow | null> {
  const [delivery] = await tx
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.accountId, accountId), eq(deliveries.orderId, orderId)));
  return delivery ?? null;
}

export async function deliveryOf(db: Queryable, accountId: AccountId, id: Id<'delivery'>): Promise<DeliveryRow | null> {
  const [delivery] = await db.select().from(deliveries).where(thatOne(accountId, id));
  return delivery ?? null;
}

/** The subscriptions that a delivery is about. */
export async function subscriptionsOfDelivery(db: Queryable, accountId: AccountId, id: Id<'delivery'>): Promise<readonly SubscriptionId[]> {
  const rows = await db
    .select({ subscriptionId: deliverySubscriptions.subscriptionId })
    .from(deliverySubscriptions)
    .where(and(eq(deliverySubscriptions.accountId, accountId), eq(deliverySubscriptions.deliveryId, id)));
  return rows.map(row => row.subscriptionId);
}

export async function addDelivery(tx: Transaction, delivery: DeliveryRow, subscriptionIds: readonly SubscriptionId[]): Promise<void> {
  const { accountId, id: deliveryId } = delivery;
  await tx.insert(deliveries).values(delivery);
  if (subscriptionIds.length === 0) return;
  await tx.insert(deliverySubscriptions).values(subscriptionIds.map(subscriptionId => ({ accountId, deliveryId, subscriptionId })));
}

export async function saveAttempt(tx: Transaction, { accountId, id }: DeliveryRow, attempt: number): Promise<void> {
  await tx.update(deliveries).set({ attempt }).where(thatOne(accountId, id));
}

/** One delivery, for a mutation's answer. */
export const deliveryById = defineLoader<Id<'delivery'>, DeliveryRow>(
  (db, ids) => db.select().from(deliveries).where(anyOf(deliveries.id, ids)),
  delivery => delivery.id,
);

/** Marks a delivery as given up. */
export async function saveFailure(tx: Transaction, { accountId, id }: DeliveryRow, failure: string): Promise<void> {
  await tx.update(deliveries).set({ status: 'FAILED', failure }).where(thatOne(accountId, id));
}

/** Marks a delivery as sent. Answers null when it was already, so that nobody announces it twice. */
export async function saveSent(
  tx: Transaction,
  accountId: AccountId,
  id: Id<'delivery'>,
  sent: { readonly recipient: string; readonly sentAt: Date; readonly subject: string; readonly body: string },
): Promise<DeliveryRow | null> {
  const [delivery] = await tx
    .update(deliveries)
    .set({ status: 'SENT', ...sent })
    .where(and(thatOne(accountId, id), eq(deliveries.status, 'REQUESTED')))
    .returning();
  return delivery ?? null;
}

/** The account's deliveries that have not gone out, the oldest first. */
export const requestedDeliveriesOf = (tx: Transaction, accountId: AccountId): Promise<readonly DeliveryRow[]> =>
  tx
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.accountId, accountId), eq(deliveries.status, 'REQUESTED')))
    .orderBy(deliveries.id)
    .limit(DELIVERIES_MAX);

const thatOne = (accountId: AccountId, id: Id<'delivery'>) => and(eq(deliveries.accountId, accountId), eq(deliveries.id, id));
