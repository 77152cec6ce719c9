import type { Result } from '#kernel/result';
import { accept } from '#kernel/result';
import type { Work } from '#kernel/work';
import { needsAnother, termsOf } from '../domain/license';
import type { SignLicense } from '../domain/license-bytes';
import { isLeftOut, nextReconciliationOn } from '../domain/reconciliation';
import { peakOf, reportTermStart } from '../domain/seat-report';
import { seatsOn } from '../domain/seats';
import { acceptForm, acceptSync, type FormedReport, type QueuedReport, type SyncAnswer } from '../domain/sync';
import type { LicensesEvents } from '../events/published';
import { activationForUpdate } from '../store/activations';
import { resoldAmong } from '../store/offers';
import { addSeatReports, type UsageKey, usersMaxOfAll } from '../store/seat-reports';
import { futureSubscriptionsOfAll } from '../store/subscriptions';
import { type FoundReporter, foundReporters, saveSyncs } from '../store/syncs';
import type { LicenseRow, SeatReportRow } from '../store/tables';
import { newestLicense } from './newest-license';
import { raiseSeatAlerts } from './raise-seat-alerts';

interface Taken {
  readonly queued: QueuedReport;
  readonly report: FormedReport;
  readonly reporter: FoundReporter;
  readonly row: SeatReportRow;
}

type Syncs = Work<LicensesEvents>;

/**
 * L3, L4: takes reports of many instances in one transaction, with statements that do not grow in number. Each is decided
 * for itself; a day that an instance has told before, in this batch or ever, changes nothing and gets the same answer.
 */
export async function reportSeatUsage(
  work: Syncs,
  batch: readonly QueuedReport[],
  sign: SignLicense,
): Promise<readonly Result<SyncAnswer>[]> {
  const formed = batch.map(({ request }) => acceptForm(request));
  const found = await foundReporters(
    work.tx,
    formed.flatMap(form => (form.ok ? [form.value] : [])),
  );
  const decided = formed.map((form, index): Result<Taken> => {
    if (!form.ok) return form;
    const decision = acceptSync(form.value, found(form.value), work.today);
    if (!decision.ok) return decision;
    return accept({ queued: batch[index]!, report: form.value, reporter: decision.value, row: rowOf(work, form.value, decision.value) });
  });
  const taken = decided.flatMap(decision => (decision.ok ? [decision.value] : []));
  await keep(work, taken);
  const answers = await answersFor(work, taken, sign);
  return decided.map(decision => (decision.ok ? accept(answers.get(decision.value)!) : decision));
}

function rowOf(work: Syncs, report: FormedReport, { license, instance, subscription }: FoundReporter): SeatReportRow {
  const termStartsOn = reportTermStart(report.on, { startsOn: subscription.termStartsOn }, license.startsOn);
  return {
    accountId: license.accountId,
    instanceId: instance.id,
    usedOn: report.on,
    subscriptionId: subscription.id,
    licenseId: license.id,
    termStartsOn,
    billableUsers: report.billableUsers,
    maxHistoricalUsers: report.maxHistoricalUsers,
    peakUsers: peakOf(report, termStartsOn, license.startsOn),
    seats: seatsOn(subscription.charges, report.on),
    addOns: report.addOns,
    reportedAt: work.now,
  };
}

/** Keeps what is news: the counts, what the instances say of themselves, and what follows for the neighbours. */
async function keep(work: Syncs, taken: readonly Taken[]): Promise<void> {
  const isNews = await addSeatReports(
    work.tx,
    taken.map(({ row }) => row),
  );
  const news = taken.filter(({ row }, index) => isNews(row, index));
  if (news.length === 0) return;
  await saveSyncs(
    work.tx,
    news.map(({ row: { accountId, instanceId, usedOn }, report: { hostname, version } }) => ({
      accountId,
      instanceId,
      usedOn,
      hostname,
      version,
    })),
    work.now,
  );
  const usersMaxOf = await usersMaxOfAll(
    work.tx,
    news.map(({ row }) => row),
  );
  for (const { queued, row } of news) announceUsage(work, queued, row, usersMaxOf(row));
  await raiseSeatAlerts(
    work,
    news.map(({ row, reporter }) => ({ row, subscription: reporter.subscription, account: reporter.account })),
  );
}

function announceUsage(work: Syncs, { correlationId }: QueuedReport, row: SeatReportRow & UsageKey, usersMax: number): void {
  const { accountId, subscriptionId, instanceId, usedOn: on, billableUsers, seats } = row;
  const data = { accountId, subscriptionId, instanceId, on, billableUsers, usersMax, seats };
  work.announce('SeatUsageReported.v1', { subject: instanceId, accountId, correlationId }, data);
}

async function answersFor(work: Syncs, taken: readonly Taken[], sign: SignLicense): Promise<ReadonlyMap<Taken, SyncAnswer>> {
  const newest = await newestFor(work, taken, sign);
  const resold = await resoldAmong(work.tx, [...new Set(taken.map(({ row }) => row.subscriptionId))]);
  const futures = await futureSubscriptionsOfAll(work.tx, [...new Set(taken.map(({ row }) => row.accountId))], work.today);
  return new Map(
    taken.map(one => {
      const newestId = newest.get(one.reporter.activation.id) ?? one.reporter.newest.id;
      return [
        one,
        {
          newerLicenseId: newestId === one.reporter.license.id ? null : newestId,
          nextReconciliationOn: isLeftOut(one.reporter.account, resold.has(one.row.subscriptionId))
            ? null
            : nextReconciliationOn(one.reporter.subscription, work.today),
          futureSubscriptions: futures(one.row.accountId),
        },
      ];
    }),
  );
}

/** Issues what is outdated, one activation after the other in one sequence, so that two batches never wait for each other. */
async function newestFor(work: Syncs, taken: readonly Taken[], sign: SignLicense): Promise<ReadonlyMap<string, LicenseRow['id']>> {
  const outdated = new Map(
    taken
      .filter(({ reporter: { newest, subscription } }) =>
        needsAnother(newest, termsOf(subscription, work.today), subscription.version, work.today),
      )
      .map(({ reporter }) => [reporter.activation.id, reporter]),
  );
  const newest = new Map<string, LicenseRow['id']>();
  for (const [id, reporter] of [...outdated].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const activation = await activationForUpdate(work.tx, reporter.license.accountId, reporter.activation.id);
    if (!activation) continue;
    newest.set(id, (await newestLicense(work, { ...reporter, activation }, { kind: 'ONLINE_CLOUD', origin: 'SEAT_SYNC' }, sign)).id);
  }
  return newest;
}
