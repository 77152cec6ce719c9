import { z } from 'zod';
import { type AccountId, isId, type LeadId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import { deliverLead } from '../actions/deliverLead';
import { LEAD_TARGETS } from '../domain/lead';
import type { CustomersServices } from '../ports/services';
import type { CustomersEvents } from './published';

const leadPayload = z.object({
  accountId: z.custom<AccountId>(value => typeof value === 'string' && isId('account', value)),
  leadId: z.custom<LeadId>(value => typeof value === 'string' && isId('lead', value)),
  target: z.enum(LEAD_TARGETS),
});

/** What customers do outside of a transaction. */
export const jobs: Jobs<CustomersEvents, CustomersServices> = {
  deliverLead: (job, payload) => deliverLead(job, leadPayload.parse(payload), lead => job.services.crm.putLead(lead)),
};
