import { and, desc, eq, lt } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineLoader } from '#kernel/db/loader';
import type { Id, PartnerId } from '#kernel/ids';
import { type DealRow, dealOpportunities, dealRegistrations } from './tables';

type DealId = Id<'dealRegistration'>;

export const dealById = defineLoader<DealId, DealRow>(
  (db, ids) => db.select().from(dealRegistrations).where(anyOf(dealRegistrations.id, ids)),
  row => row.id,
);

/** The deals of a partner, or of all, the newest first. */
export const dealsOf = (db: Queryable, partnerId: PartnerId | null, limit: number, after: DealId | null): Promise<readonly DealRow[]> =>
  db
    .select()
    .from(dealRegistrations)
    .where(and(partnerId ? eq(dealRegistrations.partnerId, partnerId) : undefined, after ? lt(dealRegistrations.id, after) : undefined))
    .orderBy(desc(dealRegistrations.id))
    .limit(limit);

export async function dealForUpdate(tx: Transaction, id: DealId): Promise<DealRow | null> {
  const [row] = await tx.select().from(dealRegistrations).where(eq(dealRegistrations.id, id)).for('update');
  return row ?? null;
}

export async function saveDeal(tx: Transaction, row: DealRow): Promise<DealRow> {
  const { id: _id, ...change } = row;
  const [saved] = await tx
    .insert(dealRegistrations)
    .values(row)
    .onConflictDoUpdate({ target: dealRegistrations.id, set: change })
    .returning();
  return saved!;
}

/** The deal that holds an opportunity, its row locked: of two registrations at once the second sees the first. */
export async function holderOf(tx: Transaction, opportunityKey: string, proposed: DealId): Promise<DealRow | null> {
  await tx.insert(dealOpportunities).values({ opportunityKey, dealRegistrationId: proposed }).onConflictDoNothing();
  const [held] = await tx.select().from(dealOpportunities).where(eq(dealOpportunities.opportunityKey, opportunityKey)).for('update');
  return held && held.dealRegistrationId !== proposed ? dealForUpdate(tx, held.dealRegistrationId) : null;
}

export async function holdOpportunity(tx: Transaction, opportunityKey: string, dealRegistrationId: DealId): Promise<void> {
  await tx.update(dealOpportunities).set({ dealRegistrationId }).where(eq(dealOpportunities.opportunityKey, opportunityKey));
}
