import { canSeeAccount, type Viewer } from '#kernel/auth/viewer';
import { isId } from '#kernel/ids';
import { accept, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { statusOn, versionOn } from '../domain/subscription';
import { decideTrial, type TrialKind } from '../domain/trial';
import type { SubscriptionsEvents } from '../events/published';
import { findNamespace, namespacesForUpdate } from '../store/namespaces';
import { basesOn } from '../store/subscriptions';
import type { NamespaceRow, TrialRow } from '../store/tables';
import { hasTried, saveTrial, trialOfNamespace } from '../store/trials';
import { announceNamespaces } from './announce-namespaces';

/** What is to be tried, and where. */
export interface StartTrial {
  readonly namespaceId: string;
  readonly kind: TrialKind;
}

/** Starts the one trial of a group, from today on. Two at once take turns at the group, and the second is refused. */
export async function startTrial(
  work: Work<SubscriptionsEvents>,
  viewer: Viewer,
  { namespaceId, kind }: StartTrial,
): Promise<Result<{ readonly trial: TrialRow }>> {
  const seen = isId('namespace', namespaceId) ? await findNamespace(work.tx, namespaceId) : null;
  if (!seen || !canSeeAccount(viewer, seen.accountId)) {
    return refuse('NAMESPACE_NOT_FOUND', 'There is no such namespace.', { path: ['namespaceId'] });
  }
  const [namespace = seen] = await namespacesForUpdate(work.tx, seen.accountId, [seen.id]);
  const paid = await paidOn(work, namespace);
  const had = (await trialOfNamespace.batch(work.tx, [namespace.id]))[0];
  const hadTrial = had != null || (paid !== null && (await hasTried(work.tx, namespace.accountId, paid.subscriptionId)));
  const decision = decideTrial({ paidTier: paid?.tier ?? null, hadTrial }, kind, work.today);
  if (!decision.ok) return decision;

  const trial: TrialRow = {
    accountId: namespace.accountId,
    id: work.newId('trial'),
    namespaceId: namespace.id,
    ...decision.value,
    onSubscriptionId: paid?.subscriptionId ?? null,
    convertedOn: null,
    subscriptionId: null,
    noticedAt: null,
    expiryToldAt: null,
    startedBy: work.actor,
    createdAt: work.now,
  };
  await saveTrial(work.tx, trial);
  const { id: trialId, accountId, days, seats, startsOn, endsOn } = trial;
  const about = { subject: trialId, accountId };
  work.announce('TrialStarted.v1', about, { trialId, accountId, namespaceId: namespace.id, kind, days, seats, startsOn, endsOn });
  await announceNamespaces(work, [namespace]);
  return accept({ trial });
}

/** The subscription in force that pays for a group today. */
async function paidOn(work: Work<SubscriptionsEvents>, { id }: NamespaceRow) {
  const bases = (await basesOn(work.tx, [id])).get(id) ?? [];
  const today = bases.flatMap(versions => versionOn(versions, work.today) ?? []);
  return today.find(version => statusOn(version, work.today) === 'ACTIVE') ?? null;
}
