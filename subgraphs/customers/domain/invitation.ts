import { accept, refuse } from '#kernel/result';
import { emailFrom } from '#kernel/text';
import { addMs, type Instant } from '#kernel/time';

/** The life of an invitation. That it ran out is told by the clock and is not stored. */
export const INVITATION_STATES = ['PENDING', 'ACCEPTED', 'REVOKED'] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

export const INVITATION_LIFE_DAYS = 7;
export const INVITATIONS_PENDING_MAX = 15;

interface Invitation {
  readonly state: InvitationState;
  readonly email: string;
  readonly expiresAt: Instant;
}

/** True while the invitation can be accepted. Its last moment is excluded, as in every interval of ours. */
export const isOpen = (invitation: Invitation, now: Instant): boolean => invitation.state === 'PENDING' && now < invitation.expiresAt;

/** Decides whether a person is invited: not twice at once, not when a member already, and at most 15 at a time. */
export function invite(address: string, open: readonly Invitation[], members: readonly { readonly email: string }[], now: Instant) {
  const email = emailFrom(address);
  if (!email) return refuse('EMAIL_INVALID', 'This is not an e-mail address.', { path: ['email'] });
  if (members.some(member => member.email === email))
    return refuse('ALREADY_A_MEMBER', 'This person is a member of the billing account already.', { path: ['email'] });
  if (open.some(invitation => invitation.email === email))
    return refuse('ALREADY_INVITED', 'This person has an open invitation.', { path: ['email'] });
  if (open.length >= INVITATIONS_PENDING_MAX) {
    return refuse(
      'INVITATIONS_LIMIT_REACHED',
      `At most ${INVITATIONS_PENDING_MAX} invitations can be open. Revoke one, or wait until one runs out.`,
    );
  }
  return accept({ email, state: 'PENDING' as const, expiresAt: addMs(now, INVITATION_LIFE_DAYS * 86_400_000) });
}

/** Decides whether the signed-in person may take up the invitation: it is open and addressed to that person. */
export function takeUp(invitation: Invitation, by: { readonly email: string | null }, now: Instant) {
  if (invitation.email !== by.email?.toLowerCase()) return invitationNotFound();
  if (invitation.state !== 'PENDING') return refuse('INVITATION_CLOSED', 'This invitation was used or taken back.');
  if (!isOpen(invitation, now))
    return refuse('INVITATION_EXPIRED', `An invitation lives ${INVITATION_LIFE_DAYS} days. Please ask for a new one.`);
  return accept({ state: 'ACCEPTED' as const });
}

/** Decides whether an invitation is taken back. */
export function revoke(invitation: Invitation) {
  return invitation.state === 'PENDING'
    ? accept({ state: 'REVOKED' as const })
    : refuse('INVITATION_CLOSED', 'This invitation was used or taken back.');
}

/** An invitation that is unknown, another account's, or addressed to somebody else. */
export const invitationNotFound = () => refuse('INVITATION_NOT_FOUND', 'There is no such invitation.', { path: ['invitationId'] });
