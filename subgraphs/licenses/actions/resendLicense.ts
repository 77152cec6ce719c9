import { canSeeAccount, type Viewer } from '#kernel/auth/viewer';
import { isId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { acceptReason } from '../domain/support-act';
import type { LicensesEvents } from '../events/published';
import { licenseOf, newestLicenseOf } from '../store/licenses';
import { holderOf } from './holder';
import { requestLicenseDelivery } from './request-license-delivery';

/** A licence that its owner did not get, or lost. */
export interface ResendLicense {
  readonly licenseId: string;
  readonly reason: string;
}

/** Sends a licence to the Sold-To contact once more. L9: what was replaced or taken back is not sent again. */
export async function resendLicense(work: Work<LicensesEvents>, viewer: Viewer, request: ResendLicense) {
  const reason = acceptReason(request.reason);
  if (!reason.ok) return reason;
  const found = isId('license', request.licenseId) ? await licenseOf(work.tx, request.licenseId) : null;
  const license = found && canSeeAccount(viewer, found.accountId) ? found : null;
  const holder = license && (await holderOf(work, license.accountId, license.subscriptionId));
  if (!license || !holder) return refuse('LICENSE_NOT_FOUND', 'There is no such licence.', { path: ['licenseId'] });

  const newest = await newestLicenseOf(work.tx, holder.activation, license.kind);
  if (newest?.id !== license.id) {
    return refuse('LICENSE_SUPERSEDED', 'A newer licence has taken the place of this one. Send that one.', { path: ['licenseId'] });
  }
  const delivery = await requestLicenseDelivery(work, license, 'RESEND', reason.value);
  const { accountId, id: licenseId } = license;
  const act = { accountId, act: 'LICENSE_RESENT', subject: licenseId, actor: work.actor, reason: reason.value, ticket: null } as const;
  work.announce('SupportActed.v1', { subject: licenseId, accountId }, act);
  return accept({ delivery });
}
