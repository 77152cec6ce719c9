import type { Work } from '#kernel/work';
import type { DecidedVersion } from '../domain/agreement';
import { converted } from '../domain/trial';
import type { SubscriptionsEvents } from '../events/published';
import { namespacesForUpdate } from '../store/namespaces';
import type { TrialRow } from '../store/tables';
import { saveTrial, type TrialKey, trialForUpdate, trialOfNamespace } from '../store/trials';
import { announceNamespaces } from './announce-namespaces';

type Subscriptions = Work<SubscriptionsEvents>;

/**
 * Converts the trials of the groups that an order buys a plan for: the trial names its subscription, the group stays as it is,
 * and what is left of the trial is dropped, once.
 */
export async function convertTrials(work: Subscriptions, decided: readonly DecidedVersion[]): Promise<void> {
  const bought = decided.flatMap(({ kind, agreement, planned }) => {
    const isPlan = kind === 'CHANGE_PLAN' || (kind === 'CREATE' && planned.charges.some(charge => charge.kind === 'BASE'));
    return isPlan && agreement.namespaceId ? [{ kind, agreement, namespaceId: agreement.namespaceId }] : [];
  });
  if (bought.length === 0) return;
  const trials = await trialOfNamespace.batch(
    work.tx,
    bought.map(({ namespaceId }) => namespaceId),
  );
  for (const [index, trial] of trials.entries()) {
    const purchase = bought[index];
    if (!trial || !purchase) continue;
    const { subscriptionId, tier, effectiveOn: startsOn } = purchase.agreement;
    const ended = converted(trial, { tier, isNew: purchase.kind === 'CREATE', startsOn }, work.today);
    if (!ended) continue;
    await saveTrial(work.tx, { ...trial, ...ended, subscriptionId });
    work.announce('TrialConverted.v1', aboutOf(trial), { ...toldOf(trial), subscriptionId, convertedOn: ended.convertedOn });
  }
}

/** Tells that a trial ended and nothing was bought, once. Its group has the plan that is paid for from that day on. */
export async function expireTrial(work: Subscriptions, key: TrialKey): Promise<void> {
  const trial = await trialForUpdate(work.tx, key);
  if (!trial || trial.convertedOn || trial.expiryToldAt || trial.endsOn > work.today) return;
  await saveTrial(work.tx, { ...trial, expiryToldAt: work.now });
  work.announce('TrialExpired.v1', aboutOf(trial), { ...toldOf(trial), expiredOn: trial.endsOn });
  await announceNamespaces(work, await namespacesForUpdate(work.tx, trial.accountId, [trial.namespaceId]));
}

const aboutOf = ({ id, accountId }: TrialRow) => ({ subject: id, accountId });
const toldOf = ({ id: trialId, accountId, namespaceId, kind }: TrialRow) => ({ trialId, accountId, namespaceId, kind });
