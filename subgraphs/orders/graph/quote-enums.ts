import { enumOf } from '#kernel/graph/enum';
import { APPROVAL_MEASURES, APPROVAL_STATES, QUOTE_DECISIONS } from '../domain/approval';
import { ORDER_TYPES } from '../domain/order-type';
import { QUOTE_KINDS, QUOTE_STATUSES } from '../domain/quote';

export const QuoteKindEnum = enumOf('QuoteKind', QUOTE_KINDS, {
  NEW: 'New subscriptions.',
  AMEND: 'A change of subscriptions in their term.',
  RENEW: 'Another term.',
  CANCEL: 'The end of subscriptions.',
});
export const QuoteStatusEnum = enumOf('QuoteStatus', QUOTE_STATUSES, {
  DRAFT: 'Being prepared.',
  SENT: 'Shown to the customer.',
  ACCEPTED: 'Accepted by the customer; it has become an order.',
  EXPIRED: 'Not accepted by its last day.',
});
export const ApprovalStateEnum = enumOf('ApprovalState', APPROVAL_STATES, {
  NOT_REQUIRED: 'No rule asks for one.',
  REQUIRED: 'A rule asks for one.',
  IN_REVIEW: 'It waits for a reviewer.',
  APPROVED: 'A reviewer has approved it.',
  REJECTED: 'A reviewer has declined it.',
});
export const QuoteDecisionEnum = enumOf('QuoteDecision', QUOTE_DECISIONS, {
  APPROVE: 'The quote may be sent and bought.',
  REJECT: 'The quote has to change first.',
});
export const ApprovalMeasureEnum = enumOf('ApprovalMeasure', APPROVAL_MEASURES, {
  DISCOUNT: 'The discount in percent.',
  TERM: 'The term in months.',
  AMOUNT: 'What is charged, before tax.',
  PAYMENT_TERMS: 'The days until payment.',
});
export const OrderTypeEnum = enumOf('OrderType', ORDER_TYPES, {
  NEW_FIRST_ORDER: 'The first purchase of a customer.',
  NEW_CONNECTED: 'Another subscription of a customer.',
  GROWTH: 'As much as before, or more.',
  CONTRACTION: 'Less than before.',
  PARTIAL_CHURN: 'One of several subscriptions ends.',
  FINAL_CHURN: 'The last subscription ends.',
  SERVICES_AND_OTHER: 'Nothing that recurs.',
});
