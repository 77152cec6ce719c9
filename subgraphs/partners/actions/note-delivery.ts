import { addMs } from '#kernel/time';
import type { Work } from '#kernel/work';
import { lineOf, waitAfter } from '../domain/webhook';
import type { PartnersEvents } from '../events/published';
import type { DeliveryRow } from '../store/tables';
import { updateDelivery } from '../store/webhooks';

/** What a receiver answered; null: nothing, and why. */
export interface Outcome {
  readonly status: number | null;
  readonly error: string | null;
}

/** Writes down what came of a try, and plans the next one: for three days, then it waits for `redeliverWebhook`. */
export async function noteDelivery(work: Work<PartnersEvents>, delivery: DeliveryRow, { status, error }: Outcome): Promise<void> {
  const attempts = delivery.attempts + 1;
  const isDone = status !== null && status >= 200 && status < 300;
  const wait = isDone ? null : waitAfter(attempts, work.now.getTime() - delivery.createdAt.getTime());
  const state = isDone ? 'DELIVERED' : wait === null ? 'FAILED' : 'PENDING';
  await updateDelivery(work.tx, delivery.id, { state, attempts, responseStatus: status, error, triedAt: work.now });
  if (wait === null) return;
  const { id: deliveryId, partnerId } = delivery;
  await work.enqueue(
    'deliverWebhook',
    { deliveryId },
    { runAt: addMs(work.now, wait), key: `webhook ${deliveryId}`, line: lineOf(partnerId) },
  );
}
