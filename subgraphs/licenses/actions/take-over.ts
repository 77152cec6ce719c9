import type { Work } from '#kernel/work';
import type { SubscriptionVersionCreated } from '../../subscriptions/events/published';
import type { LicensesEvents } from '../events/published';
import { activationForUpdate, activationOf, addEntitlementGrant, hasEntitlement, moveActivation } from '../store/activations';
import { type Handing, handInstances, handLicenses, newestOfEachKind } from '../store/handing-over';
import type { LicenseRow } from '../store/tables';

/**
 * A subscription goes on in another account: so do its code, its instances and its licences, as they are. The rows of the old owner stay
 * and lead nowhere any more; an instance that reports with its old licence is found under the new one. Heard again, nothing happens.
 */
export async function takeOver(work: Work<LicensesEvents>, version: SubscriptionVersionCreated): Promise<void> {
  const { accountId, subscriptionId, continues, namespaceId } = version;
  if (!continues || (await activationOf(work.tx, accountId, subscriptionId))) return;
  const isGranted = await hasEntitlement(work.tx, continues.accountId, continues.subscriptionId);
  if (isGranted)
    await addEntitlementGrant(work.tx, { accountId, id: work.newId('entitlement'), subscriptionId, namespaceId, createdAt: work.now });
  const known = await activationOf(work.tx, continues.accountId, continues.subscriptionId);
  const from = known && (await activationForUpdate(work.tx, continues.accountId, known.id));
  if (!from) return;

  const to = { ...from, accountId, id: work.newId('activation'), subscriptionId, createdAt: work.now };
  const handing: Handing = { from, to };
  await moveActivation(work.tx, to);
  await handInstances(work.tx, handing, work.newId);
  const licenses = (await newestOfEachKind(work.tx, from)).map(
    (license, index): LicenseRow => ({
      ...license,
      accountId,
      id: work.newId('license'),
      subscriptionId,
      activationId: to.id,
      revision: index + 1,
      subscriptionVersion: version.version,
    }),
  );
  await handLicenses(work.tx, handing, licenses);
  for (const { id: licenseId, plan, seats, startsOn, expiresOn } of licenses) {
    const data = { licenseId, accountId, subscriptionId, plan, seats, startsOn, expiresOn };
    work.announce('LicenseIssued.v1', { subject: licenseId, accountId }, data);
  }
}
