import { open, type Permissions, roles } from '#kernel/auth/rules';

const customer = roles('BUYER', 'SUPPORT', 'SALES', 'FINANCE', 'OPERATOR');
const reader = roles('BUYER', 'SUPPORT', 'SALES', 'FINANCE', 'OPERATOR', 'ANALYST');
const opener = roles('SALES', 'SUPPORT', 'OPERATOR');
const creditor = roles('FINANCE', 'SUPPORT', 'OPERATOR');
const auditor = roles('SUPPORT', 'FINANCE', 'OPERATOR');
const buyer = roles('BUYER');
const seller = roles('SALES', 'SUPPORT', 'OPERATOR');

/**
 * Each root field checks besides whose the thing is. Analysts read companies and accounts, and nothing of people:
 * fields of people are for customers and those who serve them.
 */
export const permissions = {
  Query: {
    billingAccount: reader,
    organization: reader,
    node: reader,
    search: customer,
    leads: seller,
    me: reader,
    myInvitations: buyer,
  },
  Mutation: {
    createOrganization: opener,
    updateOrganization: opener,
    createBillingAccount: opener,
    updateBillingAccount: customer,
    changeContact: customer,
    placeHold: creditor,
    releaseHold: creditor,
    acceptAgreement: customer,
    addMember: opener,
    changeMemberRole: customer,
    removeMember: customer,
    inviteMember: customer,
    revokeInvitation: customer,
    acceptInvitation: buyer,
    raiseHand: customer,
    closeLead: seller,
    replayLead: seller,
  },
  Organization: { '*': open, audit: auditor, leads: seller },
  BillingAccount: {
    '*': open,
    billTo: customer,
    soldTo: customer,
    contacts: customer,
    memberships: customer,
    invitations: customer,
    agreements: customer,
    audit: auditor,
  },
  Contact: { '*': open },
  Hold: { '*': open },
  Agreement: { '*': open },
  AuditEvent: { '*': open },
  User: { '*': open },
  Membership: { '*': open },
  Invitation: { '*': open },
  Lead: { '*': open, deliveries: seller },
  LeadDelivery: { '*': open },
  Order: { id: open },
  Subscription: { id: open },
  Invoice: { id: open },
  License: { id: open },
  Namespace: { id: open },
} satisfies Permissions;
