import { and, desc, eq, lte, max, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Transaction } from '#kernel/db/database';
import { defineListLoader } from '#kernel/db/loader';
import type { SubscriptionId } from '#kernel/ids';
import type { PlainDate } from '#kernel/time';
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

/** Saves a report, unless that instance has reported that day already. Answers whether it is news. */
export async function addSeatReport(tx: Transaction, report: SeatReportRow): Promise<boolean> {
  const added = await tx.insert(seatReports).values(report).onConflictDoNothing().returning({ usedOn: seatReports.usedOn });
  return added.length > 0;
}

/** L6: the most users that the reports of a term prove, all instances together. */
export async function usersMaxIn(
  tx: Transaction,
  { accountId, subscriptionId, termStartsOn }: Pick<SeatReportRow, 'accountId' | 'subscriptionId' | 'termStartsOn'>,
): Promise<number> {
  const [row] = await tx
    .select({ usersMax: max(seatReports.peakUsers) })
    .from(seatReports)
    .where(
      and(eq(seatReports.accountId, accountId), eq(seatReports.subscriptionId, subscriptionId), eq(seatReports.termStartsOn, termStartsOn)),
    );
  return row?.usersMax ?? 0;
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
