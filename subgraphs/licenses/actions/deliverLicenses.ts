import type { AccountId, Id } from '#kernel/ids';
import type { JobContext } from '#kernel/jobs';
import type { MailMessage } from '#kernel/mail';
import { later } from '#kernel/time';
import type { Work } from '#kernel/work';
import { type DeliveredSubscription, deliveryText } from '../domain/delivery';
import { seatsOn } from '../domain/seats';
import type { LicensesEvents } from '../events/published';
import { accountCopyOf, lockAccount } from '../store/accounts';
import { activationsOf } from '../store/activations';
import { deliveryOf, saveSent, subscriptionsOfDelivery } from '../store/deliveries';
import { subscriptionCopiesOf } from '../store/subscriptions';
import type { DeliveryRow } from '../store/tables';

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
  await job.write(work => markDelivered(work, accountId, deliveryId, mail.to.address));
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
    ...deliveryText(account.soldToName, delivery.orderNumber, await deliveredSubscriptions(work, delivery)),
  };
}

/** Remembers that the mail was handed over, and tells orders; once, however often it is called. */
async function markDelivered(work: Work<LicensesEvents>, accountId: AccountId, deliveryId: DeliveryId, recipient: string): Promise<void> {
  const delivery = await saveSent(work.tx, accountId, deliveryId, { recipient, sentAt: work.now });
  if (!delivery) return;
  const { orderId, attempt } = delivery;
  work.announce('LicensesDelivered.v1', { subject: orderId, accountId }, { orderId, accountId, attempt, deliveryId });
}

/** Tells orders that the mail could not be handed over; the delivery stays requested, and may be tried again. */
async function markUndelivered(work: Work<LicensesEvents>, accountId: AccountId, deliveryId: DeliveryId): Promise<void> {
  const delivery = await deliveryOf(work.tx, accountId, deliveryId);
  if (delivery?.status !== 'REQUESTED') return;
  const { orderId, attempt } = delivery;
  const failure = {
    step: 'DELIVERY',
    code: 'MAIL_NOT_SENT',
    message: 'The mail server did not take the mail.',
    isRetryable: true,
  } as const;
  work.announce('StepFailed.v1', { subject: orderId, accountId }, { orderId, accountId, attempt, ...failure });
}

async function deliveredSubscriptions(
  work: Work<LicensesEvents>,
  { accountId, id }: DeliveryRow,
): Promise<readonly DeliveredSubscription[]> {
  const ids = await subscriptionsOfDelivery(work.tx, accountId, id);
  const codeBySubscription = new Map((await activationsOf(work.tx, accountId, ids)).map(row => [row.subscriptionId, row.code]));
  return (await subscriptionCopiesOf(work.tx, accountId, ids)).map(subscription => ({
    name: subscription.name,
    planName: subscription.planName,
    seats: seatsOn(subscription.charges, later(work.today, subscription.termStartsOn)),
    endsOn: subscription.termEndsOn,
    code: codeBySubscription.get(subscription.id) ?? null,
  }));
}
