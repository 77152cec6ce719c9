import type { AccountId, SubscriptionId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import type { LicensesEvents } from '../events/published';
import { accountCopyOf } from '../store/accounts';
import { activationForUpdate, activationOf } from '../store/activations';
import { subscriptionCopyOf } from '../store/subscriptions';
import type { LicenseHolder } from './issue-one';

/** The holder of a subscription's licences, its activation held; null before all of it has arrived. */
export async function holderOf(
  work: Work<LicensesEvents>,
  accountId: AccountId,
  subscriptionId: SubscriptionId,
): Promise<LicenseHolder | null> {
  const known = await activationOf(work.tx, accountId, subscriptionId);
  const activation = known && (await activationForUpdate(work.tx, accountId, known.id));
  const subscription = activation && (await subscriptionCopyOf(work.tx, accountId, subscriptionId));
  const account = subscription && (await accountCopyOf(work.tx, accountId));
  return account ? { activation, subscription, account } : null;
}
