import type { Work } from '#kernel/work';
import { eventOf, lineOf, TEST_EVENT } from '../domain/webhook';
import type { PartnersEvents } from '../events/published';
import type { PartnerOrderRow, WebhookRow } from '../store/tables';
import { insertDelivery, webhooksOfPartner } from '../store/webhooks';

/** Queues the news of an order for every receiver of its parties, in the transaction that made it: none is lost, none is told too early. */
export async function queueStatus(work: Work<PartnersEvents>, order: PartnerOrderRow, sequence: number, reason: string): Promise<void> {
  const { partnerId, resellerId, status } = order;
  const parties = resellerId ? [partnerId, resellerId] : [partnerId];
  const event = eventOf(status);
  const receivers = (await webhooksOfPartner.batch(work.tx, parties)).flat().filter(webhook => webhook.events.includes(event));
  for (const webhook of receivers) {
    // A reference is its owner's alone, and no price is told at all.
    const externalId = webhook.partnerId === partnerId ? order.externalId : null;
    const told = { partnerOrderId: order.id, externalId, status, reason, subscriptionName: order.subscriptionName };
    await queue(work, webhook, event, order.id, sequence, told);
  }
}

/** Queues a test event for one receiver. */
export const queueTest = (work: Work<PartnersEvents>, webhook: WebhookRow) =>
  queue(work, webhook, TEST_EVENT, webhook.id, 0, { webhookId: webhook.id });

async function queue(work: Work<PartnersEvents>, webhook: WebhookRow, event: string, orderingKey: string, sequence: number, data: object) {
  const id = work.newId('webhookDelivery');
  const body = JSON.stringify({ type: event, timestamp: work.now.toISOString(), orderingKey, sequence, data });
  const { id: webhookId, partnerId } = webhook;
  const untried = { state: 'PENDING', attempts: 0, responseStatus: null, error: null, triedAt: null } as const;
  const row = { id, webhookId, partnerId, event, orderingKey, sequence, body, ...untried, createdAt: work.now };
  const delivery = await insertDelivery(work.tx, row);
  await work.enqueue('deliverWebhook', { deliveryId: id }, { key: `webhook ${id}`, line: lineOf(partnerId) });
  return delivery;
}
