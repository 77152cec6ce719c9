import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, ne, or } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { OrderId, PartnerId, PartnerOrderId, SubscriptionId } from '#kernel/ids';
import type { PlainDate } from '#kernel/time';
import {
  type HistoryRow,
  type PartnerOrderLineRow,
  type PartnerOrderRow,
  partnerOrderHistory,
  partnerOrderLines,
  partnerOrders,
  type SoldSubscriptionRow,
  soldSubscriptions,
} from './tables';

export const partnerOrderById = defineLoader<PartnerOrderId, PartnerOrderRow>(
  (db, ids) => db.select().from(partnerOrders).where(anyOf(partnerOrders.id, ids)),
  row => row.id,
);

export const linesOfPartnerOrder = defineListLoader<PartnerOrderId, PartnerOrderLineRow>(
  (db, ids) =>
    db.select().from(partnerOrderLines).where(anyOf(partnerOrderLines.partnerOrderId, ids)).orderBy(asc(partnerOrderLines.position)),
  row => row.partnerOrderId,
);

/** How orders came to stand as they do, the first first. */
export const historyOfPartnerOrder = defineListLoader<PartnerOrderId, HistoryRow>(
  (db, ids) =>
    db.select().from(partnerOrderHistory).where(anyOf(partnerOrderHistory.partnerOrderId, ids)).orderBy(asc(partnerOrderHistory.position)),
  row => row.partnerOrderId,
);

export async function partnerOrderNamed(db: Queryable, partnerId: PartnerId, externalId: string): Promise<PartnerOrderRow | null> {
  const [row] = await db
    .select()
    .from(partnerOrders)
    .where(and(eq(partnerOrders.partnerId, partnerId), eq(partnerOrders.externalId, externalId)));
  return row ?? null;
}

/** Orders that a partner placed or is the reseller of, the newest first. */
export const partnerOrdersOf = (
  db: Queryable,
  partnerId: PartnerId | null,
  limit: number,
  after: PartnerOrderId | null,
): Promise<readonly PartnerOrderRow[]> =>
  db
    .select()
    .from(partnerOrders)
    .where(
      and(
        partnerId ? or(eq(partnerOrders.partnerId, partnerId), eq(partnerOrders.resellerId, partnerId)) : undefined,
        after ? lt(partnerOrders.id, after) : undefined,
      ),
    )
    .orderBy(desc(partnerOrders.id))
    .limit(limit);

/** Saves a new order; null when the partner has one of that reference already: of many at once the first one is kept. */
export async function insertPartnerOrder(
  tx: Transaction,
  row: PartnerOrderRow,
  lines: readonly PartnerOrderLineRow[],
  history: HistoryRow,
): Promise<PartnerOrderRow | null> {
  const [saved] = await tx
    .insert(partnerOrders)
    .values(row)
    .onConflictDoNothing({ target: [partnerOrders.partnerId, partnerOrders.externalId] })
    .returning();
  if (!saved) return null;
  if (lines.length > 0) await tx.insert(partnerOrderLines).values([...lines]);
  await tx.insert(partnerOrderHistory).values(history);
  return saved;
}

export async function partnerOrderForUpdate(tx: Transaction, orderId: OrderId): Promise<PartnerOrderRow | null> {
  const [row] = await tx.select().from(partnerOrders).where(eq(partnerOrders.orderId, orderId)).for('update');
  return row ?? null;
}

export async function updatePartnerOrder(tx: Transaction, id: PartnerOrderId, change: Partial<PartnerOrderRow>): Promise<PartnerOrderRow> {
  const [saved] = await tx.update(partnerOrders).set(change).where(eq(partnerOrders.id, id)).returning();
  return saved!;
}

export async function insertHistory(tx: Transaction, row: HistoryRow): Promise<void> {
  await tx.insert(partnerOrderHistory).values(row);
}

export async function soldSubscriptionNamed(db: Queryable, name: string): Promise<SoldSubscriptionRow | null> {
  const [row] = await db.select().from(soldSubscriptions).where(eq(soldSubscriptions.name, name));
  return row ?? null;
}

