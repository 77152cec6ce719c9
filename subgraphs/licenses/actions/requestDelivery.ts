import type { OrderId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import type { DeliveryRequested } from '../../orders/events/published';
import type { LicensesEvents } from '../events/published';
import { lockAccount } from '../store/accounts';
import { addDelivery, deliveryOfOrder, saveAttempt } from '../store/deliveries';
import type { DeliveryRow } from '../store/tables';
import { enqueueDelivery } from './request-license-delivery';

/** Leaves the mail of an order to a job. One mail for an order: a later try of one that was sent is only answered. */
export async function requestDelivery(work: Work<LicensesEvents>, requested: DeliveryRequested): Promise<void> {
  const { accountId, orderId, orderNumber, attempt } = requested;
  await lockAccount(work.tx, accountId);
  const known = await deliveryOfOrder(work.tx, accountId, orderId);
  if (known) {
    if (attempt > known.attempt) await tryAgain(work, known, orderId, attempt);
    return;
  }

  const delivery: DeliveryRow = {
    accountId,
    id: work.newId('delivery'),
    purpose: 'ORDER',
    orderId,
    orderNumber,
    licenseId: null,
    attempt,
    channel: 'EMAIL',
    status: 'REQUESTED',
    recipient: null,
    requestedAt: work.now,
    sentAt: null,
    requestedBy: null,
    reason: null,
    subject: null,
    body: null,
    failure: null,
  };
  await addDelivery(work.tx, delivery, [...new Set(requested.subscriptionIds)]);
  await enqueueDelivery(work, delivery);
}

async function tryAgain(work: Work<LicensesEvents>, delivery: DeliveryRow, orderId: OrderId, attempt: number): Promise<void> {
  await saveAttempt(work.tx, delivery, attempt);
  if (delivery.status !== 'SENT') return enqueueDelivery(work, delivery);
  const { accountId, id: deliveryId } = delivery;
  work.announce('LicensesDelivered.v1', { subject: orderId, accountId }, { orderId, accountId, attempt, deliveryId });
}
