import type { AccountId, SubscriptionId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import { isFile } from '../domain/license';
import type { SignLicense } from '../domain/license-bytes';
import type { LicensesEvents } from '../events/published';
import { kindsIssuedFor, newestLicenseOf } from '../store/licenses';
import { holderOf } from './holder';
import { newestLicense } from './newest-license';
import { requestLicenseDelivery } from './request-license-delivery';

/**
 * Brings the licences of a subscription up to date without waiting for a sync: files, which nobody fetches, after each
 * change; all kinds when it was cancelled (L9). A second time there is nothing to do.
 */
export async function settleLicenses(
  work: Work<LicensesEvents>,
  { accountId, subscriptionId }: { readonly accountId: AccountId; readonly subscriptionId: SubscriptionId },
  sign: SignLicense,
): Promise<void> {
  const holder = await holderOf(work, accountId, subscriptionId);
  if (!holder) return;
  const isCancelled = holder.subscription.status === 'CANCELLED';
  for (const kind of await kindsIssuedFor(work.tx, accountId, subscriptionId)) {
    if (!isFile(kind) && !isCancelled) continue;
    const before = await newestLicenseOf(work.tx, holder.activation, kind);
    const license = await newestLicense(work, holder, { kind, origin: 'ORDER' }, sign);
    // A cancellation sends its own mail, whoever issues it.
    if (license.id !== before?.id && !isCancelled) await requestLicenseDelivery(work, license, 'LICENSE_FILE');
  }
}
