import type { TrialConverted, TrialStarted } from '../../subscriptions/events/published';
import { lockAccount } from '../store/accounts';
import { addTrial, saveConversion } from '../store/entitlements';
import type { FulfilmentTarget, LicensesWork } from './targets/target';
import { want } from './targets/want';

/** Keeps the trial of a namespace; its product hears of it, and the day on which it ends comes by itself. */
export async function copyTrial(work: LicensesWork, trial: TrialStarted, targets: readonly FulfilmentTarget[]): Promise<void> {
  const { accountId, trialId, namespaceId, kind: tier, seats, startsOn, endsOn } = trial;
  await lockAccount(work.tx, accountId);
  await addTrial(work.tx, { accountId, id: trialId, namespaceId, tier, seats, startsOn, endsOn, becameId: null });
  await placeNamespace(work, trial, targets);
}

/** Keeps what a trial became, which takes its place. */
export async function convertTrial(work: LicensesWork, trial: TrialConverted, targets: readonly FulfilmentTarget[]): Promise<void> {
  await lockAccount(work.tx, trial.accountId);
  await saveConversion(work.tx, trial.accountId, trial.trialId, trial.subscriptionId);
  await placeNamespace(work, trial, targets);
}

async function placeNamespace(
  work: LicensesWork,
  { accountId, namespaceId: key }: Pick<TrialStarted, 'accountId' | 'namespaceId'>,
  targets: readonly FulfilmentTarget[],
): Promise<void> {
  const target = targets.find(({ kind }) => kind === 'NAMESPACE');
  if (target) await want(work, target, { accountId, target: target.kind, key });
}
