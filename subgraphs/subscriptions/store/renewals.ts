import { and, asc, desc, eq, gt, lte, notExists, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, OrderId, RenewalAttemptId, SubscriptionId } from '#kernel/ids';
import { addDays, type PlainDate } from '#kernel/time';
import {
  type CardCopyRow,
  cardCopies,
  type RenewalAttemptRow,
  renewalAttempts,
  subscriptions,
  subscriptionVersions,
  terms,
} from './tables';
import { isNewestVersion } from './versions';
import type { SubscriptionKey } from './waiting';

/** What came of the last days of a subscription's terms, the newest first. */
export const renewalAttemptsOfSubscription = defineListLoader<SubscriptionId, RenewalAttemptRow>(
  (db, ids) =>
    db
      .select()
      .from(renewalAttempts)
      .where(anyOf(renewalAttempts.subscriptionId, ids))
      .orderBy(desc(renewalAttempts.termEndsOn), desc(renewalAttempts.id)),
  row => row.subscriptionId,
);

/** The card of an account that was added last: the one that is charged when nobody names another. */
export const newestCardOf = defineLoader<AccountId, CardCopyRow>(
  (db, ids) =>
    db
      .selectDistinctOn([cardCopies.accountId])
      .from(cardCopies)
      .where(anyOf(cardCopies.accountId, ids))
      .orderBy(cardCopies.accountId, desc(cardCopies.id)),
  row => row.accountId,
);

export async function keepCard(tx: Transaction, card: CardCopyRow): Promise<void> {
  await tx.insert(cardCopies).values(card).onConflictDoNothing();
}

/** A term whose last day was missed, as while the house was away, is still taken on so many days later. */
const MISSED_DAYS_MAX = 14;

/** Subscriptions whose newest term has its last day today and was not looked at yet, the longest due first. */
export const renewalsDue = (db: Queryable, today: PlainDate, limit: number): Promise<readonly SubscriptionKey[]> =>
  db
    .select({ accountId: terms.accountId, id: terms.subscriptionId })
    .from(terms)
    .innerJoin(subscriptions, and(eq(subscriptions.accountId, terms.accountId), eq(subscriptions.id, terms.subscriptionId)))
    .innerJoin(subscriptionVersions, and(isNewestVersion, eq(subscriptionVersions.termId, terms.id)))
    .where(
      and(
        lte(terms.endsOn, addDays(today, 1)),
        gt(terms.endsOn, addDays(today, -MISSED_DAYS_MAX)),
        eq(subscriptionVersions.standing, 'AGREED'),
        notExists(
          db
            .select({ one: sql`1` })
            .from(renewalAttempts)
            .where(and(eq(renewalAttempts.accountId, terms.accountId), eq(renewalAttempts.termId, terms.id))),
        ),
      ),
    )
    .orderBy(asc(terms.endsOn), asc(terms.subscriptionId))
    .limit(limit);

export async function addRenewalAttempt(tx: Transaction, row: RenewalAttemptRow): Promise<void> {
  await tx.insert(renewalAttempts).values(row).onConflictDoNothing();
}

export async function saveRenewalAttempt(
  tx: Transaction,
  { accountId, id }: RenewalAttemptRow,
  change: Partial<RenewalAttemptRow>,
): Promise<void> {
  await tx
    .update(renewalAttempts)
    .set(change)
    .where(and(eq(renewalAttempts.accountId, accountId), eq(renewalAttempts.id, id)));
}

const oneForUpdate = async (tx: Transaction, of: ReturnType<typeof and>): Promise<RenewalAttemptRow | null> => {
  const [row] = await tx.select().from(renewalAttempts).where(of).for('update');
  return row ?? null;
};

/** One attempt, locked. */
export const renewalAttemptForUpdate = (tx: Transaction, accountId: AccountId, id: RenewalAttemptId) =>
  oneForUpdate(tx, and(eq(renewalAttempts.accountId, accountId), eq(renewalAttempts.id, id)));

/** The attempt that an order carries out, locked; most orders carry out none. */
export const renewalAttemptOfOrder = (tx: Transaction, accountId: AccountId, orderId: OrderId) =>
  oneForUpdate(tx, and(eq(renewalAttempts.accountId, accountId), eq(renewalAttempts.orderId, orderId)));
