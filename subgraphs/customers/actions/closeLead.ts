import type { LeadId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { close, type LeadOutcome, leadNotFound } from '../domain/lead';
import type { CustomersEvents } from '../events/published';
import type { LeadRow } from '../store/lead-tables';
import { leadForUpdate, updateLead } from '../store/leads';
import { keep } from './audit-trail';
import { announceLead } from './keep-lead';

export interface CloseLead {
  readonly leadId: LeadId;
  readonly outcome: LeadOutcome;
  readonly reason: string;
}

export async function closeLead(work: Work<CustomersEvents>, { leadId, outcome, reason }: CloseLead): Promise<Result<LeadRow>> {
  const lead = await leadForUpdate(work.tx, leadId);
  if (!lead) return leadNotFound();
  const closed = close(lead, outcome, reason);
  if (!closed.ok) return closed;
  const saved = await updateLead(work.tx, lead, { ...closed.value, closedOn: work.today });
  await keep(work, saved.accountId, { action: 'LEAD_CLOSED', subject: saved.id, reason: closed.value.closedReason, fields: [outcome] });
  announceLead(work, saved);
  return accept(saved);
}
