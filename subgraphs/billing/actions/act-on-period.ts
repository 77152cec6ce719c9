import type { Work } from '#kernel/work';
import type { PeriodAct } from '../domain/accounting-period';
import type { BillingEvents } from '../events/published';
import { savePeriodAct } from '../store/periods';
import type { AccountingPeriodRow } from '../store/tables';

/** Closes a locked month or opens it again, with its place in the audit, and tells the neighbours. */
export async function actOnPeriod(
  work: Work<BillingEvents>,
  period: AccountingPeriodRow,
  act: PeriodAct,
  reason: string | null,
): Promise<AccountingPeriodRow> {
  const { month } = period;
  const { actor, now: at, correlationId } = work;
  const saved = await savePeriodAct(work.tx, { month, sequence: period.lastSequence + 1, act, reason, actor, at, correlationId });
  const about = { subject: month, accountId: null };
  if (act === 'CLOSED') work.announce('PeriodClosed.v1', about, { month, closedAt: at.toISOString() });
  else work.announce('PeriodReopened.v1', about, { month, reopenedAt: at.toISOString() });
  return saved;
}
