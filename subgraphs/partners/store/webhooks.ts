import { and, asc, desc, eq, isNull, lt } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { Id, PartnerId } from '#kernel/ids';
import { type DeliveryRow, statusWebhooks, type WebhookRow, webhookDeliveries } from './tables';

type WebhookId = Id<'statusWebhook'>;
type DeliveryId = Id<'webhookDelivery'>;

export const webhookById = defineLoader<WebhookId, WebhookRow>(
  (db, ids) => db.select().from(statusWebhooks).where(anyOf(statusWebhooks.id, ids)),
  row => row.id,
);

/** The webhooks of a partner that are in use, the first first. Their number is bounded. */
export const webhooksOfPartner = defineListLoader<PartnerId, WebhookRow>(
  (db, ids) =>
    db
      .select()
      .from(statusWebhooks)
      .where(and(anyOf(statusWebhooks.partnerId, ids), isNull(statusWebhooks.removedAt)))
      .orderBy(asc(statusWebhooks.id)),
  row => row.partnerId,
);

/** The newest delivery of each webhook. */
export const lastDeliveryOf = defineLoader<WebhookId, DeliveryRow>(
  (db, ids) =>
    db
      .selectDistinctOn([webhookDeliveries.webhookId])
      .from(webhookDeliveries)
      .where(anyOf(webhookDeliveries.webhookId, ids))
      .orderBy(asc(webhookDeliveries.webhookId), desc(webhookDeliveries.id)),
  row => row.webhookId,
);

/** The deliveries of a webhook, the newest first. */
export const deliveriesOf = (
  db: Queryable,
  webhookId: WebhookId,
  limit: number,
  after: DeliveryId | null,
): Promise<readonly DeliveryRow[]> =>
  db
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.webhookId, webhookId), after ? lt(webhookDeliveries.id, after) : undefined))
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit);

export const deliveryById = defineLoader<DeliveryId, DeliveryRow>(
  (db, ids) => db.select().from(webhookDeliveries).where(anyOf(webhookDeliveries.id, ids)),
  row => row.id,
);

/** Saves a webhook; at an address that the partner has one at already, that one is changed, and taken up again if it was removed. */
export async function saveWebhook(tx: Transaction, row: WebhookRow): Promise<WebhookRow> {
  const [saved] = await tx
    .insert(statusWebhooks)
    .values(row)
    .onConflictDoUpdate({ target: [statusWebhooks.partnerId, statusWebhooks.url], set: { events: row.events, removedAt: row.removedAt } })
    .returning();
  return saved!;
}

export async function removeWebhook(tx: Transaction, { id }: WebhookRow, removedAt: Date): Promise<WebhookRow> {
  const [saved] = await tx.update(statusWebhooks).set({ removedAt }).where(eq(statusWebhooks.id, id)).returning();
  return saved!;
}

export async function insertDelivery(tx: Transaction, row: DeliveryRow): Promise<DeliveryRow> {
  const [saved] = await tx.insert(webhookDeliveries).values(row).returning();
  return saved!;
}

export async function updateDelivery(tx: Transaction, id: DeliveryId, change: Partial<DeliveryRow>): Promise<DeliveryRow> {
  const [saved] = await tx.update(webhookDeliveries).set(change).where(eq(webhookDeliveries.id, id)).returning();
  return saved!;
}
