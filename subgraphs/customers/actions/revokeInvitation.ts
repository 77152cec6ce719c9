import type { InvitationId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type Acting, reaches } from '../domain/access';
import { invitationNotFound, revoke } from '../domain/invitation';
import type { CustomersEvents } from '../events/published';
import { invitationForUpdate, saveInvitationState } from '../store/invitations';
import type { InvitationRow } from '../store/tables';
import { keep } from './audit-trail';
import { accountToChange } from './reach';

export interface RevokeInvitation {
  readonly invitationId: InvitationId;
}

export async function revokeInvitation(work: Work<CustomersEvents>, request: RevokeInvitation, by: Acting): Promise<Result<InvitationRow>> {
  const invitation = await invitationForUpdate(work.tx, request.invitationId);
  if (!invitation || !reaches(by, invitation.accountId)) return invitationNotFound();
  const reached = await accountToChange(work, invitation.accountId, by, 'MANAGE_MEMBERS');
  if (!reached.ok) return reached;
  const revoked = revoke(invitation);
  if (!revoked.ok) return revoked;

  await keep(work, invitation.accountId, { action: 'INVITATION_REVOKED', subject: invitation.id });
  return accept(await saveInvitationState(work.tx, invitation, revoked.value.state));
}
