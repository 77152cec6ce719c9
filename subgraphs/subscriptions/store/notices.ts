import { and, asc, eq, gt, isNull, lte, notExists, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { AccountId, Id } from '#kernel/ids';
import { addDays, type Instant, type PlainDate } from '#kernel/time';
import { RENEWAL_NOTICE_DAYS, TRIAL_NOTICE_DAYS } from '../domain/notice';
import type { Due } from './due';
import { renewalNotices, subscriptions, subscriptionVersions, terms, trials } from './tables';
import type { TrialKey } from './trials';
import { isNewestVersion } from './versions';
import type { SubscriptionKey } from './waiting';

/** Subscriptions whose newest term ends soon, and of which nobody was told; what is agreed to end is not announced. */
export const renewalNoticesDue = (db: Queryable, today: PlainDate, limit: number): Due<SubscriptionKey> =>
  db
    .select({ accountId: terms.accountId, id: terms.subscriptionId })
    .from(terms)
    .innerJoin(subscriptions, and(eq(subscriptions.accountId, terms.accountId), eq(subscriptions.id, terms.subscriptionId)))
    .innerJoin(subscriptionVersions, and(isNewestVersion, eq(subscriptionVersions.termId, terms.id)))
    .where(
      and(
        lte(terms.endsOn, addDays(today, RENEWAL_NOTICE_DAYS)),
        gt(terms.endsOn, today),
        eq(subscriptionVersions.standing, 'AGREED'),
        isNull(subscriptionVersions.cancelsOn),
        notExists(
          db
            .select({ one: sql`1` })
            .from(renewalNotices)
            .where(and(eq(renewalNotices.accountId, terms.accountId), eq(renewalNotices.termId, terms.id))),
        ),
      ),
    )
    .orderBy(asc(terms.endsOn), asc(terms.subscriptionId))
    .limit(limit);

/** True for the one who announces the end of a term first. */
export async function noteRenewalNotice(tx: Transaction, accountId: AccountId, termId: Id<'term'>, noticedAt: Instant): Promise<boolean> {
  const noted = await tx.insert(renewalNotices).values({ accountId, termId, noticedAt }).onConflictDoNothing().returning();
  return noted.length > 0;
}

/** Trials that end soon, and of which nobody was told. */
export const trialNoticesDue = (db: Queryable, today: PlainDate, limit: number): Due<TrialKey> =>
  db
    .select({ accountId: trials.accountId, id: trials.id })
    .from(trials)
    .where(
      and(
        isNull(trials.convertedOn),
        isNull(trials.expiryToldAt),
        isNull(trials.noticedAt),
        lte(trials.endsOn, addDays(today, TRIAL_NOTICE_DAYS)),
        gt(trials.endsOn, today),
      ),
    )
    .orderBy(asc(trials.endsOn), asc(trials.id))
    .limit(limit);
