import type { Work } from '#kernel/work';
import type { BillingAccountChanged } from '../../customers/events/published';
import type { LicensesEvents } from '../events/published';
import { lockAccount, saveAccountCopy } from '../store/accounts';
import { requestedDeliveriesOf } from '../store/deliveries';
import { enqueueDelivery } from './request-license-delivery';

/** Keeps what customers say about an account. Mail that waited for its Sold-To contact goes out now. */
export async function copyAccount(work: Work<LicensesEvents>, account: BillingAccountChanged): Promise<void> {
  const { accountId, version, organizationName, soldTo, currency, segment, holds, hasMasterAgreement = false } = account;
  const sold = { currency, segment, holds, hasMasterAgreement };
  await lockAccount(work.tx, accountId);
  await saveAccountCopy(work.tx, {
    accountId,
    version,
    companyName: organizationName,
    soldToName: soldTo.name,
    soldToEmail: soldTo.email,
    ...sold,
  });
  for (const delivery of await requestedDeliveriesOf(work.tx, accountId)) await enqueueDelivery(work, delivery);
}
