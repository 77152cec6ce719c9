import type { InvitationId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { Acting } from '../domain/access';
import { invitationNotFound, takeUp } from '../domain/invitation';
import type { CustomersEvents } from '../events/published';
import { accountForUpdate } from '../store/accounts';
import { invitationForUpdate, saveInvitationState } from '../store/invitations';
import { keep } from './audit-trail';
import { joinAccount, type Member } from './join';

/** The name is kept when we do not know the person yet. */
export interface AcceptInvitation {
  readonly invitationId: InvitationId;
  readonly name: string;
}

export async function acceptInvitation(work: Work<CustomersEvents>, request: AcceptInvitation, by: Acting): Promise<Result<Member>> {
  const invitation = await invitationForUpdate(work.tx, request.invitationId);
  const account = invitation && (await accountForUpdate(work.tx, invitation.accountId));
  if (!invitation || !account) return invitationNotFound();
  const taken = takeUp(invitation, by, work.now);
  if (!taken.ok) return taken;

  const member = await joinAccount(work, account, { email: invitation.email, name: request.name, userId: by.userId }, invitation.role);
  if (!member.ok) return member;
  await saveInvitationState(work.tx, invitation, taken.value.state);
  await keep(work, account.id, { action: 'INVITATION_ACCEPTED', subject: invitation.id });
  return accept(member.value);
}
