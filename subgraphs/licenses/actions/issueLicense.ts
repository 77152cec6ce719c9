import { canSeeAccount, type Viewer } from '#kernel/auth/viewer';
import { accept, refuse } from '#kernel/result';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import { type LicenseKind, termsOf } from '../domain/license';
import type { SignLicense } from '../domain/license-bytes';
import { manualTerms } from '../domain/manual-license';
import { acceptReason, acceptTicket } from '../domain/support-act';
import type { LicensesEvents } from '../events/published';
import { subscriptionCopyByName } from '../store/subscriptions';
import { holderOf } from './holder';
import { issueOne } from './issue-one';
import { requestLicenseDelivery } from './request-license-delivery';

/** A licence that support issues by hand: like the subscription's, but for what is said here. */
export interface IssueLicense {
  readonly subscriptionName: string;
  readonly kind: LicenseKind;
  readonly seats?: number | null;
  readonly expiresOn?: PlainDate | null;
  readonly reason: string;
  readonly ticket: string;
}

/** Issues a licence by hand, through the same door as any other, with who, why and for which ticket. */
export async function issueLicense(work: Work<LicensesEvents>, viewer: Viewer, request: IssueLicense, sign: SignLicense) {
  const reason = acceptReason(request.reason);
  if (!reason.ok) return reason;
  const ticket = acceptTicket(request.ticket);
  if (!ticket.ok) return ticket;

  const named = await subscriptionCopyByName(work.tx, request.subscriptionName);
  const seen = named && canSeeAccount(viewer, named.accountId) ? named : null;
  const holder = seen && (await holderOf(work, seen.accountId, seen.id));
  if (!seen) return refuse('SUBSCRIPTION_NOT_FOUND', 'There is no such subscription.', { path: ['subscriptionName'] });
  const terms = manualTerms(seen, termsOf(seen, work.today), request, work.today);
  if (!terms.ok) return terms;
  if (!holder) return refuse('CONFLICT', 'This subscription is being set up. Try again in a minute.', { retryable: true });

  const decided = { reason: reason.value, ticket: ticket.value };
  const license = await issueOne(work, holder, { kind: request.kind, terms: terms.value, origin: 'MANUAL', decided }, sign);
  await requestLicenseDelivery(work, license, 'MANUAL', reason.value);
  const { accountId, id: licenseId } = license;
  const act = { accountId, act: 'LICENSE_ISSUED', subject: licenseId, actor: work.actor, ...decided } as const;
  work.announce('SupportActed.v1', { subject: licenseId, accountId }, act);
  return accept({ license });
}
