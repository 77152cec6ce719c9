import { isId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import { acceptNames } from '../domain/instance';
import type { SignLicense } from '../domain/license-bytes';
import { nextReconciliationOn } from '../domain/reconciliation';
import { type AddOnUsage, acceptAddOns, acceptReport, peakOf, reportTermStart } from '../domain/seat-report';
import { seatsOn } from '../domain/seats';
import type { LicensesEvents } from '../events/published';
import { accountCopyOf } from '../store/accounts';
import { activationForUpdate } from '../store/activations';
import { instanceOf, saveInstance } from '../store/instances';
import { licenseOf } from '../store/licenses';
import { addSeatReport, usersMaxIn } from '../store/seat-reports';
import { futureSubscriptionsOf, subscriptionCopyOf } from '../store/subscriptions';
import type { InstanceRow, LicenseRow } from '../store/tables';
import { type LicenseHolder, newestLicense } from './newestLicense';

/** What an instance counted on one day, under the licence it runs with. */
export interface ReportSeatUsage {
  readonly instanceId: string;
  readonly licenseId: string;
  readonly on: PlainDate;
  readonly billableUsers: number;
  readonly maxHistoricalUsers: number;
  readonly version: string;
  readonly hostname: string;
  readonly addOns?: readonly AddOnUsage[] | null;
}

/** L3, L4: takes one day's count of an instance; a resend changes nothing and gets the same answer. */
export async function reportSeatUsage(work: Work<LicensesEvents>, request: ReportSeatUsage, sign: SignLicense) {
  const names = acceptNames(request);
  if (!names.ok) return names;
  const addOns = acceptAddOns(request.addOns ?? []);
  if (!addOns.ok) return addOns;

  const reporter = await reporterOf(work, request);
  if (!reporter) return refuse('LICENSE_NOT_FOUND', 'This instance has no such licence. Activate it first.', { path: ['licenseId'] });
  if (reporter.license.kind !== 'ONLINE_CLOUD') {
    return refuse('LICENSE_DOES_NOT_SYNC', 'Only instances with an online licence report their seats.', { path: ['licenseId'] });
  }

  const report = acceptReport(request, reporter.subscription.termStartsOn, work.today);
  if (!report.ok) return report;

  await keep(work, reporter, { ...request, ...names.value, addOns: addOns.value });
  const newest = await newestLicense(work, reporter, 'SEAT_SYNC', sign);
  return accept({
    newerLicenseId: newest.id === reporter.license.id ? null : newest.id,
    nextReconciliationOn: nextReconciliationOn(reporter.subscription, work.today),
    futureSubscriptions: await futureSubscriptionsOf(work.tx, reporter.license.accountId, work.today),
  });
}

type AcceptedReport = ReportSeatUsage & { readonly addOns: readonly AddOnUsage[] };

interface Reporter extends LicenseHolder {
  readonly license: LicenseRow;
  readonly instance: InstanceRow;
}

/** The instance and its licence, or null: another's licence is answered as if there were none. */
async function reporterOf({ tx }: Work<LicensesEvents>, { licenseId, instanceId }: ReportSeatUsage): Promise<Reporter | null> {
  const license = isId('license', licenseId) ? await licenseOf(tx, licenseId) : null;
  const activation = license && (await activationForUpdate(tx, license.accountId, license.activationId));
  const instance = activation && (await instanceOf(tx, activation, instanceId));
  const subscription = instance && (await subscriptionCopyOf(tx, license.accountId, license.subscriptionId));
  const account = subscription && (await accountCopyOf(tx, license.accountId));
  return account ? { license, activation, instance, subscription, account } : null;
}

async function keep(work: Work<LicensesEvents>, { license, instance, subscription }: Reporter, request: AcceptedReport): Promise<void> {
  const { accountId } = license;
  const termStartsOn = reportTermStart(request.on, { startsOn: subscription.termStartsOn }, license.startsOn);
  const seats = seatsOn(subscription.charges, request.on);
  const { billableUsers, maxHistoricalUsers, addOns } = request;
  const isNews = await addSeatReport(work.tx, {
    accountId,
    instanceId: instance.id,
    usedOn: request.on,
    subscriptionId: subscription.id,
    licenseId: license.id,
    termStartsOn,
    billableUsers,
    maxHistoricalUsers,
    peakUsers: peakOf(request, termStartsOn, license.startsOn),
    seats,
    addOns,
    reportedAt: work.now,
  });
  if (!isNews) return;

  await saveInstance(work.tx, instance, { hostname: request.hostname, version: request.version, lastSyncAt: work.now });
  const usersMax = await usersMaxIn(work.tx, { accountId, subscriptionId: subscription.id, termStartsOn });
  work.announce(
    'SeatUsageReported.v1',
    { subject: instance.id, accountId },
    { accountId, subscriptionId: subscription.id, instanceId: instance.id, on: request.on, billableUsers, usersMax, seats },
  );
}
