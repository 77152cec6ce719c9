import type { AccountId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import { afterSignal, type LeadSource, type LeadTarget } from '../domain/lead';
import type { CustomersEvents } from '../events/published';
import type { LeadRow } from '../store/lead-tables';
import { insertLead, lastLead, saveDelivery, updateLead } from '../store/leads';
import type { AccountRow } from '../store/tables';

/** Something that sales should hear of. */
export interface Signal {
  readonly source: LeadSource;
  /** The id of what it is about. */
  readonly subject: string;
  readonly message: string;
  readonly raisedBy: string | null;
}

/**
 * Keeps a signal of an account that is locked: as a new lead, which is announced and on its way to sales, or as one more
 * of a lead that is open. Answers the lead that it belongs to, or null when it says nothing new.
 */
export async function keepSignal(work: Work<CustomersEvents>, account: AccountRow, signal: Signal): Promise<LeadRow | null> {
  const { source, subject, message } = signal;
  const earlier = await lastLead(work.tx, account.id, source, subject);
  const outcome = afterSignal(earlier, source, work.today);
  if (earlier && outcome === 'COUNT')
    return updateLead(work.tx, earlier, { message, signals: earlier.signals + 1, lastSignalOn: work.today });
  if (outcome !== 'OPEN') return null;
  const lead = await insertLead(work.tx, {
    accountId: account.id,
    id: work.newId('lead'),
    organizationId: account.organizationId,
    ...signal,
    status: 'OPEN',
    signals: 1,
    lastSignalOn: work.today,
    closedOn: null,
    closedReason: null,
    version: 1,
    createdAt: work.now,
  });
  announceLead(work, lead);
  await requestDelivery(work, lead.accountId, lead, { attempts: 0 });
  return lead;
}

/** Leaves a lead to be delivered after the commit; one that waits already is not sent twice. */
export async function requestDelivery(
  work: Work<CustomersEvents>,
  accountId: AccountId,
  { id: leadId }: Pick<LeadRow, 'id'>,
  { attempts, target = 'CRM' }: { readonly attempts: number; readonly target?: LeadTarget },
): Promise<void> {
  const nothingYet = { lastError: null, reference: null, deliveredAt: null };
  await saveDelivery(work.tx, { accountId, leadId, target, status: 'REQUESTED', attempts, requestedAt: work.now, ...nothingYet });
  await work.enqueue('deliverLead', { accountId, leadId, target }, { key: `lead/${leadId}/${target}` });
}

/** Tells the neighbours what a lead now is. */
export function announceLead(work: Work<CustomersEvents>, lead: LeadRow): void {
  const { id: leadId, accountId, organizationId, source, status, version } = lead;
  work.announce('LeadChanged.v1', { subject: leadId, accountId }, { leadId, accountId, organizationId, source, status, version });
}
