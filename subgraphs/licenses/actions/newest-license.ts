import type { Work } from '#kernel/work';
import { type LicenseKind, type LicenseOrigin, needsAnother, termsOf } from '../domain/license';
import type { SignLicense } from '../domain/license-bytes';
import type { LicensesEvents } from '../events/published';
import { newestLicenseOf } from '../store/licenses';
import type { LicenseRow } from '../store/tables';
import { issueOne, type LicenseHolder } from './issue-one';

/** The licence of a kind that says what its holder has today: the newest one, or a new one when that is outdated. */
export async function newestLicense(
  work: Work<LicensesEvents>,
  holder: LicenseHolder,
  { kind, origin }: { readonly kind: LicenseKind; readonly origin: LicenseOrigin },
  sign: SignLicense,
): Promise<LicenseRow> {
  const { activation, subscription } = holder;
  const terms = termsOf(subscription, work.today);
  const newest = await newestLicenseOf(work.tx, activation, kind);
  if (newest && !needsAnother(newest, terms, subscription.version, work.today)) return newest;
  return issueOne(work, holder, { kind, terms, origin: subscription.status === 'CANCELLED' ? 'CANCELLATION' : origin }, sign);
}
