import { and, desc, gte, lte, max, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Transaction } from '#kernel/db/database';
import { defineListLoader } from '#kernel/db/loader';
import { idFromUuid, type SubscriptionId, uuidOf } from '#kernel/ids';
import { earlier, type PlainDate } from '#kernel/time';
import { type SeatReportRow, seatReports } from './tables';

/** Days of seat usage that one answer can carry. */
export const USAGE_DAYS_MAX = 90;

/** What a subscription's instances counted on one day. They have the same users, so counts are compared and not added. */
export interface SeatUsageDay {
  readonly subscriptionId: SubscriptionId;
  readonly on: PlainDate;
  readonly billable: number;
  /** L6: the most users of the term, up to this day. */
  readonly usersMax: number;
  readonly seats: number;
}

/** A term of a subscription, for which users are counted. */
export type UsageKey = Pick<SeatReportRow, 'accountId' | 'subscriptionId' | 'termStartsOn'>;

/**
 * Saves reports in one statement, each unless that instance has told that day before. Answers which of them are news; of
 * several about one day the first is.
 */
export async function addSeatReports(
  tx: Transaction,
  reports: readonly SeatReportRow[],
): Promise<(report: SeatReportRow, index: number) => boolean> {
  const firstOf = new Map<string, number>();
  for (const [index, report] of reports.entries()) if (!firstOf.has(dayKey(report))) firstOf.set(dayKey(report), index);
  // In one sequence, so that two batches with the same days do not wait for each other.
  const rows = [...firstOf].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, index]) => reports[index] ?? []);
  if (rows.length === 0) return () => false;
  const added = await tx.execute<{ id: string; used_on: string }>(sql`/* licenses.addSeatReports */
    insert into seat_reports (account_id, instance_id, used_on, subscription_id, license_id, term_starts_on, billable_users,
      max_historical_users, peak_users, seats, add_ons, reported_at)
    select account, instance, used_on, subscription, license, term_starts_on, billable, historical, peak, seats, add_ons, reported_at
    from json_to_recordset(${JSON.stringify(rows.map(told))}::json) as told (account uuid, instance uuid, used_on date,
      subscription uuid, license uuid, term_starts_on date, billable integer, historical integer, peak integer, seats integer,
      add_ons jsonb, reported_at timestamptz)
    on conflict do nothing returning instance_id as id, used_on`);
  const news = new Set(added.map(({ id, used_on }) => `${idFromUuid('instance', id)}/${used_on}`));
  return (report, index) => firstOf.get(dayKey(report)) === index && news.has(dayKey(report));
}

const dayKey = ({ instanceId, usedOn }: SeatReportRow): string => `${instanceId}/${usedOn}`;

const told = (report: SeatReportRow) => ({
  account: uuidOf(report.accountId),
  instance: uuidOf(report.instanceId),
  used_on: report.usedOn,
  subscription: uuidOf(report.subscriptionId),
  license: uuidOf(report.licenseId),
  term_starts_on: report.termStartsOn,
  billable: report.billableUsers,
  historical: report.maxHistoricalUsers,
  peak: report.peakUsers,
  seats: report.seats,
  add_ons: report.addOns,
  reported_at: report.reportedAt.toISOString(),
});

/** L6: the most users that the reports of each of these terms prove, all instances together. */
export async function usersMaxOfAll(tx: Transaction, keys: readonly UsageKey[]): Promise<(key: UsageKey) => number> {
  const { subscriptionId, termStartsOn, peakUsers } = seatReports;
  const rows = await tx
    .select({ subscriptionId, termStartsOn, usersMax: max(peakUsers) })
    .from(seatReports)
    .where(
      and(
        anyOf(subscriptionId, [...new Set(keys.map(key => key.subscriptionId))]),
        // What was used before the earliest of these terms is not looked at.
        gte(
          seatReports.usedOn,
          keys.reduce((first, key) => earlier(first, key.termStartsOn), keys[0]!.termStartsOn),
        ),
      ),
    )
    .groupBy(subscriptionId, termStartsOn);
  const most = new Map(rows.map(row => [`${row.subscriptionId}/${row.termStartsOn}`, row.usersMax ?? 0]));
  return key => most.get(`${key.subscriptionId}/${key.termStartsOn}`) ?? 0;
}

/** The last days of usage of each subscription, the latest first. A report that comes late still raises the days after it. */
export const seatUsageBySubscription = defineListLoader<SubscriptionId, SeatUsageDay>(
  async (db, ids) => {
    const { subscriptionId, usedOn, termStartsOn, billableUsers, peakUsers, seats } = seatReports;
    const days = db
      .select({
        subscriptionId,
        on: usedOn,
        billable: sql<number>`max(${billableUsers})`.mapWith(billableUsers).as('billable'),
        usersMax: sql<number>`max(max(${peakUsers})) over (partition by ${subscriptionId}, max(${termStartsOn}) order by ${usedOn})`
          .mapWith(peakUsers)
          .as('users_max'),
        seats: sql<number>`max(${seats})`.mapWith(seats).as('day_seats'),
        place: sql<number>`row_number() over (partition by ${subscriptionId} order by ${usedOn} desc)`.as('place'),
      })
      .from(seatReports)
      .where(anyOf(subscriptionId, ids))
      .groupBy(subscriptionId, usedOn)
      .as('days');
    return db.select().from(days).where(lte(days.place, USAGE_DAYS_MAX)).orderBy(desc(days.on));
  },
  day => day.subscriptionId,
);
