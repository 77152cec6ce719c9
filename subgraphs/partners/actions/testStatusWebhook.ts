import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { webhookNotFound } from '../domain/webhook';
import type { PartnersEvents } from '../events/published';
import type { DeliveryRow } from '../store/tables';
import { webhookById } from '../store/webhooks';
import { queueTest } from './queue-delivery';
import type { RemoveStatusWebhook } from './removeStatusWebhook';

/** Sends a test event to a webhook, signed and tried as any other. */
export async function testStatusWebhook(work: Work<PartnersEvents>, request: RemoveStatusWebhook): Promise<Result<DeliveryRow>> {
  const [webhook] = await webhookById.batch(work.tx, [request.webhookId]);
  if (webhook?.partnerId !== request.partnerId || webhook.removedAt) return webhookNotFound();
  return accept(await queueTest(work, webhook));
}
