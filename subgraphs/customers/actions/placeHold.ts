import type { AccountId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { accountNotFound } from '../domain/access';
import { type HoldKind, place } from '../domain/hold';
import type { CustomersEvents } from '../events/published';
import { type AccountState, accountForUpdate, accountStateOf, insertHold, updateAccount } from '../store/accounts';
import { announceAccount } from './announce';
import { keep } from './audit-trail';

export interface PlaceHold {
  readonly billingAccountId: AccountId;
  readonly kind: HoldKind;
  readonly reason: string;
}

export async function placeHold(work: Work<CustomersEvents>, request: PlaceHold): Promise<Result<AccountState>> {
  const account = await accountForUpdate(work.tx, request.billingAccountId);
  if (!account) return accountNotFound();
  const { holds } = await accountStateOf(work.tx, account);
  const placed = place(holds, request.kind, request.reason);
  if (!placed.ok) return placed;

  await insertHold(work.tx, { accountId: account.id, ...placed.value, since: work.now, origin: 'STAFF' });
  await keep(work, account.id, { action: 'HOLD_PLACED', subject: account.id, reason: placed.value.reason, fields: [request.kind] });
  return accept(await announceAccount(work, await updateAccount(work.tx, account, {})));
}
