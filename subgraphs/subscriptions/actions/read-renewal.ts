import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import { type AutoRenewal, autoRenewal } from '../domain/renewal';
import type { SubscriptionsEvents } from '../events/published';
import { accountCopyOf } from '../store/accounts';
import { reconciliationsOf } from '../store/reconciliations';
import { newestCardOf } from '../store/renewals';
import type { Version } from '../store/subscriptions';
import type { SubscriptionRow } from '../store/tables';

/** R2: whether a term would renew by itself, decided on a day from all that neighbours have told. */
export async function renewalOf(
  work: Work<SubscriptionsEvents>,
  { accountId, id, dealType, licenseKind }: SubscriptionRow,
  agreement: Version,
  on: PlainDate,
): Promise<AutoRenewal> {
  const [card] = await newestCardOf.batch(work.tx, [accountId]);
  const quarters = (await reconciliationsOf(work.tx, id)).filter(one => one.termId === agreement.term.id);
  const account = await accountCopyOf(work.tx, accountId);
  return autoRenewal(agreement, { account, dealType, licenseKind, quarters, cardEndsOn: card?.endsOn ?? null }, on);
}
