import type { AccountId, OrderId } from '#kernel/ids';
import { addDays } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { ReconciliationOrdered, ReconciliationRefused } from '../../orders/events/published';
import { CHARGE_ATTEMPTS_MAX, retryUntil } from '../domain/reconciliation';
import type { SubscriptionsEvents } from '../events/published';
import { reconciliationForUpdate, reconciliationOfOrder, saveReconciliation } from '../store/reconciliations';
import { findSubscription, findTerm } from '../store/subscriptions';
import { moveOn } from './move-reconciliation';

type Subscriptions = Work<SubscriptionsEvents>;

/** Orders has placed the charge of a reconciliation: what becomes of that order becomes of it. */
export async function noteOrdered(work: Subscriptions, { reconciliationId, accountId, orderId }: ReconciliationOrdered): Promise<void> {
  const row = await reconciliationForUpdate(work.tx, { accountId, id: reconciliationId });
  if (row?.status === 'CHARGING') await saveReconciliation(work.tx, { ...row, orderId });
}

/** Orders could not place the charge: it is asked for again tomorrow where that may help, some days in a row, or it has failed. */
export async function noteRefused(work: Subscriptions, refused: ReconciliationRefused): Promise<void> {
  const row = await reconciliationForUpdate(work.tx, { accountId: refused.accountId, id: refused.reconciliationId });
  if (!row) return;
  const isAgain = refused.isRetryable && row.attempts < CHARGE_ATTEMPTS_MAX;
  const name = await nameOf(work, row.subscriptionId);
  if (isAgain) await moveOn(work, row, 'POSTPONE', { dueOn: addDays(work.today, 1) }, name);
  else await moveOn(work, row, 'FAIL', { reason: 'ORDER_REFUSED' }, name);
}

/** What may become of an order. Most orders charge no reconciliation, and then nothing follows. */
export interface OrderOutcome {
  readonly accountId: AccountId;
  readonly orderId: OrderId;
  readonly outcome: 'FULFILLED' | 'CARD_DECLINED';
}

/** The order of a reconciliation was carried out, or its card was declined (Q2). */
export async function noteOutcome(work: Subscriptions, { accountId, orderId, outcome }: OrderOutcome): Promise<void> {
  const key = await reconciliationOfOrder(work.tx, accountId, orderId);
  const row = key && (await reconciliationForUpdate(work.tx, key));
  if (!row) return;
  const name = await nameOf(work, row.subscriptionId);
  if (outcome === 'FULFILLED') {
    await moveOn(work, row, 'PAY', { reason: 'CHARGED' }, name);
    return;
  }
  const term = await findTerm(work.tx, accountId, row.termId);
  const dueOn = term && retryUntil(row.chargeOn ?? work.today, term.endsOn);
  await moveOn(work, row, 'DECLINE', { reason: 'CARD_DECLINED', dueOn }, name);
}

const nameOf = async ({ tx }: Subscriptions, id: Parameters<typeof findSubscription>[1]): Promise<string> =>
  (await findSubscription(tx, id))?.name ?? '';
