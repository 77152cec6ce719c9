import type { AccountId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import type { AuditAction } from '../domain/audit';
import type { CustomersEvents } from '../events/published';
import { insertAudit } from '../store/audit';

/** Somebody from support acted on what a neighbour keeps for an account, and the neighbour says so. */
interface ToldAct {
  readonly time: string;
  readonly data: {
    readonly accountId: AccountId;
    readonly act: AuditAction;
    readonly subject: string;
    readonly actor: string;
    readonly reason: string;
    readonly ticket: string | null;
  };
}

/** Writes an act that happened elsewhere into the account's trail, dated by when it happened and named by who did it. */
export function keepActOfSupport(work: Work<CustomersEvents>, { time, data }: ToldAct): Promise<void> {
  const { accountId, act: action, subject, actor, reason, ticket } = data;
  const said = ticket ? `${reason} (${ticket})` : reason;
  return insertAudit(work.tx, accountId, { id: work.newId('audit'), at: new Date(time), actor, action, subject, reason: said, fields: [] });
}
