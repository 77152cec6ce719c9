import type { Work } from '#kernel/work';
import type { LicenseKind, LicenseOrigin, LicenseTerms } from '../domain/license';
import type { SignLicense } from '../domain/license-bytes';
import type { LicensesEvents } from '../events/published';
import { addLicense, lastRevisionOf, revokeBefore } from '../store/licenses';
import type { AccountCopy, ActivationRow, LicenseRow, SubscriptionCopy } from '../store/tables';
import { requestLicenseDelivery } from './request-license-delivery';

/** Whose licence it is and what it stands on. The activation is held, so that one licence is issued at a time. */
export interface LicenseHolder {
  readonly activation: ActivationRow;
  readonly subscription: SubscriptionCopy;
  readonly account: AccountCopy;
}

/** What to issue, and for support who decided it and why. */
export interface Issue {
  readonly kind: LicenseKind;
  readonly terms: LicenseTerms;
  readonly origin: LicenseOrigin;
  readonly decided?: { readonly reason: string; readonly ticket: string };
}

/** The one door through which every licence goes: signs it, keeps it with the next revision, and tells the neighbours. */
export async function issueOne(
  work: Work<LicensesEvents>,
  { activation, subscription, account }: LicenseHolder,
  { kind, terms, origin, decided }: Issue,
  sign: SignLicense,
): Promise<LicenseRow> {
  const { accountId, subscriptionId } = activation;
  const content = {
    ...terms,
    licenseId: work.newId('license'),
    kind,
    subscriptionName: subscription.name,
    companyName: account.companyName,
    issuedAt: work.now,
  };
  const license = await addLicense(work.tx, {
    ...content,
    id: content.licenseId,
    accountId,
    subscriptionId,
    activationId: activation.id,
    revision: (await lastRevisionOf(work.tx, activation)) + 1,
    generatedFrom: origin,
    key: sign(content),
    subscriptionVersion: subscription.version,
    issuedBy: decided ? work.actor : null,
    reason: decided?.reason ?? null,
    ticket: decided?.ticket ?? null,
  });
  const { id: licenseId, plan, seats, startsOn, expiresOn } = license;
  work.announce(
    'LicenseIssued.v1',
    { subject: licenseId, accountId },
    { licenseId, accountId, subscriptionId, kind: license.kind, plan, seats, startsOn, expiresOn },
  );
  if (origin === 'CANCELLATION') await endOlder(work, license);
  return license;
}

/** L9: what was issued before a cancellation is taken back, and the owner is sent the licence that says so. */
async function endOlder(work: Work<LicensesEvents>, license: LicenseRow): Promise<void> {
  const revocation = { revokedAt: work.now, revokedBy: work.actor, reason: 'The subscription was cancelled.', ticket: null };
  await revokeBefore(work.tx, license, revocation);
  await requestLicenseDelivery(work, license, 'CANCELLATION');
}
