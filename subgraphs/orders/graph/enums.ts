import { enumOf } from '#kernel/graph/enum';
import { CHANNELS, CHARGE_MODELS, DEAL_TYPES, DEPLOYMENTS, PRICE_SHAPES, PRODUCT_KINDS, TIERS } from '../domain/catalog';
import { ORDER_STATES } from '../domain/order';
import { CHANGE_KINDS } from '../domain/plan';
import { ENTRY_KINDS } from '../domain/progress';
import { ACTION_KINDS } from '../domain/request';
import { STEP_KINDS, STEP_STATES } from '../domain/steps';

export const ProductKindEnum = enumOf('ProductKind', PRODUCT_KINDS, {
  BASE: 'A plan that grants seats; a subscription starts with one.',
  ADD_ON: 'Something extra for each seat that it is bought for.',
  COMPUTE: 'Compute minutes, used after those of the plan.',
  STORAGE: 'Storage beside that of the plan.',
});
export const TierEnum = enumOf('PlanTier', TIERS, { PREMIUM: 'The Premium plan.', ULTIMATE: 'The Ultimate plan.' });
export const DeploymentEnum = enumOf('Deployment', DEPLOYMENTS, {
  SAAS: 'Hosted for the customer.',
  SELF_MANAGED: 'Run by customers on their own machines.',
});
export const ChargeModelEnum = enumOf('ChargeModel', CHARGE_MODELS, {
  RECURRING: 'Quoted for a year, charged for each term.',
  ONE_TIME: 'Paid once.',
});
export const PriceShapeEnum = enumOf('PriceShape', PRICE_SHAPES, {
  FLAT: 'The same for any number.',
  PER_UNIT: 'So much for each unit.',
  GRADUATED: 'Each unit at the price of the tier that it falls in.',
  VOLUME: 'All units at the price of the tier that the whole number falls in.',
  PACKAGE: 'So much for each package, a started one in full.',
});
export const ChannelEnum = enumOf('SalesChannel', CHANNELS, {
  WEB_DIRECT: 'Bought by the customer in the web shop.',
  SALES_ASSISTED: 'Sold by the sales team.',
  DISTRIBUTOR: 'Placed by a distributor.',
  CLOUD_MARKETPLACE: 'Bought on a cloud marketplace.',
});
export const DealTypeEnum = enumOf('DealType', DEAL_TYPES, {
  DIRECT: 'Sold to the customer.',
  RESALE: 'Sold to a reseller, who sells to the customer.',
  REFERRAL: 'Sold to a customer whom a partner referred.',
  MSP: 'Sold to a managed service provider.',
});
export const OrderStateEnum = enumOf('OrderState', ORDER_STATES, {
  DRAFT: 'Not placed yet.',
  SUBMITTED: 'Placed, and not looked at yet.',
  SCREENING: 'The parties are compared with the restricted lists.',
  ACCEPTED: 'Accepted; the payment is awaited.',
  BOOKED: 'Paid or invoiced on terms, and booked.',
  PROVISIONING: 'Subscriptions, invoice and licences are being made.',
  FULFILLED: 'Everything is delivered.',
  REJECTED: 'Not accepted, for legal reasons.',
  ERROR: 'A step failed; the order waits for a person and can be taken up again.',
  CANCELLED: 'Withdrawn before it was booked.',
});
export const OrderActionKindEnum = enumOf('OrderActionKind', ACTION_KINDS, {
  CREATE_SUBSCRIPTION: 'A new subscription.',
  ADD_SEATS: 'More seats on a subscription.',
  ADD_PRODUCT: 'Something beside the plan of a subscription.',
  RENEW: 'Another term of a subscription.',
  CANCEL: 'The end of a subscription: at once with its money back, or with its term.',
  CHANGE_PLAN: 'Another plan, or fewer seats: up now, down at the renewal.',
  REMOVE_PRODUCT: 'The end of something beside the plan.',
  CHANGE_TERMS: 'A longer running term.',
  SUSPEND: 'A pause.',
  RESUME: 'The end of a pause.',
  TRANSFER_OWNER: 'Another account that the subscription belongs to.',
});
export const OrderStepKindEnum = enumOf('OrderStepKind', STEP_KINDS, {
  SCREENING: 'The parties are compared with the restricted lists.',
  PAYMENT: 'The amount is reserved on the card, or the account terms are applied.',
  BOOKING: 'The order counts as sold.',
  SUBSCRIPTION: 'The subscriptions are written.',
  INVOICE: 'The invoice is posted.',
  AGREEMENT: 'The customer accepts the licence agreement. Only for what was bought through a partner.',
  LICENSE: 'Activation codes and entitlements are granted.',
  DELIVERY: 'The Sold-To contact is told.',
});
export const OrderStepStateEnum = enumOf('OrderStepState', STEP_STATES, {
  WAITING: 'Its turn has not come.',
  RUNNING: 'Asked for, not answered yet.',
  DONE: 'Carried out.',
  FAILED: 'Not carried out; `nextRetryAt` says when it is tried again, if it is.',
});
export const OrderTimelineKindEnum = enumOf('OrderTimelineKind', ENTRY_KINDS, {
  ORDER_PLACED: 'The order was placed.',
  STEP_STARTED: 'A step was asked for.',
  STEP_DONE: 'A step was carried out.',
  STEP_FAILED: 'A step could not be carried out.',
  STEP_REPEATED: 'A step was asked for again.',
  ORDER_REJECTED: 'The order was rejected.',
  ORDER_STOPPED: 'The order waits for a person.',
  ORDER_RESUMED: 'A person has taken the order up again.',
  ORDER_FULFILLED: 'Everything is delivered.',
  INSTALMENT_POSTED: 'The invoice of a later year was posted.',
  ORDER_CANCELLED: 'The order was closed before it was booked.',
});
export const OrderChangeKindEnum = enumOf('OrderChangeKind', CHANGE_KINDS, {
  SUBSCRIPTION_CREATED: 'A subscription will begin.',
  SEATS_ADDED: 'A subscription will have more seats.',
  PRODUCT_ADDED: 'A subscription will have something beside its plan.',
  TERM_RENEWED: 'A subscription will run for another term.',
  SUBSCRIPTION_CANCELLED: 'A subscription will end.',
  PLAN_CHANGED: 'A subscription will have another plan.',
  RENEWAL_PLANNED: 'The next renewal will be for another plan or fewer seats.',
  PRODUCT_REMOVED: 'A subscription will no longer have something beside its plan.',
  TERM_CHANGED: 'The running term will be longer.',
  SUBSCRIPTION_SUSPENDED: 'A subscription will be paused.',
  SUBSCRIPTION_RESUMED: 'A pause will end.',
  OWNER_CHANGED: 'A subscription will belong to another account.',
  LICENSE_GRANTED: 'A licence, an activation code or an entitlement will be granted.',
  TRUE_UP_CHARGED: 'Users above the seats of the last term will be charged, once.',
  CARD_CHARGED: 'The card will be charged when the invoice is posted.',
  INVOICE_POSTED: 'An invoice will be due on the account terms.',
  INVOICE_PLANNED: 'An invoice will be posted on a later day.',
  CREDIT_GIVEN: 'Something will be given back.',
});
