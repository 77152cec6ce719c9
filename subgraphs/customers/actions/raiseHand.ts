import type { AccountId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type Acting, accountNotFound, reaches } from '../domain/access';
import { messageFrom } from '../domain/lead';
import type { CustomersEvents } from '../events/published';
import { accountForUpdate } from '../store/accounts';
import type { LeadRow } from '../store/lead-tables';
import { keepSignal } from './keep-lead';

export interface RaiseHand {
  readonly billingAccountId: AccountId;
  readonly message: string;
}

/** A customer asks to be called. Whoever may see the account may ask; asked again, it is the same lead with the newer words. */
export async function raiseHand(work: Work<CustomersEvents>, request: RaiseHand, by: Acting): Promise<Result<LeadRow>> {
  if (!reaches(by, request.billingAccountId)) return accountNotFound();
  const account = await accountForUpdate(work.tx, request.billingAccountId);
  if (!account) return accountNotFound();
  const message = messageFrom(request.message);
  if (!message.ok) return message;
  const signal = { source: 'HAND_RAISE', subject: account.id, message: message.value, raisedBy: work.actor } as const;
  const lead = await keepSignal(work, account, signal);
  if (!lead) throw new Error('A hand that was raised went unheard.');
  return accept(lead);
}
