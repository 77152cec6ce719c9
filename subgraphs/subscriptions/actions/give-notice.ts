import type { Work } from '#kernel/work';
import type { NoticeKind } from '../domain/notice';
import { newest } from '../domain/subscription';
import type { SubscriptionsEvents } from '../events/published';
import { noteRenewalNotice } from '../store/notices';
import { subscriptionsForUpdate, versionsOf } from '../store/subscriptions';
import { saveTrial, type TrialKey, trialForUpdate } from '../store/trials';
import type { SubscriptionKey } from '../store/waiting';
import type { NoticeToMail } from './mail-notice';

type Subscriptions = Work<SubscriptionsEvents>;

/** R1: announces the end of a term, once. */
export async function noticeRenewal(work: Subscriptions, key: SubscriptionKey): Promise<void> {
  const [head] = await subscriptionsForUpdate(work.tx, key.accountId, [key.id]);
  const agreement = newest(await versionsOf(work.tx, key.id));
  if (!head || !agreement || agreement.term.endsOn <= work.today) return;
  if (await noteRenewalNotice(work.tx, key.accountId, agreement.term.id, work.now))
    await leaveNotice(work, 'RENEWAL', { accountId: key.accountId, id: key.id });
}

/** L7: announces the end of a trial, once. */
export async function noticeTrial(work: Subscriptions, key: TrialKey): Promise<void> {
  const trial = await trialForUpdate(work.tx, key);
  if (!trial || trial.noticedAt || trial.convertedOn || trial.endsOn <= work.today) return;
  await saveTrial(work.tx, { ...trial, noticedAt: work.now });
  await leaveNotice(work, 'TRIAL', key);
}

/** Leaves a notice to be mailed after this transaction. */
export const leaveNotice = (work: Subscriptions, kind: NoticeKind, { accountId, id }: Pick<NoticeToMail, 'accountId' | 'id'>) =>
  work.enqueue('mailNotice', { kind, accountId, id });
