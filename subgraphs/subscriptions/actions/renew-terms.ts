import type { Work } from '#kernel/work';
import { chargesAfter, seatsOn } from '../domain/charge';
import { autoRenewalDay, decideRenewal } from '../domain/renewal';
import { newest } from '../domain/subscription';
import type { SubscriptionsEvents } from '../events/published';
import { addRenewalAttempt } from '../store/renewals';
import { usersNow } from '../store/seat-counts';
import { chargesOf, subscriptionsForUpdate, versionsOf } from '../store/subscriptions';
import type { RenewalAttemptRow } from '../store/tables';
import type { SubscriptionKey } from '../store/waiting';
import { renewalOf } from './read-renewal';

/**
 * R1, R2: on the last day of a term, asks orders for another one, or keeps why not. The term is decided once, by its newest
 * version; what is agreed to end with its term is not renewed, and that is nobody's failure.
 */
export async function renewTerm(work: Work<SubscriptionsEvents>, key: SubscriptionKey): Promise<void> {
  const [head] = await subscriptionsForUpdate(work.tx, key.accountId, [key.id]);
  const agreement = newest(await versionsOf(work.tx, key.id));
  if (!head || !agreement || agreement.standing !== 'AGREED' || agreement.cancelsOn) return;
  const { accountId, id: subscriptionId, name } = head;
  const { term } = agreement;
  const lastDay = autoRenewalDay(term);
  if (work.today < lastDay) return;

  // A day that was missed is decided as if it were that day.
  const renewal = await renewalOf(work, head, agreement, lastDay);
  const agreed = agreement.planAtRenewal?.seats ?? seatsOn(chargesAfter(await chargesOf(work.tx, subscriptionId)), lastDay);
  const users = await usersNow(work.tx, { accountId, id: subscriptionId, namespaceId: agreement.namespaceId }, term);
  const decided = decideRenewal(renewal, agreed, users);

  const attempt: RenewalAttemptRow = {
    accountId,
    id: work.newId('renewalAttempt'),
    subscriptionId,
    termId: term.id,
    termEndsOn: term.endsOn,
    seats: null,
    orderId: null,
    attemptedAt: work.now,
    endedAt: decided.status === 'REQUESTED' ? null : work.now,
    ...decided,
  };
  await addRenewalAttempt(work.tx, attempt);
  const about = { subject: subscriptionId, accountId };
  const told = { attemptId: attempt.id, accountId, subscriptionId, name };
  if (decided.status === 'REQUESTED') work.announce('RenewalRequested.v1', about, { ...told, seats: decided.seats, months: term.months });
  else work.announce('RenewalNotAttempted.v1', about, { ...told, reasons: decided.reasons });
}
