import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader } from '#kernel/db/loader';
import type { SubscriptionId } from '#kernel/ids';
import type { Instant, PlainDate } from '#kernel/time';
import type { Due } from './due';
import { type RampStepRow, rampSteps } from './tables';
import type { SubscriptionKey } from './waiting';

export async function saveRampSteps(tx: Transaction, steps: readonly RampStepRow[]): Promise<void> {
  if (steps.length > 0) await tx.insert(rampSteps).values([...steps]);
}

/** Subscriptions with a step whose day has come and that has not begun, the longest due first. */
export const rampStepsDue = (db: Queryable, today: PlainDate, limit: number): Due<SubscriptionKey> =>
  db
    .select({ accountId: rampSteps.accountId, id: rampSteps.subscriptionId })
    .from(rampSteps)
    .where(and(isNull(rampSteps.begunAt), lte(rampSteps.startsOn, today)))
    .orderBy(asc(rampSteps.startsOn), asc(rampSteps.subscriptionId))
    .limit(limit);

/** Takes the steps that are due, once, the first one first. */
export async function takeRampSteps(
  tx: Transaction,
  { accountId, id }: SubscriptionKey,
  today: PlainDate,
  begunAt: Instant,
): Promise<readonly RampStepRow[]> {
  const taken = await tx
    .update(rampSteps)
    .set({ begunAt })
    .where(
      and(eq(rampSteps.accountId, accountId), eq(rampSteps.subscriptionId, id), isNull(rampSteps.begunAt), lte(rampSteps.startsOn, today)),
    )
    .returning();
  return taken.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
}

/** The steps of a ramp, the first one first. */
export const rampOfSubscription = defineListLoader<SubscriptionId, RampStepRow>(
  (db, ids) => db.select().from(rampSteps).where(anyOf(rampSteps.subscriptionId, ids)).orderBy(asc(rampSteps.startsOn)),
  step => step.subscriptionId,
);
