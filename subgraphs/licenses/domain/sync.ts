import type { AccountId, LicenseId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import type { Instant, PlainDate } from '#kernel/time';
import { acceptNames, deactivated } from './instance';
import type { LicenseKind } from './license';
import { type AddOnUsage, acceptAddOns, acceptReport, type SeatReport } from './seat-report';

/** What an instance counted on one day, under the licence it runs with. */
export interface ReportSeatUsage extends SeatReport {
  readonly instanceId: string;
  readonly licenseId: string;
  readonly version: string;
  readonly hostname: string;
  readonly addOns?: readonly AddOnUsage[] | null;
}

/** One report among those of a batch, with the thread that it belongs to. */
export interface QueuedReport {
  readonly request: ReportSeatUsage;
  readonly correlationId: string;
}

/** A subscription that an account has bought for later. */
export interface FutureSubscription {
  readonly plan: string;
  readonly startsOn: PlainDate;
}

/** What an instance is told when it reports. */
export interface SyncAnswer {
  readonly newerLicenseId: LicenseId | null;
  readonly nextReconciliationOn: PlainDate | null;
  readonly futureSubscriptions: readonly FutureSubscription[];
}

/** A report whose form is right: what it says of itself can be told apart, and its counts can be true. */
export type FormedReport = Omit<ReportSeatUsage, 'addOns' | 'instanceId'> & {
  readonly identifier: string;
  readonly addOns: readonly AddOnUsage[];
};

/** L4: decides whether a report has the form of one. Refuses unnamed instances and impossible add-ons. */
export function acceptForm(report: ReportSeatUsage) {
  const names = acceptNames(report);
  if (!names.ok) return names;
  const addOns = acceptAddOns(report.addOns ?? []);
  if (!addOns.ok) return addOns;
  const { licenseId, on, billableUsers, maxHistoricalUsers } = report;
  return accept<FormedReport>({ licenseId, on, billableUsers, maxHistoricalUsers, ...names.value, addOns: addOns.value });
}

/** What deciding about a report needs to know of the instance and of what it runs with. */
export interface Reporting {
  readonly license: { readonly id: LicenseId; readonly accountId: AccountId; readonly kind: LicenseKind };
  readonly instance: { readonly deactivatedAt: Instant | null };
  readonly subscription: { readonly termStartsOn: PlainDate };
}

/**
 * L3, L4: decides whether a report of a known instance is taken today. Refuses one that has no such licence, one that does not
 * sync, one that was deactivated, and a day that cannot be.
 */
export function acceptSync<Found extends Reporting>(report: FormedReport, found: Found | null, today: PlainDate) {
  if (!found) return refuse('LICENSE_NOT_FOUND', 'This instance has no such licence. Activate it first.', { path: ['licenseId'] });
  if (found.license.kind !== 'ONLINE_CLOUD') {
    return refuse('LICENSE_DOES_NOT_SYNC', 'Only instances with an online licence report their seats.', { path: ['licenseId'] });
  }
  if (found.instance.deactivatedAt) return deactivated();
  const day = acceptReport(report, found.subscription.termStartsOn, today);
  return day.ok ? accept(found) : day;
}
