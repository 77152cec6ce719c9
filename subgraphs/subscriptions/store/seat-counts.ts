import { and, desc, eq, gte, lt, max, sql } from 'drizzle-orm';
import type { Transaction } from '#kernel/db/database';
import type { AccountId, NamespaceId, SubscriptionId } from '#kernel/ids';
import { type Period, startOfDay } from '#kernel/time';
import { namespaceUsage, type SeatCountRow, seatCounts } from './tables';

/** Whose users are counted: those of a group where a subscription stands on one, else those of its instances. */
export interface CountedSubscription {
  readonly accountId: AccountId;
  readonly id: SubscriptionId;
  readonly namespaceId: NamespaceId | null;
}

/** Keeps the count of a day; of two the higher, in whichever sequence they arrive. */
export async function saveSeatCount(tx: Transaction, row: SeatCountRow): Promise<void> {
  await tx
    .insert(seatCounts)
    .values(row)
    .onConflictDoUpdate({
      target: [seatCounts.accountId, seatCounts.subscriptionId, seatCounts.countedOn],
      set: {
        users: sql`greatest(${seatCounts.users}, excluded.users)`,
        usersMax: sql`greatest(${seatCounts.usersMax}, excluded.users_max)`,
      },
    });
}

/**
 * The most users that were counted in a stretch of days. A group whose users did not change in it has those that were counted
 * before. Null when nobody counted.
 */
export async function usersMaxIn(tx: Transaction, counted: CountedSubscription, days: Period): Promise<number | null> {
  if (!counted.namespaceId) return (await countedIn(tx, counted, days)).users;
  const most = await measuredIn(tx, counted.accountId, counted.namespaceId, days);
  return most ?? measuredBefore(tx, counted.accountId, counted.namespaceId, days);
}

/** L6: the most users of a term: what licences knew of its instances, or what was measured of its group in it. */
export async function usersMaxOfTerm(tx: Transaction, counted: CountedSubscription, term: Period): Promise<number | null> {
  if (counted.namespaceId) return measuredIn(tx, counted.accountId, counted.namespaceId, term);
  return (await countedIn(tx, counted, term)).usersMax;
}

/** The users of today: the newest count of a term's days. Null when nobody counted. */
export async function usersNow(tx: Transaction, counted: CountedSubscription, term: Period): Promise<number | null> {
  const { accountId, id, namespaceId } = counted;
  if (namespaceId) return measuredBefore(tx, accountId, namespaceId, { startsOn: term.endsOn, endsOn: term.endsOn });
  const [found] = await tx
    .select({ users: seatCounts.users })
    .from(seatCounts)
    .where(
      and(
        eq(seatCounts.accountId, accountId),
        eq(seatCounts.subscriptionId, id),
        gte(seatCounts.countedOn, term.startsOn),
        lt(seatCounts.countedOn, term.endsOn),
      ),
    )
    .orderBy(desc(seatCounts.countedOn))
    .limit(1);
  return found?.users ?? null;
}

async function countedIn(tx: Transaction, { accountId, id }: CountedSubscription, { startsOn, endsOn }: Period) {
  const [found] = await tx
    .select({ users: max(seatCounts.users), usersMax: max(seatCounts.usersMax) })
    .from(seatCounts)
    .where(
      and(
        eq(seatCounts.accountId, accountId),
        eq(seatCounts.subscriptionId, id),
        gte(seatCounts.countedOn, startsOn),
        lt(seatCounts.countedOn, endsOn),
      ),
    );
  return found ?? { users: null, usersMax: null };
}

const ofNamespace = (accountId: AccountId, id: NamespaceId) =>
  and(eq(namespaceUsage.accountId, accountId), eq(namespaceUsage.namespaceId, id));

async function measuredIn(tx: Transaction, accountId: AccountId, id: NamespaceId, { startsOn, endsOn }: Period): Promise<number | null> {
  const [found] = await tx
    .select({ users: max(namespaceUsage.seatsInUse) })
    .from(namespaceUsage)
    .where(
      and(
        ofNamespace(accountId, id),
        gte(namespaceUsage.measuredAt, startOfDay(startsOn)),
        lt(namespaceUsage.measuredAt, startOfDay(endsOn)),
      ),
    );
  return found?.users ?? null;
}

async function measuredBefore(tx: Transaction, accountId: AccountId, id: NamespaceId, { startsOn }: Period): Promise<number | null> {
  const [found] = await tx
    .select({ users: namespaceUsage.seatsInUse })
    .from(namespaceUsage)
    .where(and(ofNamespace(accountId, id), lt(namespaceUsage.measuredAt, startOfDay(startsOn))))
    .orderBy(desc(namespaceUsage.measuredAt))
    .limit(1);
  return found?.users ?? null;
}
