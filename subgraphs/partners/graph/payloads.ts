import { type ClassType, Field, ObjectType } from 'type-graphql';
import { userErrorType } from '#kernel/graph/user-error';
import { BulkOrder } from './bulk-order';
import { DealRegistration } from './deal';
import { Partner, PartnerClient, Relationship } from './partner';
import { PartnerOrder } from './partner-order';
import { MarginSchedule, PartnerAgreement } from './program';
import { StatusWebhook, WebhookDelivery } from './webhook';

const { Payload } = userErrorType({
  ACCOUNT_ON_HOLD: 'The account is on hold.',
  AGREEMENT_NOT_IN_FORCE: 'No agreement is in force under which orders could be placed.',
  AGREEMENT_OVERLAPS: 'Another agreement in this currency runs in that time.',
  AGREEMENT_TERM_INVALID: 'The agreement ends before it starts, or too late.',
  BULK_COMPLETE: 'The file is complete: nothing is added to it.',
  BULK_FORMAT_CHANGED: 'The part is written otherwise than the parts before it.',
  BULK_LINES_OUT_OF_RANGE: 'The part holds no order, or the file too many.',
  BULK_PART_OUT_OF_ORDER: 'Another part comes next.',
  BULK_PART_REUSED: 'A part of this number was sent already, with something else in it.',
  BULK_PART_UNREADABLE: 'The part is not written as it should be.',
  CLIENTS_LIMIT_REACHED: 'The partner has as many clients as it can have.',
  CLIENT_NOT_FOUND: 'There is no such client.',
  CLOSE_DATE_OUT_OF_RANGE: 'The deal is expected to close in the past, or too late.',
  CONTACT_INVALID: 'A contact lacks something, or a part of it is too long.',
  DEAL_ALREADY_REGISTERED: 'A deal for this customer and product is registered already.',
  DEAL_NOT_FOUND: 'There is no such deal registration.',
  DEAL_STATE_FORBIDS: 'The deal does not stand so that this could be done.',
  DELIVERY_NOT_FOUND: 'You have no such delivery.',
  DISTRIBUTOR_REQUIRED: 'Partners on this track buy through a distributor.',
  END_CUSTOMER_INVALID: 'The end customer lacks something, or a part of it cannot be; `path` names it.',
  EVENT_UNKNOWN: 'There is no such event, or none was chosen.',
  EXTERNAL_ID_INVALID: 'Your reference is empty, too long or holds other than printable ASCII characters.',
  EXTERNAL_ID_REUSED: 'You have another order under this reference.',
  LINES_OUT_OF_RANGE: 'The order has no line, or too many.',
  MARGINS_INVALID: 'A margin is below zero, or all together are too much.',
  MARKETPLACE_MISMATCH: 'A cloud marketplace names its offer and agreement; nobody else does.',
  NETWORK_INVALID: 'A network is none, or there are too many; `path` names it.',
  NAME_INVALID: 'The name is empty, too long or holds invisible characters.',
  NOT_REFUNDABLE: 'The term was bought too long ago to be refunded.',
  OFFER_NOT_FOUND: 'There is no such plan among your offers.',
  ORDER_REJECTED: 'The order was rejected.',
  OVERLAP_INVALID: 'The old secret cannot live on for so long.',
  PARTNER_INACTIVE: 'We do not work with this partner any more.',
  PARTNER_KIND_MISMATCH: 'A partner of this kind does not have this part in a relationship.',
  PARTNER_MAY_NOT_ORDER: 'A partner of this kind places no orders.',
  PARTNER_NOT_FOUND: 'There is no such partner.',
  PARTNER_ORDER_NOT_FOUND: 'You have placed no such order.',
  PAYMENT_TERMS_INVALID: 'The payment terms are negative or too long.',
  PO_AMOUNT_MISMATCH: 'The purchase order differs by more than $1.00 from what the order comes to.',
  PO_CURRENCY_MISMATCH: 'The purchase order is in another currency than the agreement.',
  PO_NUMBER_INVALID: 'The purchase-order number is empty or too long.',
  QUANTITY_OUT_OF_RANGE: 'The quantity is less than one, or too large.',
  REASON_REQUIRED: 'A reason is needed.',
  RELATIONSHIP_EXISTS: 'The two work together in this region already.',
  RELATIONSHIP_NOT_FOUND: 'There is no such relationship.',
  RENEWAL_TOO_EARLY: 'The term cannot be renewed yet.',
  RENEWAL_TOO_LATE: 'The term ended too long ago to be renewed.',
  RESELLER_NOT_FOUND: 'You do not work with such a reseller in the region of this customer.',
  SCOPE_UNKNOWN: 'There is no such scope, or none was given.',
  START_OUT_OF_RANGE: 'The term starts too far back or ahead.',
  SUBSCRIPTION_NOT_ACTIVE: 'The subscription is not in force.',
  SUBSCRIPTION_NOT_FOUND: 'You have sold no such subscription.',
  TERM_OUT_OF_RANGE: 'The term is shorter than a month, or too long.',
  WEBHOOKS_LIMIT_REACHED: 'You have as many webhooks as you can have.',
  WEBHOOK_NOT_FOUND: 'You have no such webhook.',
  WEBHOOK_URL_REFUSED: 'Nothing is sent to such an address.',
});

