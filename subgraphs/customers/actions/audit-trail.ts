import type { AccountId, OrganizationId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import type { AuditAction } from '../domain/audit';
import type { CustomersEvents } from '../events/published';
import { insertAudit, insertOrganizationAudit } from '../store/audit';
import type { AuditRow } from '../store/tables';

/** What the trail is told. Who and when it knows from the work. */
interface Act {
  readonly action: AuditAction;
  readonly subject: string;
  readonly reason?: string | null;
  readonly fields?: readonly string[];
}

/** Writes an act into the trail of an account, in the transaction of the act. */
export const keep = (work: Work<CustomersEvents>, accountId: AccountId, act: Act) => insertAudit(work.tx, accountId, entryOf(work, act));

/** Writes an act into the trail of a company. */
export const keepOfOrganization = (work: Work<CustomersEvents>, organizationId: OrganizationId, act: Act) =>
  insertOrganizationAudit(work.tx, organizationId, entryOf(work, act));

const entryOf = (work: Work<CustomersEvents>, { action, subject, reason, fields }: Act): AuditRow => ({
  id: work.newId('audit'),
  at: work.now,
  actor: work.actor,
  action,
  subject,
  reason: reason ?? null,
  fields: [...(fields ?? [])],
});
