import { and, desc, eq, lt, or, type SQL } from 'drizzle-orm';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { AccountId, Id, OrganizationId } from '#kernel/ids';
import type { Instant } from '#kernel/time';
import { type AuditRow, auditEvents, organizationAuditEvents } from './tables';

/** Where a page of a trail goes on. */
export interface AuditKey {
  readonly at: Instant;
  readonly id: Id<'audit'>;
}

export async function insertAudit(tx: Transaction, accountId: AccountId, row: AuditRow): Promise<void> {
  await tx.insert(auditEvents).values({ accountId, ...row });
}

export async function insertOrganizationAudit(tx: Transaction, organizationId: OrganizationId, row: AuditRow): Promise<void> {
  await tx.insert(organizationAuditEvents).values({ organizationId, ...row });
}

/** The trail of an account, newest first. */
export async function auditOfAccount(
  db: Queryable,
  accountId: AccountId,
  limit: number,
  after: AuditKey | null,
): Promise<readonly AuditRow[]> {
  return db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.accountId, accountId), older(auditEvents, after)))
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(limit);
}

/** The trail of a company, newest first. */
export async function auditOfOrganization(
  db: Queryable,
  organizationId: OrganizationId,
  limit: number,
  after: AuditKey | null,
): Promise<readonly AuditRow[]> {
  return db
    .select()
    .from(organizationAuditEvents)
    .where(and(eq(organizationAuditEvents.organizationId, organizationId), older(organizationAuditEvents, after)))
    .orderBy(desc(organizationAuditEvents.at), desc(organizationAuditEvents.id))
    .limit(limit);
}

function older(table: typeof auditEvents | typeof organizationAuditEvents, after: AuditKey | null): SQL | undefined {
  return after ? or(lt(table.at, after.at), and(eq(table.at, after.at), lt(table.id, after.id))) : undefined;
}
