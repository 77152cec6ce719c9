import type { AccountId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { Acting } from '../domain/access';
import { invite } from '../domain/invitation';
import type { MemberRole } from '../domain/membership';
import type { CustomersEvents } from '../events/published';
import { insertInvitation, openInvitations } from '../store/invitations';
import { memberEmails } from '../store/members';
import type { InvitationRow } from '../store/tables';
import { keep } from './audit-trail';
import { accountToChange } from './reach';

export interface InviteMember {
  readonly billingAccountId: AccountId;
  readonly email: string;
  readonly role: MemberRole;
}

export async function inviteMember(work: Work<CustomersEvents>, request: InviteMember, by: Acting): Promise<Result<InvitationRow>> {
  const reached = await accountToChange(work, request.billingAccountId, by, 'MANAGE_MEMBERS');
  if (!reached.ok) return reached;
  const account = reached.value;
  const open = await openInvitations(work.tx, account.id, work.now);
  const invited = invite(request.email, open, await memberEmails(work.tx, account.id), work.now);
  if (!invited.ok) return invited;

  const invitation = await insertInvitation(work.tx, {
    accountId: account.id,
    id: work.newId('invitation'),
    role: request.role,
    ...invited.value,
    invitedBy: work.actor,
    createdAt: work.now,
  });
  await keep(work, account.id, { action: 'MEMBER_INVITED', subject: invitation.id });
  return accept(invitation);
}
