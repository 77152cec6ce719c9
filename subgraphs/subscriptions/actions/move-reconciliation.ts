import { money, moneyText } from '#kernel/money';
import type { Work } from '#kernel/work';
import { movedBy, type ReconciliationMove } from '../domain/reconciliation';
import type { ReconciliationNoticed, SubscriptionsEvents } from '../events/published';
import { saveReconciliation } from '../store/reconciliations';
import type { ReconciliationRow } from '../store/tables';
import { announceTermCount } from './count-seats';
import { leaveNotice } from './give-notice';

type Subscriptions = Work<SubscriptionsEvents>;

/** Keeps what came of looking at a quarter, and tells of its notice or of its end. */
export async function keepQuarter(work: Subscriptions, row: ReconciliationRow, name: string): Promise<void> {
  await saveReconciliation(work.tx, row);
  if (row.status !== 'NOTICED') return announceEnd(work, row, name);
  work.announce('ReconciliationNoticed.v1', aboutOf(row), noticeOf(row, name));
  await leaveNotice(work, 'RECONCILIATION', row);
}

/**
 * Moves a locked reconciliation, with what else changes of it; null when that move leads nowhere, and nothing is changed then.
 * Where it ends it has nothing due any more, and its neighbours are told.
 */
export async function moveOn(
  work: Subscriptions,
  row: ReconciliationRow,
  by: ReconciliationMove,
  change: Partial<ReconciliationRow>,
  name: string,
): Promise<ReconciliationRow | null> {
  const status = movedBy(row.status, by);
  if (!status) return null;
  const isEnd = status === 'PROCESSED' || status === 'FAILED' || status === 'SKIPPED';
  const moved = { ...row, ...change, status, ...(isEnd ? { dueOn: null, endedAt: work.now } : {}) };
  await saveReconciliation(work.tx, moved);
  if (isEnd) await announceEnd(work, moved, name);
  return moved;
}

async function announceEnd(work: Subscriptions, row: ReconciliationRow, name: string): Promise<void> {
  const { id: reconciliationId, accountId, subscriptionId, quarter, overageSeats, orderId } = row;
  const { status, reason } = row;
  work.announce('ReconciliationEnded.v1', aboutOf(row), {
    reconciliationId,
    accountId,
    subscriptionId,
    name,
    quarter,
    status,
    reason,
    overageSeats,
    orderId,
  });
  await announceTermCount(work, { accountId, id: subscriptionId }, row.termId);
}

function noticeOf(row: ReconciliationRow, name: string): ReconciliationNoticed {
  const { id: reconciliationId, accountId, subscriptionId, quarter, usersMax, seats, overageSeats, chargeOn, amountMinor, currency } = row;
  if (usersMax === null || !chargeOn || amountMinor === null || !currency) throw new Error(`Nothing is noticed by ${reconciliationId}.`);
  const amount = moneyText(money(amountMinor, currency));
  return { reconciliationId, accountId, subscriptionId, name, quarter, usersMax, seats, overageSeats, chargeOn, amount };
}

const aboutOf = ({ subscriptionId: subject, accountId }: ReconciliationRow) => ({ subject, accountId });
