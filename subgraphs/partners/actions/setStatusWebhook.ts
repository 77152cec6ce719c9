import type { PartnerId } from '#kernel/ids';
import { accept, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { partnerNotFound } from '../domain/partner';
import { eventsFrom, WEBHOOKS_MAX } from '../domain/webhook';
import type { PartnersEvents } from '../events/published';
import { partnerForUpdate } from '../store/partners';
import type { WebhookRow } from '../store/tables';
import { saveWebhook, webhooksOfPartner } from '../store/webhooks';

export interface SetStatusWebhook {
  readonly partnerId: PartnerId;
  readonly url: string;
  readonly events: readonly string[];
}

/** Sets where a partner is told of its orders, and of what. An address that is set already is changed. */
export async function setStatusWebhook(
  work: Work<PartnersEvents>,
  { partnerId, url, events }: SetStatusWebhook,
  faultOf: (url: string) => string | null,
): Promise<Result<WebhookRow>> {
  const wanted = eventsFrom(events);
  if (!wanted.ok) return wanted;
  const fault = faultOf(url);
  if (fault) return refuse('WEBHOOK_URL_REFUSED', fault, { path: ['url'] });
  if (!(await partnerForUpdate(work.tx, partnerId))) return partnerNotFound();
  const [webhooks = []] = await webhooksOfPartner.batch(work.tx, [partnerId]);
  if (webhooks.length >= WEBHOOKS_MAX && !webhooks.some(webhook => webhook.url === url)) {
    return refuse('WEBHOOKS_LIMIT_REACHED', `A partner has at most ${WEBHOOKS_MAX} webhooks. Remove one first.`);
  }
  const made = { createdBy: work.actor, createdAt: work.now, removedAt: null };
  return accept(await saveWebhook(work.tx, { id: work.newId('statusWebhook'), partnerId, url, events: [...wanted.value], ...made }));
}
