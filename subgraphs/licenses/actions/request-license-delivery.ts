import type { Work } from '#kernel/work';
import type { DeliveryPurpose, DeliveryText } from '../domain/delivery';
import type { LicensesEvents } from '../events/published';
import { addDelivery } from '../store/deliveries';
import type { DeliveryRow, LicenseRow } from '../store/tables';

/** After so many tries of its own, about half a minute, the job says that the mail was not sent. */
const MAIL_ATTEMPTS_MAX = 4;

/** Leaves a job that sends a delivery's mail; one that has not begun yet is replaced. */
export const enqueueDelivery = (work: Work<LicensesEvents>, { accountId, id: deliveryId }: DeliveryRow): Promise<void> =>
  work.enqueue('deliverLicenses', { accountId, deliveryId }, { key: deliveryId, attemptsMax: MAIL_ATTEMPTS_MAX });

/** Sends what happened to a licence to the Sold-To contact, and to nobody else. */
export function requestLicenseDelivery(
  work: Work<LicensesEvents>,
  { accountId, id: licenseId, subscriptionId }: Pick<LicenseRow, 'accountId' | 'id' | 'subscriptionId'>,
  purpose: DeliveryPurpose,
  reason: string | null = null,
): Promise<DeliveryRow> {
  return requestMail(work, { accountId, subscriptionId, licenseId, purpose, reason, text: null });
}

/** A mail to the Sold-To contact of a subscription: worded now, or when it goes out. */
export async function requestMail(
  work: Work<LicensesEvents>,
  mail: Pick<DeliveryRow, 'accountId' | 'licenseId' | 'purpose' | 'reason'> & {
    readonly subscriptionId: LicenseRow['subscriptionId'];
    readonly text: DeliveryText | null;
  },
): Promise<DeliveryRow> {
  const { accountId, licenseId, purpose, reason, subscriptionId, text } = mail;
  const delivery: DeliveryRow = {
    accountId,
    id: work.newId('delivery'),
    purpose,
    orderId: null,
    orderNumber: null,
    licenseId,
    attempt: 1,
    channel: 'EMAIL',
    status: 'REQUESTED',
    recipient: null,
    requestedAt: work.now,
    sentAt: null,
    requestedBy: reason === null ? null : work.actor,
    reason,
    subject: text?.subject ?? null,
    body: text?.text ?? null,
    failure: null,
  };
  await addDelivery(work.tx, delivery, [subscriptionId]);
  await enqueueDelivery(work, delivery);
  return delivery;
}