/** A payload that answers one thing, under one name. */
function payload(mutation: string, field: string, answers: ClassType, description: string): ClassType<object> {
  @ObjectType(`${mutation}Payload`, { simpleResolvers: true, description: `What came of ${description}.` })
  class One extends Payload {}
  Field(() => answers, { nullable: true, description: 'What it is now. Null when the request was declined.' })(One.prototype, field);
  return One;
}

/** A payload that also shows a secret, once. */
function secretPayload(mutation: string, description: string, field = 'client', answers: ClassType = PartnerClient): ClassType<object> {
  const One = payload(mutation, field, answers, description);
  Field(() => String, {
    nullable: true,
    description:
      'The secret: what is sent as `client_secret` for a token, or what webhooks are signed with. Shown in the first answer only: not in a dry run, nor when the request is repeated.',
  })(One.prototype, 'secret');
  return One;
}

export const CreatePartnerPayload = payload('CreatePartner', 'partner', Partner, 'creating a partner');
export const UpdatePartnerPayload = payload('UpdatePartner', 'partner', Partner, 'changing a partner');
export const CreateRelationshipPayload = payload(
  'CreateRelationship',
  'relationship',
  Relationship,
  'relating a reseller to a distributor',
);
export const EndRelationshipPayload = payload('EndRelationship', 'relationship', Relationship, 'ending a relationship');
export const CreatePartnerClientPayload = secretPayload('CreatePartnerClient', 'setting up a client');
export const RotatePartnerClientSecretPayload = secretPayload('RotatePartnerClientSecret', 'rotating a secret');
export const RestrictPartnerClientPayload = payload('RestrictPartnerClient', 'client', PartnerClient, 'restricting a client');
export const RevokePartnerClientPayload = payload('RevokePartnerClient', 'client', PartnerClient, 'revoking a client');

export const SignPartnerAgreementPayload = payload('SignPartnerAgreement', 'agreement', PartnerAgreement, 'agreeing with a partner');
export const SetMarginSchedulePayload = payload('SetMarginSchedule', 'marginSchedule', MarginSchedule, 'setting margins');
export const PlacePartnerOrderPayload = payload('PlacePartnerOrder', 'partnerOrder', PartnerOrder, 'placing an order');
export const AddPartnerSeatsPayload = payload('AddPartnerSeats', 'partnerOrder', PartnerOrder, 'ordering seats');
export const RenewPartnerSubscriptionPayload = payload('RenewPartnerSubscription', 'partnerOrder', PartnerOrder, 'ordering a renewal');
export const CancelPartnerSubscriptionPayload = payload('CancelPartnerSubscription', 'partnerOrder', PartnerOrder, 'ending a subscription');
export const ConfirmEndUserTermsPayload = payload(
  'ConfirmEndUserTerms',
  'partnerOrder',
  PartnerOrder,
  'confirming that terms were accepted',
);
export const UploadBulkOrderPayload = payload('UploadBulkOrder', 'bulkOrder', BulkOrder, 'sending a file of orders');
export const RegisterDealPayload = payload('RegisterDeal', 'dealRegistration', DealRegistration, 'registering a deal');
export const ExtendDealRegistrationPayload = payload('ExtendDealRegistration', 'dealRegistration', DealRegistration, 'extending a deal');
export const DecideDealRegistrationPayload = payload('DecideDealRegistration', 'dealRegistration', DealRegistration, 'deciding on a deal');
export const SetStatusWebhookPayload = secretPayload('SetStatusWebhook', 'setting a webhook', 'webhook', StatusWebhook);
export const RemoveStatusWebhookPayload = payload('RemoveStatusWebhook', 'webhook', StatusWebhook, 'removing a webhook');
export const TestStatusWebhookPayload = payload('TestStatusWebhook', 'delivery', WebhookDelivery, 'trying a webhook out');
export const RedeliverWebhookPayload = payload('RedeliverWebhook', 'delivery', WebhookDelivery, 'telling an event once more');
