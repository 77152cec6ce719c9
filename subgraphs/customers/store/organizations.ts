import { and, count, eq, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import { idFromUuid, type OrganizationId, uuidOf } from '#kernel/ids';
import { ORGANIZATION_ACCOUNTS_MAX, ORGANIZATION_DEPTH_MAX } from '../domain/organization';
import { type AccountRow, billingAccounts, type OrganizationRow, organizations } from './tables';

export const organizationById = defineLoader<OrganizationId, OrganizationRow>(
  (db, ids) => db.select().from(organizations).where(anyOf(organizations.id, ids)),
  row => row.id,
);

/** The accounts of a company, oldest first. A company has a bounded number of them. */
export const accountsOfOrganization = defineListLoader<OrganizationId, AccountRow>(
  (db, ids) => db.select().from(billingAccounts).where(anyOf(billingAccounts.organizationId, ids)).orderBy(billingAccounts.id),
  row => row.organizationId,
);

export async function organizationForUpdate(tx: Transaction, id: OrganizationId): Promise<OrganizationRow | null> {
  const [row] = await tx.select().from(organizations).where(eq(organizations.id, id)).for('update');
  return row ?? null;
}

export async function organizationOf(db: Queryable, id: OrganizationId): Promise<OrganizationRow> {
  const [row] = await db.select().from(organizations).where(eq(organizations.id, id));
  return row!;
}

/** The ids of a company's accounts, locked, oldest first, so that two changes of the company never cross. */
export async function accountsForUpdate(tx: Transaction, id: OrganizationId): Promise<readonly AccountRow[]> {
  return tx
    .select()
    .from(billingAccounts)
    .where(eq(billingAccounts.organizationId, id))
    .orderBy(billingAccounts.id)
    .limit(ORGANIZATION_ACCOUNTS_MAX)
    .for('update');
}

export async function accountsCount(db: Queryable, id: OrganizationId): Promise<number> {
  const [row] = await db.select({ accounts: count() }).from(billingAccounts).where(eq(billingAccounts.organizationId, id));
  return row?.accounts ?? 0;
}

/** The company itself and those above it, from it upwards; empty when there is no such company. */
export async function ancestorsOf(tx: Transaction, id: OrganizationId): Promise<readonly OrganizationId[]> {
  const rows = await tx.execute<{ id: string }>(sql`/* customers.ancestorsOf */
    with recursive line as (
      select id, parent_id, 1 as depth from organizations where id = ${uuidOf(id)}::uuid
      union all
      select above.id, above.parent_id, line.depth + 1
        from organizations above join line on above.id = line.parent_id
       where line.depth < ${ORGANIZATION_DEPTH_MAX}
    )
    select id from line order by depth`);
  return rows.map(row => idFromUuid('organization', row.id));
}

/** Placing companies under each other is rare and is done one at a time: two at once could close a circle. */
export async function lockFamilies(tx: Transaction): Promise<void> {
  await tx.execute(sql`/* customers.lockFamilies */ select pg_advisory_xact_lock(hashtext('customers.organization_families'))`);
}

export async function insertOrganization(tx: Transaction, row: OrganizationRow): Promise<OrganizationRow> {
  const [saved] = await tx.insert(organizations).values(row).returning();
  return saved!;
}

export async function updateOrganizationRow(
  tx: Transaction,
  { id, version }: OrganizationRow,
  change: Pick<OrganizationRow, 'name' | 'parentId'>,
): Promise<OrganizationRow> {
  const [saved] = await tx
    .update(organizations)
    .set({ ...change, version: version + 1 })
    .where(and(eq(organizations.id, id), eq(organizations.version, version)))
    .returning();
  return saved!;
}
