import type { Work } from '#kernel/work';
import type { RenewalRequested } from '../../subscriptions/events/published';
import { reference } from '../domain/handing-over';
import type { OrdersEvents } from '../events/published';
import { accountCopy } from '../store/accounts';
import { newestCard } from '../store/cards';
import { renewSubscription } from './renewSubscription';

/**
 * R1: places the order of a renewal, on the path of one that a buyer places: with the account's newest card where it pays by
 * itself, else on the account's terms. A term that is renewed already is refused, so a request that comes twice orders once.
 */
export async function orderRenewal(work: Work<OrdersEvents>, request: RenewalRequested): Promise<void> {
  const { attemptId, accountId, name: subscriptionName, seats: quantity, months: termMonths } = request;
  const account = await accountCopy(work.tx, accountId);
  const paymentMethodId = account?.isAutoPay ? await newestCard(work.tx, accountId) : null;
  const renewal = { subscriptionName, quantity, termMonths, paymentMethodId, poNumber: null };
  const placed = await renewSubscription(work, renewal, { maySee: () => true, channel: 'WEB_DIRECT' });
  const refused = (code: string, message: string) =>
    work.announce('RenewalRefused.v1', { subject: attemptId, accountId }, { attemptId, accountId, code, message });
  if (!placed.ok) return refused(placed.refusal.code, placed.refusal.message);
  const { order } = placed.value;
  if (order.state === 'REJECTED') return refused('ORDER_REJECTED', 'The order was rejected.');
  work.announce('RenewalOrdered.v1', { subject: order.id, accountId }, { ...reference(order), attemptId });
}
