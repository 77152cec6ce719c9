import type { Work } from '#kernel/work';
import type { BillingAccountChanged } from '../../customers/events/published';
import type { SubscriptionsEvents } from '../events/published';
import { saveAccountCopy } from '../store/accounts';

/** Keeps what renewals need to know of a billing account. */
export async function copyAccount(work: Work<SubscriptionsEvents>, account: BillingAccountChanged): Promise<void> {
  const { accountId, version, segment, holds, organizationId, hasMasterAgreement = null, isAutoPay } = account;
  const soldTo = { name: account.soldTo.name, email: account.soldTo.email };
  await saveAccountCopy(work.tx, { accountId, version, segment, holds, organizationId, hasMasterAgreement, isAutoPay, soldTo });
}
