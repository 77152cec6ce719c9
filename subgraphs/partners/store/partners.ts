import { and, asc, eq, gt, or } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineLoader } from '#kernel/db/loader';
import type { Id, PartnerId } from '#kernel/ids';
import type { Region } from '../domain/relationship';
import { type PartnerRow, partners, type RelationshipRow, relationships } from './tables';

export const partnerById = defineLoader<PartnerId, PartnerRow>(
  (db, ids) => db.select().from(partners).where(anyOf(partners.id, ids)),
  row => row.id,
);

export const relationshipById = defineLoader<Id<'relationship'>, RelationshipRow>(
  (db, ids) => db.select().from(relationships).where(anyOf(relationships.id, ids)),
  row => row.id,
);

/** Partners, the first known first. */
export async function allPartners(db: Queryable, limit: number, after: PartnerId | null): Promise<readonly PartnerRow[]> {
  return db
    .select()
    .from(partners)
    .where(after ? gt(partners.id, after) : undefined)
    .orderBy(asc(partners.id))
    .limit(limit);
}

export async function partnersCount(db: Queryable): Promise<number> {
  return db.$count(partners);
}

/** The relationships of a partner on either side, those that ended included, the first first. */
export async function relationshipsOf(
  db: Queryable,
  partnerId: PartnerId,
  limit: number,
  after: Id<'relationship'> | null,
): Promise<readonly RelationshipRow[]> {
  return db
    .select()
    .from(relationships)
    .where(
      and(
        or(eq(relationships.distributorId, partnerId), eq(relationships.resellerId, partnerId)),
        after ? gt(relationships.id, after) : undefined,
      ),
    )
    .orderBy(asc(relationships.id))
    .limit(limit);
}

/** The distributor that a reseller has worked with for longest, of those it works with now. */
export async function firstDistributorOf(db: Queryable, resellerId: PartnerId): Promise<PartnerRow | null> {
  const [row] = await db
    .select({ distributor: partners })
    .from(relationships)
    .innerJoin(partners, eq(partners.id, relationships.distributorId))
    .where(and(eq(relationships.resellerId, resellerId), eq(relationships.isActive, true), eq(partners.isActive, true)))
    .orderBy(asc(relationships.id))
    .limit(1);
  return row?.distributor ?? null;
}

export async function partnerForUpdate(tx: Transaction, id: PartnerId): Promise<PartnerRow | null> {
  const [row] = await tx.select().from(partners).where(eq(partners.id, id)).for('update');
  return row ?? null;
}

export async function insertPartner(tx: Transaction, row: PartnerRow): Promise<PartnerRow> {
  const [saved] = await tx.insert(partners).values(row).returning();
  return saved!;
}

export async function updatePartnerRow(
  tx: Transaction,
  { id, version }: PartnerRow,
  change: Pick<PartnerRow, 'name' | 'track' | 'isActive'>,
): Promise<PartnerRow> {
  const [saved] = await tx
    .update(partners)
    .set({ ...change, version: version + 1 })
    .where(eq(partners.id, id))
    .returning();
  return saved!;
}

export async function relationshipBetween(
  tx: Transaction,
  distributorId: PartnerId,
  resellerId: PartnerId,
  region: Region,
): Promise<RelationshipRow | null> {
  const [row] = await tx
    .select()
    .from(relationships)
    .where(and(eq(relationships.distributorId, distributorId), eq(relationships.resellerId, resellerId), eq(relationships.region, region)));
  return row ?? null;
}

export async function relationshipForUpdate(tx: Transaction, id: Id<'relationship'>): Promise<RelationshipRow | null> {
  const [row] = await tx.select().from(relationships).where(eq(relationships.id, id)).for('update');
  return row ?? null;
}

export async function insertRelationship(tx: Transaction, row: RelationshipRow): Promise<RelationshipRow> {
  const [saved] = await tx.insert(relationships).values(row).returning();
  return saved!;
}

export async function updateRelationship(
  tx: Transaction,
  { id, version }: RelationshipRow,
  change: Pick<RelationshipRow, 'isActive'>,
): Promise<RelationshipRow> {
  const [saved] = await tx
    .update(relationships)
    .set({ ...change, version: version + 1 })
    .where(eq(relationships.id, id))
    .returning();
  return saved!;
}
