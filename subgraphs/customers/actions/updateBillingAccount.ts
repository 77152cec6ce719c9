import type { AccountId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { Acting } from '../domain/access';
import { type AccountChange, changeAccount } from '../domain/account';
import { fieldsChanged } from '../domain/audit';
import type { CustomersEvents } from '../events/published';
import { type AccountState, accountStateOf, updateAccount } from '../store/accounts';
import { announceAccount } from './announce';
import { keep } from './audit-trail';
import { accountToChange, unchangedSince } from './reach';

export interface UpdateBillingAccount extends AccountChange {
  readonly billingAccountId: AccountId;
  readonly ifVersion?: number | null;
}

export async function updateBillingAccount(
  work: Work<CustomersEvents>,
  request: UpdateBillingAccount,
  by: Acting,
): Promise<Result<AccountState>> {
  const reached = await accountToChange(work, request.billingAccountId, by, 'CHANGE_ACCOUNT');
  if (!reached.ok) return reached;
  const before = reached.value;
  const unchanged = unchangedSince(before, request.ifVersion);
  if (!unchanged.ok) return unchanged;
  const change = changeAccount(before, request, by);
  if (!change.ok) return change;

  const fields = fieldsChanged(before, change.value);
  if (fields.length === 0) return accept(await accountStateOf(work.tx, before));
  const after = await updateAccount(work.tx, before, change.value);
  await keep(work, after.id, { action: 'BILLING_ACCOUNT_UPDATED', subject: after.id, fields });
  return accept(await announceAccount(work, after));
}
