import type { Id, PartnerId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { webhookNotFound } from '../domain/webhook';
import type { PartnersEvents } from '../events/published';
import type { WebhookRow } from '../store/tables';
import { removeWebhook, webhookById } from '../store/webhooks';

export interface RemoveStatusWebhook {
  readonly partnerId: PartnerId;
  readonly webhookId: Id<'statusWebhook'>;
}

/** Tells an address nothing any more; what waits to be told to it is given up. */
export async function removeStatusWebhook(work: Work<PartnersEvents>, request: RemoveStatusWebhook): Promise<Result<WebhookRow>> {
  const [webhook] = await webhookById.batch(work.tx, [request.webhookId]);
  if (webhook?.partnerId !== request.partnerId || webhook.removedAt) return webhookNotFound();
  return accept(await removeWebhook(work.tx, webhook, work.now));
}
