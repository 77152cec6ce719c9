import { later } from '#kernel/time';
import type { Work } from '#kernel/work';
import { type Attachment, type DeliveredSubscription, type DeliveryText, deliveryText, licenseText } from '../domain/delivery';
import { isFile } from '../domain/license';
import { seatsOn } from '../domain/seats';
import type { LicensesEvents } from '../events/published';
import { activationsOf } from '../store/activations';
import { subscriptionsOfDelivery } from '../store/deliveries';
import { licenseOf, newestFilesOf } from '../store/licenses';
import { subscriptionCopiesOf } from '../store/subscriptions';
import type { ActivationRow, DeliveryRow, LicenseRow, SubscriptionCopy } from '../store/tables';

/** A mail as it goes out, but for its address. */
export interface WordedDelivery extends DeliveryText {
  readonly attachments: readonly Attachment[];
}

/** What a delivery says and carries. */
export async function wordDelivery(work: Work<LicensesEvents>, delivery: DeliveryRow, contactName: string): Promise<WordedDelivery> {
  if (delivery.subject !== null && delivery.body !== null) return { subject: delivery.subject, text: delivery.body, attachments: [] };
  const told = await toldBy(work, delivery);
  const attachments = told.flatMap(({ license }) => (license ? [fileOf(license)] : []));
  const subscriptions = told.map(({ subscription }) => subscription);
  const [first] = subscriptions;
  if (delivery.purpose === 'ORDER' || delivery.purpose === 'SEAT_ALERT' || !first) {
    return { ...deliveryText(contactName, delivery.orderNumber ?? '', subscriptions), attachments };
  }
  return { ...licenseText(contactName, delivery.purpose, first), attachments };
}

interface Told {
  readonly subscription: DeliveredSubscription;
  /** The licence that travels along as a file. */
  readonly license: LicenseRow | null;
}

async function toldBy(work: Work<LicensesEvents>, { accountId, id, licenseId }: DeliveryRow): Promise<readonly Told[]> {
  const ids = await subscriptionsOfDelivery(work.tx, accountId, id);
  const named = licenseId && (await licenseOf(work.tx, licenseId));
  const activations = new Map((await activationsOf(work.tx, accountId, ids)).map(row => [row.subscriptionId, row]));
  const files = new Map((await newestFilesOf(work.tx, accountId, ids)).map(row => [row.subscriptionId, row]));
  return (await subscriptionCopiesOf(work.tx, accountId, ids)).map(subscription =>
    told(work, subscription, activations.get(subscription.id), named || files.get(subscription.id)),
  );
}

function told(
  work: Work<LicensesEvents>,
  { name, planName, charges, deployment, termStartsOn, termEndsOn }: SubscriptionCopy,
  activation: ActivationRow | undefined,
  license: LicenseRow | undefined,
): Told {
  const file = license && isFile(license.kind) ? license : null;
  const seats = license?.seats ?? seatsOn(charges, later(work.today, termStartsOn));
  // A code activates nothing where the licence travels as a file.
  const code = deployment === 'SELF_MANAGED' && !file ? (activation?.code ?? null) : null;
  const endsOn = license?.expiresOn ?? termEndsOn;
  return { subscription: { name, planName, seats, endsOn, code, file: file && fileOf(file).filename }, license: file };
}

const fileOf = ({ subscriptionName, revision, key }: LicenseRow): Attachment => ({
  filename: `${subscriptionName}-${revision}.license`,
  content: `${key}\n`,
});
