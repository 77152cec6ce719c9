import type { Work } from '#kernel/work';
import { isOutdated, type LicenseOrigin, termsOf } from '../domain/license';
import type { SignLicense } from '../domain/license-bytes';
import type { LicensesEvents } from '../events/published';
import { addLicense, newestLicenseOf } from '../store/licenses';
import type { AccountCopy, ActivationRow, LicenseRow, SubscriptionCopy } from '../store/tables';

/** Whose licence it is and what it stands on. The activation is held, so that one licence is issued at a time. */
export interface LicenseHolder {
  readonly activation: ActivationRow;
  readonly subscription: SubscriptionCopy;
  readonly account: AccountCopy;
}

/** The licence that says what the subscription grants today: the newest one, or a new one when that is outdated. */
export async function newestLicense(
  work: Work<LicensesEvents>,
  { activation, subscription, account }: LicenseHolder,
  origin: LicenseOrigin,
  sign: SignLicense,
): Promise<LicenseRow> {
  const terms = termsOf(subscription, work.today);
  const newest = await newestLicenseOf(work.tx, activation);
  if (newest && !isOutdated(newest, terms)) return newest;

  const { accountId, subscriptionId } = activation;
  const content = {
    ...terms,
    licenseId: work.newId('license'),
    kind: 'ONLINE_CLOUD',
    subscriptionName: subscription.name,
    companyName: account.companyName,
    issuedAt: work.now,
  } as const;
  const license = await addLicense(work.tx, {
    ...content,
    id: content.licenseId,
    accountId,
    subscriptionId,
    activationId: activation.id,
    revision: (newest?.revision ?? 0) + 1,
    generatedFrom: subscription.status === 'CANCELLED' ? 'CANCELLATION' : origin,
    key: sign(content),
  });
  const { id: licenseId, plan, seats, startsOn, expiresOn } = license;
  work.announce(
    'LicenseIssued.v1',
    { subject: licenseId, accountId },
    { licenseId, accountId, subscriptionId, plan, seats, startsOn, expiresOn },
  );
  return license;
}
