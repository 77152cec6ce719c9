import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { Transaction } from '#kernel/db/database';
import type { AccountId, SubscriptionId } from '#kernel/ids';
import type { Instant } from '#kernel/time';
import { type ChargeFact, chargeFacts, subscriptionFacts, termFacts } from './tables';

/** Keeps a version as the newest, with its subscription locked; false when as new a one is known. */
export async function takeVersion(tx: Transaction, fact: typeof subscriptionFacts.$inferInsert): Promise<boolean> {
  const taken = await tx
    .insert(subscriptionFacts)
    .values(fact)
    .onConflictDoUpdate({
      target: [subscriptionFacts.accountId, subscriptionFacts.subscriptionId],
      set: { version: fact.version, name: fact.name },
      setWhere: lt(subscriptionFacts.version, fact.version),
    })
    .returning();
  return taken.length > 0;
}

/** A term, or the day on which a known one ends now. */
export async function keepTerm(tx: Transaction, term: typeof termFacts.$inferInsert): Promise<void> {
  await tx
    .insert(termFacts)
    .values(term)
    .onConflictDoUpdate({
      target: [termFacts.accountId, termFacts.subscriptionId, termFacts.startsOn],
      set: { endsOn: term.endsOn, months: term.months },
    });
}

/** The charges of a subscription as they are believed now. */
export const knownCharges = (tx: Transaction, accountId: AccountId, subscriptionId: SubscriptionId): Promise<readonly ChargeFact[]> =>
  tx
    .select()
    .from(chargeFacts)
    .where(
      and(
        eq(chargeFacts.accountId, accountId),
        eq(chargeFacts.subscriptionId, subscriptionId),
        gt(chargeFacts.knownUntil, sql`timestamptz '9999-01-01'`),
      ),
    );

/** Says that these charges were believed until a moment and are not any more. */
export async function closeCharges(tx: Transaction, outdated: readonly ChargeFact[], at: Instant): Promise<void> {
  const [first] = outdated;
  if (!first) return;
  await tx
    .update(chargeFacts)
    .set({ knownUntil: at })
    .where(
      and(
        eq(chargeFacts.accountId, first.accountId),
        eq(chargeFacts.subscriptionId, first.subscriptionId),
        inArray(
          chargeFacts.chargeId,
          outdated.map(charge => charge.chargeId),
        ),
        gt(chargeFacts.knownUntil, sql`timestamptz '9999-01-01'`),
      ),
    );
}

export async function insertCharges(tx: Transaction, charges: readonly ChargeFact[]): Promise<void> {
  if (charges.length > 0) await tx.insert(chargeFacts).values([...charges]);
}
