import type { Work } from '#kernel/work';
import { isOver, newest } from '../domain/subscription';
import type { SubscriptionsEvents } from '../events/published';
import { takeRampSteps } from '../store/ramp-steps';
import { chargesOf, subscriptionsForUpdate, versionsOf } from '../store/subscriptions';
import { saveVersions } from '../store/versions';
import type { SubscriptionKey } from '../store/waiting';
import { announceVersions } from './announce-versions';

/**
 * P7: begins the years of a ramp whose day has come, each as a version of its own, from which neighbours learn of the seats. They are
 * counted from the charges, so they hold on that day even while this is late. What has ended begins nothing.
 */
export async function beginRampSteps(work: Work<SubscriptionsEvents>, key: SubscriptionKey): Promise<void> {
  const [head] = await subscriptionsForUpdate(work.tx, key.accountId, [key.id]);
  const steps = await takeRampSteps(work.tx, key, work.today, work.now);
  const last = newest(await versionsOf(work.tx, key.id));
  if (!head || !last || isOver(last, work.today)) return;
  const versions = steps.map(({ startsOn }, index) => ({
    ...last,
    id: work.newId('subscriptionVersion'),
    number: head.version + 1 + index,
    kind: 'RAMP_STEP' as const,
    effectiveOn: startsOn,
    orderId: null,
    actionId: null,
    actor: work.actor,
    createdAt: work.now,
  }));
  if (versions.length === 0) return;
  await saveVersions(work.tx, { heads: [{ ...head, version: head.version + versions.length }], terms: [], versions, charges: [] });
  const charges = await chargesOf(work.tx, key.id);
  announceVersions(
    work,
    versions.map(version => ({ name: head.name, version, charges })),
  );
}
