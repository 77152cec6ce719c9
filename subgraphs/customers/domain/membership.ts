import { accept, refuse } from '#kernel/result';

/** What a user may do in a billing account: everything; buy and keep the account up to date; look. */
export const MEMBER_ROLES = ['OWNER', 'PURCHASER', 'VIEWER'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** Policy: more members than this are no list that a person can oversee. */
export const MEMBERS_MAX = 200;

interface Member {
  readonly role: MemberRole;
  readonly isActive: boolean;
}

/** Decides whether a user joins an account. One who left before comes back in his old place, with the new role. */
export function join(current: Member | null, role: MemberRole, membersActive: number) {
  if (current?.isActive) return refuse('ALREADY_A_MEMBER', 'This person is a member of the billing account already.');
  if (membersActive >= MEMBERS_MAX) return refuse('MEMBERS_LIMIT_REACHED', `A billing account has at most ${MEMBERS_MAX} members.`);
  return accept({ role, isActive: true });
}

/** Decides a change of role. The last owner keeps his, or nobody could ever let another in. */
export function changeRole(member: Member, role: MemberRole, ownersActive: number) {
  if (!member.isActive) return memberNotFound();
  if (member.role === 'OWNER' && role !== 'OWNER' && ownersActive <= 1) return lastOwner();
  return accept({ role, isActive: true });
}

/** Decides whether a member leaves. The last owner stays. */
export function leave(member: Member, ownersActive: number) {
  if (!member.isActive) return memberNotFound();
  if (member.role === 'OWNER' && ownersActive <= 1) return lastOwner();
  return accept({ role: member.role, isActive: false });
}

/** A membership that is unknown, ended or another account's. */
export const memberNotFound = () => refuse('MEMBERSHIP_NOT_FOUND', 'There is no such member.', { path: ['membershipId'] });

const lastOwner = () => refuse('LAST_OWNER', 'A billing account keeps at least one owner. Make another member an owner first.');
