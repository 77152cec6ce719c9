import { and, asc, eq, sql } from 'drizzle-orm';
import type { Transaction } from '#kernel/db/database';
import type { AccountId, OrderId } from '#kernel/ids';
import { type LicenseRequestRow, licenseRequests, type PlacementKey } from './tables';

/** Requests of one account that one event completes; more complete with the next. */
const WAITING_MAX = 100;

export async function requestOf(tx: Transaction, accountId: AccountId, orderId: OrderId): Promise<LicenseRequestRow | null> {
  const [request] = await tx.select().from(licenseRequests).where(thatOne(accountId, orderId));
  return request ?? null;
}

/** Saves a new request, or a later try of one that is known. */
export async function saveRequest(tx: Transaction, request: LicenseRequestRow): Promise<void> {
  const { attempt, grants, state } = request;
  await tx
    .insert(licenseRequests)
    .values(request)
    .onConflictDoUpdate({ target: [licenseRequests.accountId, licenseRequests.orderId], set: { attempt, grants, state } });
}

/** Keeps what a request still waits for: placements, as `target/key`. */
export async function saveAwaits(tx: Transaction, { accountId, orderId }: LicenseRequestRow, awaits: readonly string[]): Promise<void> {
  await tx.update(licenseRequests).set({ awaits }).where(thatOne(accountId, orderId));
}

/** The account's requests that wait for a placement, the oldest first. */
export const requestsThatAwait = (tx: Transaction, { accountId, target, key }: PlacementKey): Promise<readonly LicenseRequestRow[]> =>
  tx
    .select()
    .from(licenseRequests)
    .where(
      and(
        eq(licenseRequests.accountId, accountId),
        eq(licenseRequests.state, 'WAITING'),
        sql`${licenseRequests.awaits} @> ${JSON.stringify([`${target}/${key}`])}::jsonb`,
      ),
    )
    .orderBy(asc(licenseRequests.requestedAt), asc(licenseRequests.orderId))
    .limit(WAITING_MAX);

export async function saveGranted(tx: Transaction, { accountId, orderId }: LicenseRequestRow, grantedAt: Date): Promise<void> {
  await tx.update(licenseRequests).set({ state: 'GRANTED', grantedAt }).where(thatOne(accountId, orderId));
}

/** The account's requests that wait for a subscription, the oldest first. */
export const waitingRequestsOf = (tx: Transaction, accountId: AccountId): Promise<readonly LicenseRequestRow[]> =>
  tx
    .select()
    .from(licenseRequests)
    .where(and(eq(licenseRequests.accountId, accountId), eq(licenseRequests.state, 'WAITING')))
    .orderBy(asc(licenseRequests.requestedAt), asc(licenseRequests.orderId))
    .limit(WAITING_MAX);

const thatOne = (accountId: AccountId, orderId: OrderId) =>
  and(eq(licenseRequests.accountId, accountId), eq(licenseRequests.orderId, orderId));
