import type { AccountId } from '#kernel/ids';
import { accept, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type Acting, accountNotFound, type MemberAct, mayAct, reaches } from '../domain/access';
import type { CustomersEvents } from '../events/published';
import { accountForUpdate } from '../store/accounts';
import { membershipOf } from '../store/members';
import type { AccountRow } from '../store/tables';

/** The account to act on, locked, when the one who acts reaches it and his role allows the act. */
export async function accountToChange(work: Work<CustomersEvents>, id: AccountId, by: Acting, act: MemberAct): Promise<Result<AccountRow>> {
  if (!reaches(by, id)) return accountNotFound();
  const account = await accountForUpdate(work.tx, id);
  if (!account) return accountNotFound();
  const membership = by.userId ? await membershipOf(work.tx, id, by.userId) : null;
  const permission = mayAct(by, act, membership);
  return permission.ok ? accept(account) : permission;
}

/** Refuses a change of something that has changed since the client read it. */
export function unchangedSince(row: { readonly version: number }, ifVersion: number | null | undefined): Result<null> {
  return ifVersion === undefined || ifVersion === null || ifVersion === row.version
    ? accept(null)
    : refuse('VERSION_CHANGED', `This is version ${row.version} by now. Read it again and decide anew.`, { path: ['ifVersion'] });
}
