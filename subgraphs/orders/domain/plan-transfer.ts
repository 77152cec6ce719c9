import { accept, refuse } from '#kernel/result';
import { seatsOn } from './agreement';
import { currencyOf, openToAmend, partOf, planNow, runningTerm } from './plan-amendment';
import { pathOf, type TransferOwner } from './request';
import type { Situation } from './situation';

/**
 * Plans another owner from today on, within the running term. Nothing is charged or given back: what was paid stays paid, and the
 * two accounts settle it between themselves. The subscription keeps its name, its licence, its namespace, its prices and its currency.
 */
export function planTransfer(action: TransferOwner, position: number, situation: Situation) {
  const { today, account } = situation;
  const receiver = situation.receivers.get(action.toBillingAccountId);
  const to = { path: [...pathOf(action, position), 'toBillingAccountId'] };
  if (!receiver) return refuse('ACCOUNT_NOT_FOUND', 'There is no such billing account to transfer to.', to);
  if (receiver.accountId === account.accountId) return refuse('OWNER_UNCHANGED', 'The subscription belongs to this account already.', to);
  const open = openToAmend(action, position, situation);
  if (!open.ok) return open;
  const { agreement, path } = open.value;
  if (agreement.dealType === 'RESALE') {
    return refuse('RESALE_NEEDS_RESELLER', 'This subscription was sold by a reseller: please ask them.', {
      path: [...path, 'subscriptionName'],
    });
  }
  if (agreement.history.renewedTerm)
    return refuse('RENEWAL_PLACED', 'The next term is agreed: please transfer when it has begun.', { path });
  if (agreement.history.isRampOpen) return refuse('RAMP_RUNNING', 'Years of this ramp are still to be invoiced to this account.', { path });
  if (today < agreement.termStartsOn || today >= agreement.termEndsOn) {
    return refuse('SUBSCRIPTION_NOT_ACTIVE', 'Only a subscription in force changes its owner.', { path: [...path, 'subscriptionName'] });
  }
  if (action.effectiveOn && action.effectiveOn !== today) {
    return refuse('EFFECTIVE_DATE_OUT_OF_RANGE', 'An owner changes today: both sides must see the same.', {
      path: [...path, 'effectiveOn'],
    });
  }
  if (receiver.currency !== (currencyOf(agreement) ?? account.currency)) {
    return refuse('CURRENCIES_DIFFER', 'The receiving account pays in another currency.', to);
  }
  const amended = {
    sku: agreement.planSku,
    quantity: seatsOn(agreement, today),
    effectiveOn: today,
    plan: planNow(agreement),
    term: runningTerm(agreement),
    isAutoRenew: agreement.isAutoRenew,
    amendment: { transfer: { toAccountId: receiver.accountId, toSubscriptionId: situation.newId('subscription') } },
  };
  const change = {
    kind: 'OWNER_CHANGED' as const,
    subject: agreement.name,
    field: 'billingAccount',
    before: account.number,
    after: receiver.number,
  };
  return accept(partOf(action, position, agreement, situation, amended, [], [change]));
}
