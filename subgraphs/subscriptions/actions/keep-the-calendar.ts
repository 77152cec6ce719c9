import type { Work } from '#kernel/work';
import { newest } from '../domain/subscription';
import type { SubscriptionsEvents } from '../events/published';
import { namespacesForUpdate } from '../store/namespaces';
import { chargesOf, subscriptionsForUpdate, versionsOf } from '../store/subscriptions';
import type { SubscriptionRow } from '../store/tables';
import { saveVersions } from '../store/versions';
import { type SubscriptionKey, takeDue } from '../store/waiting';
import { announceNamespaces } from './announce-namespaces';
import { announceVersions } from './announce-versions';

type Subscriptions = Work<SubscriptionsEvents>;

/** Tells the neighbours of versions whose day has come, in their sequence and once. */
export async function announceDue(work: Subscriptions, key: SubscriptionKey): Promise<void> {
  const [head] = await subscriptionsForUpdate(work.tx, key.accountId, [key.id]);
  if (!head) return;
  const numbers = await takeDue(work.tx, key, work.today);
  const versions = (await versionsOf(work.tx, key.id)).filter(version => numbers.includes(version.number));
  const charges = await chargesOf(work.tx, key.id);
  announceVersions(
    work,
    versions.map(version => ({ name: head.name, version, charges })),
  );
  await announceNamespaceOf(work, head);
}

/**
 * Writes the cancellation that was agreed for a day, when it has come, as a version of its own: licences learn from it that
 * there are no days of grace (L9). Until it is written, the calendar tells the same status.
 */
export async function finishCancellation(work: Subscriptions, key: SubscriptionKey): Promise<void> {
  const [head] = await subscriptionsForUpdate(work.tx, key.accountId, [key.id]);
  const last = newest(await versionsOf(work.tx, key.id));
  if (!head || !last?.cancelsOn || last.standing === 'CANCELLED' || last.cancelsOn > work.today) return;
  const added = {
    ...last,
    id: work.newId('subscriptionVersion'),
    number: head.version + 1,
    kind: 'CANCEL' as const,
    effectiveOn: last.cancelsOn,
    standing: 'CANCELLED' as const,
    cancelsOn: null,
    orderId: null,
    actionId: null,
    actor: work.actor,
    createdAt: work.now,
  };
  await saveVersions(work.tx, { heads: [{ ...head, version: added.number }], terms: [], versions: [added], charges: [] });
  announceVersions(work, [{ name: head.name, version: added, charges: await chargesOf(work.tx, key.id) }]);
  await announceNamespaceOf(work, head);
}

/** A namespace's plan may be another one from this day on. */
async function announceNamespaceOf(work: Subscriptions, { accountId, namespaceId }: SubscriptionRow): Promise<void> {
  if (namespaceId) await announceNamespaces(work, await namespacesForUpdate(work.tx, accountId, [namespaceId]));
}
