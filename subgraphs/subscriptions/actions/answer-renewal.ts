import type { AccountId, OrderId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import type { RenewalOrdered, RenewalRefused } from '../../orders/events/published';
import type { RenewalReason } from '../domain/renewal';
import type { SubscriptionsEvents } from '../events/published';
import { renewalAttemptForUpdate, renewalAttemptOfOrder, saveRenewalAttempt } from '../store/renewals';

type Subscriptions = Work<SubscriptionsEvents>;

/** Orders has placed the renewal: what becomes of that order becomes of the attempt. */
export async function noteRenewalOrdered(work: Subscriptions, { attemptId, accountId, orderId }: RenewalOrdered): Promise<void> {
  const attempt = await renewalAttemptForUpdate(work.tx, accountId, attemptId);
  if (attempt?.status === 'REQUESTED') await saveRenewalAttempt(work.tx, attempt, { status: 'ORDERED', orderId });
}

/** Orders could not place it. What the buyer has renewed in the same moment is renewed. */
export async function noteRenewalRefused(work: Subscriptions, { attemptId, accountId, code }: RenewalRefused): Promise<void> {
  const attempt = await renewalAttemptForUpdate(work.tx, accountId, attemptId);
  if (attempt?.status !== 'REQUESTED') return;
  const end =
    code === 'RENEWAL_PLACED' ? ({ status: 'RENEWED', reasons: [] } as const) : ({ status: 'FAILED', reasons: ['ORDER_REFUSED'] } as const);
  await saveRenewalAttempt(work.tx, attempt, { ...end, endedAt: work.now });
}

/** The order of a renewal was carried out. One that had stopped, and was paid after all, counts as well. */
export async function noteRenewed(work: Subscriptions, accountId: AccountId, orderId: OrderId): Promise<void> {
  const attempt = await renewalAttemptOfOrder(work.tx, accountId, orderId);
  if (attempt && attempt.status !== 'RENEWED')
    await saveRenewalAttempt(work.tx, attempt, { status: 'RENEWED', reasons: [], endedAt: work.now });
}

/** R3: the order of a renewal has stopped: the card was declined, or something else waits for a person. */
export async function noteRenewalStopped(
  work: Subscriptions,
  accountId: AccountId,
  orderId: OrderId,
  reason: RenewalReason,
): Promise<void> {
  const attempt = await renewalAttemptOfOrder(work.tx, accountId, orderId);
  if (attempt?.status === 'ORDERED') await saveRenewalAttempt(work.tx, attempt, { status: 'FAILED', reasons: [reason], endedAt: work.now });
}
