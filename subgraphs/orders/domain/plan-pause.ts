import { accept, refuse } from '#kernel/result';
import { seatsOn } from './agreement';
import { openToAmend, partOf, planNow, runningTerm } from './plan-amendment';
import { REASON_LENGTH_MAX } from './policy';
import type { Resume, Suspend } from './request';
import type { Situation } from './situation';

/** Plans a pause from today on: the subscription gives nothing while it lasts. Its term runs on, and nothing is given back. */
export function planSuspension(action: Suspend, position: number, situation: Situation) {
  const open = openToAmend(action, position, situation);
  if (!open.ok) return open;
  const { agreement, path } = open.value;
  if (agreement.status !== 'ACTIVE' || situation.today >= agreement.termEndsOn || situation.today < agreement.termStartsOn) {
    return refuse('SUBSCRIPTION_NOT_ACTIVE', 'Only a subscription in force can be suspended.', { path: [...path, 'subscriptionName'] });
  }
  const reason = action.reason?.trim().slice(0, REASON_LENGTH_MAX) || null;
  return accept(pauseOf(action, position, situation, 'SUSPENDED', reason));
}

/** Plans the end of a pause, from today on, for what is left of the term. */
export function planResumption(action: Resume, position: number, situation: Situation) {
  const open = openToAmend(action, position, situation);
  if (!open.ok) return open;
  const { agreement, path } = open.value;
  if (agreement.status !== 'SUSPENDED' || situation.today >= agreement.termEndsOn) {
    return refuse('SUBSCRIPTION_NOT_SUSPENDED', 'Only a suspended subscription whose term still runs can be resumed.', {
      path: [...path, 'subscriptionName'],
    });
  }
  return accept(pauseOf(action, position, situation, 'ACTIVE', null));
}

function pauseOf(action: Suspend | Resume, position: number, situation: Situation, after: string, reason: string | null) {
  const agreement = situation.agreements.get(action.subscriptionName)!;
  const { today } = situation;
  const amended = {
    sku: agreement.planSku,
    quantity: seatsOn(agreement, today),
    effectiveOn: today,
    plan: planNow(agreement),
    term: runningTerm(agreement),
    isAutoRenew: agreement.isAutoRenew,
    amendment: { reason },
  };
  const change = {
    kind: after === 'SUSPENDED' ? ('SUBSCRIPTION_SUSPENDED' as const) : ('SUBSCRIPTION_RESUMED' as const),
    subject: agreement.name,
    field: 'status',
    before: agreement.status,
    after,
  };
  return partOf(action, position, agreement, situation, amended, [], [change]);
}
