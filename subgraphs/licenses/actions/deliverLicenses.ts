import type { AccountId, Id } from '#kernel/ids';
import type { JobContext } from '#kernel/jobs';
import type { MailMessage } from '#kernel/mail';
import type { Work } from '#kernel/work';
import type { LicensesEvents } from '../events/published';
import { accountCopyOf, lockAccount } from '../store/accounts';
import { deliveryOf, saveFailure, saveSent } from '../store/deliveries';
import { wordDelivery } from './word-delivery';

type DeliveryId = Id<'delivery'>;

/**
 * Hands the mail of a delivery to the mail server, outside of any transaction, and remembers it. When this process dies
 * in between, the job runs again and the second copy has the same message id.
 */
export async function deliverLicenses(
  job: Pick<JobContext<LicensesEvents>, 'attempt' | 'attemptsMax' | 'write'>,
  { accountId, deliveryId }: { readonly accountId: AccountId; readonly deliveryId: DeliveryId },
  send: (mail: MailMessage) => Promise<void>,
): Promise<void> {
  const mail = await job.write(work => mailOf(work, accountId, deliveryId));
  if (!mail) return;
  try {
    await send(mail);
  } catch (fault) {
    if (job.attempt < job.attemptsMax) throw fault;
    return job.write(work => markUndelivered(work, accountId, deliveryId));
  }
  await job.write(work => markDelivered(work, accountId, deliveryId, mail));
}

/**
 * The mail of a delivery, or null when there is nothing to send: it went out before, or its account is not known yet.
 * The account is held for the look, so that either this finds the contact or the contact's arrival finds this delivery.
 */
async function mailOf(work: Work<LicensesEvents>, accountId: AccountId, deliveryId: DeliveryId): Promise<MailMessage | null> {
  await lockAccount(work.tx, accountId);
  const delivery = await deliveryOf(work.tx, accountId, deliveryId);
  const account = await accountCopyOf(work.tx, accountId);
  if (delivery?.status !== 'REQUESTED' || !account) return null;
  return {
    messageId: `${deliveryId}@licenses`,
    to: { name: account.soldToName, address: account.soldToEmail },
    ...(await wordDelivery(work, delivery, account.soldToName)),
  };
}

/** Remembers that the mail was handed over, and tells orders; once, however often it is called. */
async function markDelivered(work: Work<LicensesEvents>, accountId: AccountId, deliveryId: DeliveryId, mail: MailMessage): Promise<void> {
  const { to, subject, text: body } = mail;
  const delivery = await saveSent(work.tx, accountId, deliveryId, { recipient: to.address, sentAt: work.now, subject, body });
  if (!delivery?.orderId) return;
  const { orderId, attempt } = delivery;
  work.announce('LicensesDelivered.v1', { subject: orderId, accountId }, { orderId, accountId, attempt, deliveryId });
}

/**
 * Gives a mail up. For an order, orders are told, and the delivery stays requested, for they try again; any other is kept
 * as failed, for support to see and to send again.
 */
async function markUndelivered(work: Work<LicensesEvents>, accountId: AccountId, deliveryId: DeliveryId): Promise<void> {
  const delivery = await deliveryOf(work.tx, accountId, deliveryId);
  if (delivery?.status !== 'REQUESTED') return;
  const { orderId, attempt } = delivery;
  const message = 'The mail server did not take the mail.';
  if (!orderId) return saveFailure(work.tx, delivery, message);
  const failure = { step: 'DELIVERY', code: 'MAIL_NOT_SENT', message, isRetryable: true } as const;
  work.announce('StepFailed.v1', { subject: orderId, accountId }, { orderId, accountId, attempt, ...failure });
}