export async function soldSubscriptionById(db: Queryable, id: SubscriptionId): Promise<SoldSubscriptionRow | null> {
  const [row] = await db.select().from(soldSubscriptions).where(eq(soldSubscriptions.id, id));
  return row ?? null;
}

/** What was ordered for a subscription, the first first: lines of orders that were not rejected, each with its order. */
export const linesOfSubscription = (
  db: Queryable,
  name: string,
): Promise<readonly { readonly line: PartnerOrderLineRow; readonly order: PartnerOrderRow }[]> =>
  db
    .select({ line: partnerOrderLines, order: partnerOrders })
    .from(partnerOrderLines)
    .innerJoin(partnerOrders, eq(partnerOrders.id, partnerOrderLines.partnerOrderId))
    .where(and(eq(partnerOrderLines.subscriptionName, name), ne(partnerOrders.status, 'REJECTED')))
    .orderBy(asc(partnerOrders.id), asc(partnerOrderLines.position));

/** Tells the first line that has no subscription yet, and fits, what it became. Lines that are alike are alike in price too. */
export async function nameLine(
  tx: Transaction,
  partnerOrderId: PartnerOrderId,
  { name, sku, seats }: Pick<SoldSubscriptionRow, 'name' | 'sku' | 'seats'>,
): Promise<void> {
  const ofOrder = eq(partnerOrderLines.partnerOrderId, partnerOrderId);
  const [line] = await tx
    .select({ position: partnerOrderLines.position })
    .from(partnerOrderLines)
    .where(and(ofOrder, isNull(partnerOrderLines.subscriptionName), eq(partnerOrderLines.sku, sku), eq(partnerOrderLines.quantity, seats)))
    .orderBy(asc(partnerOrderLines.position))
    .limit(1);
  if (line)
    await tx
      .update(partnerOrderLines)
      .set({ subscriptionName: name })
      .where(and(ofOrder, eq(partnerOrderLines.position, line.position)));
}

/** Keeps a subscription as its newest version says, unless something newer is known already. */
export async function keepSoldSubscription(tx: Transaction, row: SoldSubscriptionRow): Promise<void> {
  const { version, status, sku, seats, startsOn, endsOn } = row;
  await tx
    .insert(soldSubscriptions)
    .values(row)
    .onConflictDoUpdate({
      target: soldSubscriptions.id,
      set: { version, status, sku, seats, startsOn, endsOn },
      setWhere: lt(soldSubscriptions.version, version),
    });
}

export async function markDelivered(tx: Transaction, partnerOrderId: PartnerOrderId): Promise<void> {
  await tx.update(soldSubscriptions).set({ isLicenseDelivered: true }).where(eq(soldSubscriptions.partnerOrderId, partnerOrderId));
}

/** Subscriptions that a partner sold and whose terms end in a stretch of days, the first to end first. */
export const renewalsOf = (
  db: Queryable,
  partnerId: PartnerId,
  { from, until }: { readonly from: PlainDate; readonly until: PlainDate },
  limit: number,
  after: { readonly on: PlainDate; readonly id: SubscriptionId } | null,
): Promise<readonly SoldSubscriptionRow[]> =>
  db
    .select()
    .from(soldSubscriptions)
    .where(
      and(
        or(eq(soldSubscriptions.partnerId, partnerId), eq(soldSubscriptions.resellerId, partnerId)),
        gte(soldSubscriptions.endsOn, from),
        lt(soldSubscriptions.endsOn, until),
        inArray(soldSubscriptions.status, ['ACTIVE', 'PENDING']),
        after
          ? or(gt(soldSubscriptions.endsOn, after.on), and(eq(soldSubscriptions.endsOn, after.on), gt(soldSubscriptions.id, after.id)))
          : undefined,
      ),
    )
    .orderBy(asc(soldSubscriptions.endsOn), asc(soldSubscriptions.id))
    .limit(limit);
