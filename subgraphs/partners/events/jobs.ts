import { z } from 'zod';
import { type Id, isId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import { noteDelivery } from '../actions/note-delivery';
import { placeBulkLines } from '../actions/place-bulk-lines';
import type { WebhookSender } from '../ports/webhook-sender';
import { deliveryById, webhookById } from '../store/webhooks';
import type { PartnersEvents } from './published';

const queued = z.object({
  deliveryId: z.custom<Id<'webhookDelivery'>>(value => typeof value === 'string' && isId('webhookDelivery', value)),
});

const uploaded = z.object({
  bulkOrderId: z.custom<Id<'bulkImport'>>(value => typeof value === 'string' && isId('bulkImport', value)),
  after: z.int().nonnegative(),
});

export interface PartnersServices {
  readonly sender: WebhookSender;
}

export const jobs: Jobs<PartnersEvents, PartnersServices> = {
  /** Some lines at a time, each time as a job of its own: other work comes in between, and a stop waits for a few lines only. */
  placeBulkLines: async (job, payload) => {
    const { bulkOrderId, after } = uploaded.parse(payload);
    await job.write(work => placeBulkLines(work, bulkOrderId, after));
  },
  /** Killed between the answer and the note, it sends a second time, with the same id: at least once. */
  deliverWebhook: async (job, payload) => {
    const { deliveryId } = queued.parse(payload);
    const [delivery] = await deliveryById.batch(job.db, [deliveryId]);
    if (delivery?.state !== 'PENDING') return;
    const [webhook] = await webhookById.batch(job.db, [delivery.webhookId]);
    const isWanted = webhook && !webhook.removedAt;
    const outcome = isWanted
      ? await job.services.sender.send({ id: delivery.id, webhookId: webhook.id, url: webhook.url, body: delivery.body, at: job.now })
      : { status: null, error: 'The webhook was removed.' };
    await job.write(work => noteDelivery(work, delivery, outcome));
  },
};
