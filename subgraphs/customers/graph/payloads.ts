import { type ClassType, Field, ObjectType } from 'type-graphql';
import { userErrorType } from '#kernel/graph/user-error';
import { Agreement } from './account-parts';
import { BillingAccount } from './billing-account';
import { Lead } from './lead';
import { Invitation, Membership } from './member';
import { Organization } from './organization';

const { Payload } = userErrorType({
  ACCOUNTS_LIMIT_REACHED: 'The organization has as many billing accounts as it can have.',
  AGREEMENT_VERSION_UNKNOWN: 'This version of the agreement cannot be accepted.',
  ALREADY_A_MEMBER: 'The person is a member of the billing account already.',
  ALREADY_INVITED: 'The person has an open invitation to the billing account.',
  BILLING_ACCOUNT_NOT_FOUND: 'There is no such billing account.',
  CONTACT_INVALID: 'A part of the contact cannot be kept; `path` names it.',
  EMAIL_INVALID: 'This is not an e-mail address.',
  HOLD_ALREADY_PLACED: 'The account is on this hold already.',
  HOLD_NOT_PLACED: 'The account is not on this hold.',
  INVITATIONS_LIMIT_REACHED: 'The billing account has as many open invitations as it can have.',
  INVITATION_CLOSED: 'The invitation was used or taken back.',
  INVITATION_EXPIRED: 'The invitation has run out. Ask for a new one.',
  INVITATION_NOT_FOUND: 'There is no such invitation.',
  LAST_OWNER: 'A billing account keeps at least one owner.',
  LEAD_CLOSED: 'Somebody has said already what came of the lead.',
  LEAD_DELIVERY_PENDING: 'The lead is on its way already. Wait for what comes of it.',
  LEAD_NOT_FOUND: 'There is no such lead.',
  MEMBERSHIP_NOT_FOUND: 'There is no such member.',
  MEMBERS_LIMIT_REACHED: 'The billing account has as many members as it can have.',
  MESSAGE_INVALID: 'A message is needed, in one line.',
  NAME_INVALID: 'The name is empty, too long or holds invisible characters.',
  ORGANIZATION_CYCLE: 'An organization cannot be its own parent.',
  ORGANIZATION_NOT_FOUND: 'There is no such organization.',
  ORGANIZATION_TOO_DEEP: 'The family of organizations would become too deep.',
  PAYMENT_TERMS_INVALID: 'The payment terms are longer than we grant.',
  REASON_INVALID: 'A reason is needed, in one line.',
  RESERVED_FOR_STAFF: 'This is granted by our staff.',
  VAT_ID_INVALID: 'This is not a VAT id of any country we know.',
});

/** A payload that answers one thing, under one name. */
function payload(mutation: string, field: string, answers: ClassType, description: string): ClassType<object> {
  @ObjectType(`${mutation}Payload`, { simpleResolvers: true, description: `What came of ${description}.` })
  class One extends Payload {}
  Field(() => answers, { nullable: true, description: 'What it is now. Null when the request was declined.' })(One.prototype, field);
  return One;
}

const organization = (mutation: string, description: string) => payload(mutation, 'organization', Organization, description);
const account = (mutation: string, description: string) => payload(mutation, 'billingAccount', BillingAccount, description);
const membership = (mutation: string, description: string) => payload(mutation, 'membership', Membership, description);
const lead = (mutation: string, description: string) => payload(mutation, 'lead', Lead, description);
const invitation = (mutation: string, description: string) => payload(mutation, 'invitation', Invitation, description);

export const CreateOrganizationPayload = organization('CreateOrganization', 'creating an organization');
export const UpdateOrganizationPayload = organization('UpdateOrganization', 'changing an organization');
export const CreateBillingAccountPayload = account('CreateBillingAccount', 'opening a billing account');
export const UpdateBillingAccountPayload = account('UpdateBillingAccount', 'changing a billing account');
export const ChangeContactPayload = account('ChangeContact', 'changing a contact');
export const PlaceHoldPayload = account('PlaceHold', 'placing a hold');
export const ReleaseHoldPayload = account('ReleaseHold', 'lifting a hold');
export const AddMemberPayload = membership('AddMember', 'adding a member');
export const ChangeMemberRolePayload = membership('ChangeMemberRole', "changing a member's role");
export const RemoveMemberPayload = membership('RemoveMember', 'removing a member');
export const AcceptInvitationPayload = membership('AcceptInvitation', 'accepting an invitation');
export const InviteMemberPayload = invitation('InviteMember', 'inviting somebody');
export const RevokeInvitationPayload = invitation('RevokeInvitation', 'taking an invitation back');
export const AcceptAgreementPayload = payload('AcceptAgreement', 'agreement', Agreement, 'accepting an agreement');
export const RaiseHandPayload = lead('RaiseHand', 'asking to be called');
export const CloseLeadPayload = lead('CloseLead', 'closing a lead');
export const ReplayLeadPayload = lead('ReplayLead', 'delivering a lead once more');
