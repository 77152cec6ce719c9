import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { accountNotFound } from '../domain/access';
import { release } from '../domain/hold';
import type { CustomersEvents } from '../events/published';
import { type AccountState, accountForUpdate, accountStateOf, deleteHold, updateAccount } from '../store/accounts';
import { announceAccount } from './announce';
import { keep } from './audit-trail';
import type { PlaceHold } from './placeHold';

export type ReleaseHold = PlaceHold;

export async function releaseHold(work: Work<CustomersEvents>, request: ReleaseHold): Promise<Result<AccountState>> {
  const account = await accountForUpdate(work.tx, request.billingAccountId);
  if (!account) return accountNotFound();
  const { holds } = await accountStateOf(work.tx, account);
  const released = release(holds, request.kind, request.reason);
  if (!released.ok) return released;

  await deleteHold(work.tx, account.id, released.value.kind);
  await keep(work, account.id, { action: 'HOLD_RELEASED', subject: account.id, reason: released.value.reason, fields: [request.kind] });
  return accept(await announceAccount(work, await updateAccount(work.tx, account, {})));
}
