import { canSeeAccount, type Viewer } from '#kernel/auth/viewer';
import { isId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { revokedTerms } from '../domain/license';
import type { SignLicense } from '../domain/license-bytes';
import { acceptReason, acceptTicket } from '../domain/support-act';
import type { LicensesEvents } from '../events/published';
import { addRevocation, licenseOf, newestLicenseOf } from '../store/licenses';
import { holderOf } from './holder';
import { issueOne } from './issue-one';
import { requestLicenseDelivery } from './request-license-delivery';

/** A licence that support takes back. */
export interface RevokeLicense {
  readonly licenseId: string;
  readonly reason: string;
  readonly ticket: string;
}

/**
 * Takes a licence back. Where it is the newest of its kind, one that has expired takes its place, so that an instance hears of
 * it with its next sync; that one stands until the subscription changes.
 */
export async function revokeLicense(work: Work<LicensesEvents>, viewer: Viewer, request: RevokeLicense, sign: SignLicense) {
  const reason = acceptReason(request.reason);
  if (!reason.ok) return reason;
  const ticket = acceptTicket(request.ticket);
  if (!ticket.ok) return ticket;

  const found = isId('license', request.licenseId) ? await licenseOf(work.tx, request.licenseId) : null;
  const license = found && canSeeAccount(viewer, found.accountId) ? found : null;
  const holder = license && (await holderOf(work, license.accountId, license.subscriptionId));
  if (!license || !holder) return refuse('LICENSE_NOT_FOUND', 'There is no such licence.', { path: ['licenseId'] });

  const decided = { reason: reason.value, ticket: ticket.value };
  const { accountId, id: licenseId } = license;
  if (!(await addRevocation(work.tx, { accountId, licenseId, revokedAt: work.now, revokedBy: work.actor, ...decided }))) {
    return refuse('LICENSE_REVOKED', 'This licence was taken back before.', { path: ['licenseId'] });
  }
  const newest = await newestLicenseOf(work.tx, holder.activation, license.kind);
  if (newest?.id === licenseId) {
    const terms = revokedTerms(license, work.today);
    const last = await issueOne(work, holder, { kind: license.kind, terms, origin: 'REVOCATION', decided }, sign);
    await requestLicenseDelivery(work, last, 'REVOCATION', reason.value);
  }
  const act = { accountId, act: 'LICENSE_REVOKED', subject: licenseId, actor: work.actor, ...decided } as const;
  work.announce('SupportActed.v1', { subject: licenseId, accountId }, act);
  return accept({ license });
}
