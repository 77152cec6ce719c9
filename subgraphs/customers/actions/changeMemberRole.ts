import type { MembershipId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { Acting } from '../domain/access';
import { changeRole, type MemberRole } from '../domain/membership';
import type { CustomersEvents } from '../events/published';
import { updateMembership } from '../store/members';
import type { MembershipRow } from '../store/tables';
import { announceMembership } from './announce';
import { keep } from './audit-trail';
import { memberToChange } from './member-to-change';
import { unchangedSince } from './reach';

export interface ChangeMemberRole {
  readonly membershipId: MembershipId;
  readonly ifVersion?: number | null;
  readonly role: MemberRole;
}

export async function changeMemberRole(work: Work<CustomersEvents>, request: ChangeMemberRole, by: Acting): Promise<Result<MembershipRow>> {
  const found = await memberToChange(work, request.membershipId, by, { changeOneself: false });
  if (!found.ok) return found;
  const { account, membership: before, owners } = found.value;
  const unchanged = unchangedSince(before, request.ifVersion);
  if (!unchanged.ok) return unchanged;
  const changed = changeRole(before, request.role, owners);
  if (!changed.ok) return changed;
  if (before.role === changed.value.role) return accept(before);

  const after = await updateMembership(work.tx, before, changed.value);
  await keep(work, account.id, { action: 'MEMBER_ROLE_CHANGED', subject: after.id, fields: ['role'] });
  announceMembership(work, after);
  return accept(after);
}
