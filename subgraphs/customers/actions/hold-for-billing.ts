import type { AccountId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import type { AccountOverdue, AccountSettled } from '../../billing/events/published';
import type { CustomersEvents } from '../events/published';
import { accountForUpdate, accountStateOf, deleteHold, insertHold, updateAccount } from '../store/accounts';
import type { AccountRow, HoldRow } from '../store/tables';
import { announceAccount } from './announce';
import { keep } from './audit-trail';

const KIND = 'SUPPORT_HOLD';

/** Billing says that an account is overdue: it is held for support. A hold that is there already stays as it is. */
export async function holdOverdue(work: Work<CustomersEvents>, { accountId, daysOverdue, oldestDueOn }: AccountOverdue): Promise<void> {
  const { account, hold } = await supportHoldOf(work, accountId);
  if (hold) return;
  const reason = `Unpaid since ${oldestDueOn}, ${daysOverdue} days overdue.`;
  await insertHold(work.tx, { accountId, kind: KIND, reason, since: work.now, origin: 'BILLING' });
  await told(work, account, 'HOLD_PLACED', reason);
}

/** Billing says that nothing is overdue so long any more. Only the hold that billing asked for is lifted. */
export async function releaseSettled(work: Work<CustomersEvents>, { accountId, settledOn }: AccountSettled): Promise<void> {
  const { account, hold } = await supportHoldOf(work, accountId);
  if (hold?.origin !== 'BILLING') return;
  await deleteHold(work.tx, accountId, KIND);
  await told(work, account, 'HOLD_RELEASED', `Settled on ${settledOn}.`);
}

async function supportHoldOf(work: Work<CustomersEvents>, id: AccountId): Promise<{ account: AccountRow; hold: HoldRow | undefined }> {
  const account = await accountForUpdate(work.tx, id);
  // Billing knows accounts from here alone.
  if (!account) throw new Error('Billing speaks of an account that is not here.');
  const { holds } = await accountStateOf(work.tx, account);
  return { account, hold: holds.find(one => one.kind === KIND) };
}

async function told(
  work: Work<CustomersEvents>,
  account: AccountRow,
  action: 'HOLD_PLACED' | 'HOLD_RELEASED',
  reason: string,
): Promise<void> {
  await keep(work, account.id, { action, subject: account.id, reason, fields: [KIND] });
  await announceAccount(work, await updateAccount(work.tx, account, {}));
}
