import type { Id, PartnerId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { deliveryNotFound, lineOf } from '../domain/webhook';
import type { PartnersEvents } from '../events/published';
import type { DeliveryRow } from '../store/tables';
import { deliveryById, updateDelivery } from '../store/webhooks';

export interface RedeliverWebhook {
  readonly partnerId: PartnerId;
  readonly deliveryId: Id<'webhookDelivery'>;
}

/** Tells an event once more, under the same id: a receiver that knows it already can tell. Its three days begin anew. */
export async function redeliverWebhook(work: Work<PartnersEvents>, request: RedeliverWebhook): Promise<Result<DeliveryRow>> {
  const [delivery] = await deliveryById.batch(work.tx, [request.deliveryId]);
  if (delivery?.partnerId !== request.partnerId) return deliveryNotFound();
  await work.enqueue('deliverWebhook', { deliveryId: delivery.id }, { key: `webhook ${delivery.id}`, line: lineOf(delivery.partnerId) });
  return accept(await updateDelivery(work.tx, delivery.id, { state: 'PENDING', attempts: 0, createdAt: work.now }));
}
