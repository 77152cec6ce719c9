import type { MembershipId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type Acting, mayAct, reaches } from '../domain/access';
import { memberNotFound } from '../domain/membership';
import type { CustomersEvents } from '../events/published';
import { accountForUpdate } from '../store/accounts';
import { accountOfMembership, membersCount, membershipNamed, membershipOf } from '../store/members';
import type { AccountRow, MembershipRow } from '../store/tables';

interface MemberToChange {
  readonly account: AccountRow;
  readonly membership: MembershipRow;
  readonly owners: number;
}

/**
 * A membership to change, its account locked first so that two owners cannot demote each other at once. One may always
 * give up one's own membership.
 */
export async function memberToChange(
  work: Work<CustomersEvents>,
  id: MembershipId,
  by: Acting,
  may: { readonly changeOneself: boolean },
): Promise<Result<MemberToChange>> {
  const accountId = await accountOfMembership(work.tx, id);
  if (!accountId || !reaches(by, accountId)) return memberNotFound();
  const account = await accountForUpdate(work.tx, accountId);
  const membership = await membershipNamed(work.tx, accountId, id);
  if (!account || !membership) return memberNotFound();
  if (!(may.changeOneself && membership.userId === by.userId)) {
    const permission = mayAct(by, 'MANAGE_MEMBERS', by.userId ? await membershipOf(work.tx, accountId, by.userId) : null);
    if (!permission.ok) return permission;
  }
  return accept({ account, membership, owners: (await membersCount(work.tx, accountId)).owners });
}
