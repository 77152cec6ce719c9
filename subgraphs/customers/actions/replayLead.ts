import type { LeadId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type LeadTarget, leadNotFound, replay } from '../domain/lead';
import type { CustomersEvents } from '../events/published';
import type { LeadRow } from '../store/lead-tables';
import { deliveryForUpdate, leadForUpdate } from '../store/leads';
import { keep } from './audit-trail';
import { requestDelivery } from './keep-lead';

export interface ReplayLead {
  readonly leadId: LeadId;
  readonly target: LeadTarget;
}

/** Delivers a lead once more. The other system knows it by its id, so a second copy is the same lead there. */
export async function replayLead(work: Work<CustomersEvents>, { leadId, target }: ReplayLead): Promise<Result<LeadRow>> {
  const lead = await leadForUpdate(work.tx, leadId);
  const delivery = lead && (await deliveryForUpdate(work.tx, lead.accountId, lead.id, target));
  if (!lead || !delivery) return leadNotFound();
  const again = replay(delivery);
  if (!again.ok) return again;
  await requestDelivery(work, lead.accountId, lead, { attempts: delivery.attempts, target });
  await keep(work, lead.accountId, { action: 'LEAD_REPLAYED', subject: lead.id, fields: [target] });
  return accept(lead);
}
