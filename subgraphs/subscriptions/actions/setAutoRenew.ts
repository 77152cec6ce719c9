import { canSeeAccount, type Viewer } from '#kernel/auth/viewer';
import type { SubscriptionId } from '#kernel/ids';
import { accept, type Result, refuse } from '#kernel/result';
import { later } from '#kernel/time';
import type { Work } from '#kernel/work';
import { decideAutoRenew } from '../domain/renewal';
import { newest, versionOn } from '../domain/subscription';
import type { SubscriptionsEvents } from '../events/published';
import { chargesOf, lockByName, type Version, versionsOf } from '../store/subscriptions';
import { saveVersions } from '../store/versions';
import { announceOrHold } from './announce-versions';

/** What a customer wishes about a renewal. */
export interface SetAutoRenew {
  readonly subscriptionName: string;
  readonly isOn: boolean;
  readonly ifVersion?: number | null;
}

/** Keeps the customer's wish about renewal as a new version; a wish that is already kept changes nothing. */
export async function setAutoRenew(
  work: Work<SubscriptionsEvents>,
  viewer: Viewer,
  { subscriptionName, isOn, ifVersion }: SetAutoRenew,
): Promise<Result<{ readonly subscriptionId: SubscriptionId; readonly added: Version | null }>> {
  const head = await lockByName(work.tx, subscriptionName, accountId => canSeeAccount(viewer, accountId));
  const versions = head ? await versionsOf(work.tx, head.id) : [];
  const current = versionOn(versions, work.today);
  if (!head || !current) return refuse('SUBSCRIPTION_NOT_FOUND', 'There is no such subscription.', { path: ['subscriptionName'] });
  if (typeof ifVersion === 'number' && ifVersion !== head.version) {
    return refuse('VERSION_CHANGED', `The subscription is at version ${head.version}. Read it again and decide anew.`, {
      path: ['ifVersion'],
    });
  }

  const last = newest(versions) ?? current;
  const decision = decideAutoRenew({ ...current, isAutoRenew: last.isAutoRenew }, isOn, work.today);
  if (!decision.ok) return decision;
  if (!decision.value.isChanged) return accept({ subscriptionId: head.id, added: null });

  const added: Version = {
    ...last,
    id: work.newId('subscriptionVersion'),
    number: head.version + 1,
    kind: 'SET_AUTO_RENEW',
    // A wish about what has not begun speaks from its first day on, after what was agreed for that day.
    effectiveOn: later(later(work.today, last.effectiveOn), last.term.startsOn),
    isAutoRenew: decision.value.isAutoRenew,
    // Who wants it renewed takes back the wish to end it with its term.
    cancelsOn: isOn ? null : last.cancelsOn,
    orderId: null,
    actionId: null,
    actor: work.actor,
    createdAt: work.now,
  };
  await saveVersions(work.tx, { heads: [{ ...head, version: added.number }], terms: [], versions: [added], charges: [] });
  await announceOrHold(work, [{ name: head.name, version: added, charges: await chargesOf(work.tx, head.id), before: versions }]);
  return accept({ subscriptionId: head.id, added });
}
