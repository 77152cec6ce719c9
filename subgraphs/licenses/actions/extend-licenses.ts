import type { Work } from '#kernel/work';
import type { TemporaryExtensionGranted } from '../../subscriptions/events/published';
import type { LicensesEvents } from '../events/published';
import { lockAccount } from '../store/accounts';
import { kindsIssuedFor } from '../store/licenses';
import { saveExtension } from '../store/subscriptions';

/** R5: licences follow the end that was put off: with the next sync, or at once where they are files that nobody fetches. */
export async function extendLicenses(work: Work<LicensesEvents>, extension: TemporaryExtensionGranted): Promise<void> {
  const { accountId, subscriptionId } = extension;
  await lockAccount(work.tx, accountId);
  await saveExtension(work.tx, extension);
  const kinds = await kindsIssuedFor(work.tx, accountId, subscriptionId);
  if (kinds.length > 0) await work.enqueue('settleLicenses', { accountId, subscriptionId }, { key: `settle/${subscriptionId}` });
}
