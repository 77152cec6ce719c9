import { enumOf } from '#kernel/graph/enum';
import { ACCOUNT_CHANNELS, SEGMENTS, SELLING_ENTITIES } from '../domain/account';
import { AGREEMENT_KINDS } from '../domain/agreement';
import { AUDIT_ACTIONS } from '../domain/audit';
import { CONTACT_ROLES } from '../domain/contact';
import { HOLD_KINDS } from '../domain/hold';
import { LEAD_DELIVERY_STATUSES, LEAD_OUTCOMES, LEAD_SOURCES, LEAD_STATUSES, LEAD_TARGETS } from '../domain/lead';
import { MEMBER_ROLES } from '../domain/membership';

export const SegmentEnum = enumOf('Segment', SEGMENTS, {
  COMMERCIAL: 'A company that buys for itself.',
  PUBLIC_SECTOR: 'A public authority.',
  EDUCATION: 'A school or university, on educational terms.',
  OPEN_SOURCE: 'An open source project, on its terms.',
  STARTUP: 'A young company, on startup terms.',
});

export const SellingEntityEnum = enumOf('SellingEntity', SELLING_ENTITIES, {
  US_INC: 'Our company in the United States. It sells everything in the web shop.',
  NL_BV: 'Our company in the Netherlands.',
  UK_LTD: 'Our company in the United Kingdom.',
  DE_GMBH: 'Our company in Germany.',
  AU_PTY: 'Our company in Australia.',
});

export const AccountChannelEnum = enumOf('AccountChannel', ACCOUNT_CHANNELS, {
  WEB_DIRECT: 'Opened in the web shop.',
  SALES_ASSISTED: 'Opened with a person from sales or support.',
});

export const HoldKindEnum = enumOf('HoldKind', HOLD_KINDS, {
  PO_REQUIRED: 'The customer wants a purchase order number on each order.',
  PORTAL_REQUIRED: 'The customer wants invoices through its own purchasing portal.',
  SUPPORT_HOLD: 'Support is withheld because invoices are more than 90 days overdue.',
  CREDIT_HOLD: 'Nothing is sold on invoice until what is owed is paid.',
});

export const ContactRoleEnum = enumOf('ContactRole', CONTACT_ROLES, {
  BILL_TO: 'Receives invoices.',
  SOLD_TO: 'Receives licences, and speaks for the subscription.',
});

export const MemberRoleEnum = enumOf('MemberRole', MEMBER_ROLES, {
  OWNER: 'May do everything, and decides who else may do what.',
  PURCHASER: 'May buy and keep the account up to date.',
  VIEWER: 'May look.',
});

export const AgreementKindEnum = enumOf('AgreementKind', AGREEMENT_KINDS, {
  EULA: 'The licence of the software.',
  TERMS: 'The terms of buying.',
});

export const AuditActionEnum = enumOf('AuditAction', AUDIT_ACTIONS, 'What somebody did. The values may grow.');

export const LeadSourceEnum = enumOf('LeadSource', LEAD_SOURCES, {
  TRIAL: 'A trial was started.',
  HAND_RAISE: 'The customer asked to be called.',
  USAGE_SIGNAL: 'Nine of ten seats are in use, or more.',
});

export const LeadStatusEnum = enumOf('LeadStatus', LEAD_STATUSES, {
  OPEN: 'Nobody has said yet what came of it.',
  CONVERTED: 'The customer bought.',
  DISMISSED: 'Nothing came of it.',
});

export const LeadOutcomeEnum = enumOf('LeadOutcome', LEAD_OUTCOMES, {
  CONVERTED: 'The customer bought.',
  DISMISSED: 'Nothing came of it.',
});

export const LeadTargetEnum = enumOf('LeadTarget', LEAD_TARGETS, { CRM: 'The system in which sales keeps its leads.' });

export const LeadDeliveryStatusEnum = enumOf('LeadDeliveryStatus', LEAD_DELIVERY_STATUSES, {
  REQUESTED: 'On its way; it is tried again with growing delays.',
  DELIVERED: 'The other system has it.',
  FAILED: 'Given up. It can be replayed.',
});
