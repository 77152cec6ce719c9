import type { Work } from '#kernel/work';
import type { DeliveryRequested } from '../../orders/events/published';
import type { LicensesEvents } from '../events/published';
import { lockAccount } from '../store/accounts';
import { addDelivery, deliveryOfOrder, saveAttempt } from '../store/deliveries';
import type { DeliveryRow } from '../store/tables';

/** After so many tries of its own, about half a minute, the job says that the step has failed; orders then try again. */
const MAIL_ATTEMPTS_MAX = 4;

/** Leaves the mail of an order to a job. One mail for an order: a later try of one that was sent is only answered. */
export async function requestDelivery(work: Work<LicensesEvents>, requested: DeliveryRequested): Promise<void> {
  const { accountId, orderId, orderNumber, attempt } = requested;
  await lockAccount(work.tx, accountId);
  const known = await deliveryOfOrder(work.tx, accountId, orderId);
  if (known) {
    if (attempt > known.attempt) await tryAgain(work, known, attempt);
    return;
  }

  const delivery: DeliveryRow = {
    accountId,
    id: work.newId('delivery'),
    orderId,
    orderNumber,
    attempt,
    channel: 'EMAIL',
    status: 'REQUESTED',
    recipient: null,
    requestedAt: work.now,
    sentAt: null,
  };
  await addDelivery(work.tx, delivery, [...new Set(requested.subscriptionIds)]);
  await enqueueDelivery(work, delivery);
}

/** Leaves a job that sends a delivery's mail; one that has not begun yet is replaced. */
export const enqueueDelivery = (work: Work<LicensesEvents>, { accountId, id: deliveryId }: DeliveryRow): Promise<void> =>
  work.enqueue('deliverLicenses', { accountId, deliveryId }, { key: deliveryId, attemptsMax: MAIL_ATTEMPTS_MAX });

async function tryAgain(work: Work<LicensesEvents>, delivery: DeliveryRow, attempt: number): Promise<void> {
  await saveAttempt(work.tx, delivery, attempt);
  if (delivery.status !== 'SENT') return enqueueDelivery(work, delivery);
  const { accountId, orderId, id: deliveryId } = delivery;
  work.announce('LicensesDelivered.v1', { subject: orderId, accountId }, { orderId, accountId, attempt, deliveryId });
}
