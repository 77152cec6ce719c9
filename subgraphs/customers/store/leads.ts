import { and, count, desc, eq, lt, type SQL } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, LeadId, OrganizationId } from '#kernel/ids';
import type { LeadSource, LeadStatus, LeadTarget } from '../domain/lead';
import { type LeadDeliveryRow, type LeadRow, leadDeliveries, leads } from './lead-tables';

/** Which leads are wanted; what is null does not narrow. */
export interface WantedLeads {
  readonly organizationId: OrganizationId | null;
  readonly status: LeadStatus | null;
}

export const leadById = defineLoader<LeadId, LeadRow>(
  (db, ids) => db.select().from(leads).where(anyOf(leads.id, ids)),
  row => row.id,
);

export const deliveriesOfLead = defineListLoader<LeadId, LeadDeliveryRow>(
  (db, ids) =>
    db.select().from(leadDeliveries).where(anyOf(leadDeliveries.leadId, ids)).orderBy(leadDeliveries.leadId, leadDeliveries.target),
  row => row.leadId,
);

/** Leads, the newest first. */
export const listLeads = (db: Queryable, wanted: WantedLeads, after: LeadId | null, limit: number): Promise<readonly LeadRow[]> =>
  db
    .select()
    .from(leads)
    .where(and(isWanted(wanted), after ? lt(leads.id, after) : undefined))
    .orderBy(desc(leads.id))
    .limit(limit);

export async function countLeads(db: Queryable, wanted: WantedLeads): Promise<number> {
  const [row] = await db.select({ total: count() }).from(leads).where(isWanted(wanted));
  return row?.total ?? 0;
}

const isWanted = ({ organizationId, status }: WantedLeads): SQL | undefined =>
  and(organizationId ? eq(leads.organizationId, organizationId) : undefined, status ? eq(leads.status, status) : undefined);

export async function leadForUpdate(tx: Transaction, id: LeadId): Promise<LeadRow | null> {
  const [row] = await tx.select().from(leads).where(eq(leads.id, id)).for('update');
  return row ?? null;
}

/** The last lead of an account about the same thing. The account is locked by whoever asks. */
export async function lastLead(tx: Transaction, accountId: AccountId, source: LeadSource, subject: string): Promise<LeadRow | null> {
  const [row] = await tx
    .select()
    .from(leads)
    .where(and(eq(leads.accountId, accountId), eq(leads.source, source), eq(leads.subject, subject)))
    .orderBy(desc(leads.id))
    .limit(1);
  return row ?? null;
}

export async function insertLead(tx: Transaction, row: LeadRow): Promise<LeadRow> {
  const [saved] = await tx.insert(leads).values(row).returning();
  return saved!;
}

export async function updateLead(tx: Transaction, { accountId, id, version }: LeadRow, change: Partial<LeadRow>): Promise<LeadRow> {
  const [saved] = await tx
    .update(leads)
    .set({ ...change, version: version + 1 })
    .where(and(eq(leads.accountId, accountId), eq(leads.id, id)))
    .returning();
  return saved!;
}

const isDelivery = (accountId: AccountId, leadId: LeadId, target: LeadTarget) =>
  and(eq(leadDeliveries.accountId, accountId), eq(leadDeliveries.leadId, leadId), eq(leadDeliveries.target, target));

/** A delivery with its lead, locked: what a try learned is kept by one at a time. */
export async function deliveryForUpdate(tx: Transaction, accountId: AccountId, leadId: LeadId, target: LeadTarget) {
  const [row] = await tx
    .select()
    .from(leadDeliveries)
    .where(isDelivery(accountId, leadId, target))
    .for('update');
  return row ?? null;
}

/** Asks for a delivery, also of one that was made or given up before. Its tries are counted on. */
export async function saveDelivery(tx: Transaction, row: LeadDeliveryRow): Promise<void> {
  const { status, attempts, lastError, reference, requestedAt, deliveredAt } = row;
  await tx
    .insert(leadDeliveries)
    .values(row)
    .onConflictDoUpdate({
      target: [leadDeliveries.accountId, leadDeliveries.leadId, leadDeliveries.target],
      set: { status, attempts, lastError, reference, requestedAt, deliveredAt },
    });
}
