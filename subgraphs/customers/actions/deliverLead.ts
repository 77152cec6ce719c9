import type { AccountId, LeadId } from '#kernel/ids';
import type { JobContext } from '#kernel/jobs';
import type { Work } from '#kernel/work';
import type { DeliveredLead, LeadTarget } from '../domain/lead';
import type { CustomersEvents } from '../events/published';
import { accountById, accountStateOf } from '../store/accounts';
import { deliveryForUpdate, leadById, saveDelivery } from '../store/leads';

export interface LeadToDeliver {
  readonly accountId: AccountId;
  readonly leadId: LeadId;
  readonly target: LeadTarget;
}

/** Takes a lead to the other system; answers the name it has there. */
export type TakeLead = (lead: DeliveredLead) => Promise<{ readonly reference: string }>;

/** Hands a lead over, outside of any transaction, and remembers what came of the try. A failed one is tried again later. */
export async function deliverLead(
  job: Pick<JobContext<CustomersEvents>, 'attempt' | 'attemptsMax' | 'write'>,
  asked: LeadToDeliver,
  take: TakeLead,
): Promise<void> {
  const lead = await job.write(work => leadToTell(work, asked));
  if (!lead) return;
  try {
    const { reference } = await take(lead);
    await job.write(work => saveTry(work, asked, { status: 'DELIVERED', lastError: null, reference, deliveredAt: work.now }));
  } catch (fault) {
    const isLast = job.attempt >= job.attemptsMax;
    // What went wrong inside stays in the log: this is read by sales.
    const lastError = 'The CRM did not take it.';
    await job.write(work =>
      saveTry(work, asked, { status: isLast ? 'FAILED' : 'REQUESTED', lastError, reference: null, deliveredAt: null }),
    );
    throw fault;
  }
}

async function leadToTell(work: Work<CustomersEvents>, { accountId, leadId, target }: LeadToDeliver): Promise<DeliveredLead | null> {
  const delivery = await deliveryForUpdate(work.tx, accountId, leadId, target);
  const [lead] = await leadById.batch(work.tx, [leadId]);
  const [account] = await accountById.batch(work.tx, [accountId]);
  if (delivery?.status !== 'REQUESTED' || !lead || !account) return null;
  const { organization, soldTo } = await accountStateOf(work.tx, account);
  return {
    id: lead.id,
    source: lead.source,
    message: lead.message,
    createdAt: lead.createdAt.toISOString(),
    organization: { id: organization.id, name: organization.name },
    account: { id: account.id, number: account.number, name: account.name },
    contact: { name: soldTo.name, email: soldTo.email },
  };
}

type Tried = Pick<Parameters<typeof saveDelivery>[1], 'status' | 'lastError' | 'reference' | 'deliveredAt'>;

async function saveTry(work: Work<CustomersEvents>, { accountId, leadId, target }: LeadToDeliver, tried: Tried): Promise<void> {
  const delivery = await deliveryForUpdate(work.tx, accountId, leadId, target);
  if (delivery?.status === 'REQUESTED') await saveDelivery(work.tx, { ...delivery, ...tried, attempts: delivery.attempts + 1 });
}
