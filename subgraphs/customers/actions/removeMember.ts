import type { MembershipId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { Acting } from '../domain/access';
import { leave } from '../domain/membership';
import type { CustomersEvents } from '../events/published';
import { updateMembership } from '../store/members';
import type { MembershipRow } from '../store/tables';
import { announceMembership, enterAccount } from './announce';
import { keep } from './audit-trail';
import { memberToChange } from './member-to-change';
import { unchangedSince } from './reach';

export interface RemoveMember {
  readonly membershipId: MembershipId;
  readonly ifVersion?: number | null;
}

/** The membership ends and is kept: who could do what, and when, is asked years later. */
export async function removeMember(work: Work<CustomersEvents>, request: RemoveMember, by: Acting): Promise<Result<MembershipRow>> {
  const found = await memberToChange(work, request.membershipId, by, { changeOneself: true });
  if (!found.ok) return found;
  const { account, membership: before, owners } = found.value;
  const unchanged = unchangedSince(before, request.ifVersion);
  if (!unchanged.ok) return unchanged;
  const left = leave(before, owners);
  if (!left.ok) return left;

  const after = await updateMembership(work.tx, before, left.value);
  await keep(work, account.id, { action: 'MEMBER_REMOVED', subject: after.id });
  announceMembership(work, after);
  await enterAccount(work, account);
  return accept(after);
}
