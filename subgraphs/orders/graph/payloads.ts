import { Field, ObjectType } from 'type-graphql';
import { MoneyType } from '#kernel/graph/money';
import { userErrorType } from '#kernel/graph/user-error';
import type { Money } from '#kernel/money';
import type { ChangeKind, PlannedChange } from '../domain/plan';
import type { OrderRefusal } from '../domain/refusals';
import type { OrderLineRow } from '../store/tables';
import { OrderChangeKindEnum } from './enums';
import { Order, OrderLine } from './order';
import type { OrderSource } from './write-order';

const CODES: Readonly<Record<OrderRefusal, string>> = {
  ACCOUNT_NOT_FOUND: 'There is no such billing account, or it was opened a moment ago.',
  ACCOUNT_ON_HOLD: 'The account is on hold and cannot buy on its terms; a card still can.',
  ACTIONS_CONFLICT: 'Two actions of the order change one subscription.',
  ACTIONS_OUT_OF_RANGE: 'An order has 1 to 300 actions.',
  APPROVAL_RULE_INVALID: 'The rule of approval cannot be read.',
  APPROVAL_STATE_FORBIDS: 'The approval of the quote is in a state in which this cannot be done.',
  ARR_WOULD_FALL: 'With so few seats the new plan would bring less than the old one; seats go down at the renewal.',
  CURRENCIES_DIFFER: 'The order would be charged in more than one currency.',
  DISCOUNT_OUT_OF_RANGE: 'The discount is more than what is charged, or in another currency.',
  EFFECTIVE_DATE_OUT_OF_RANGE: 'The day is outside what can be chosen.',
  MULTI_YEAR_NEEDS_SALES: 'A subscription of more than one year is changed by the sales team.',
  NAMESPACE_HAS_SUBSCRIPTION: 'The namespace has a plan already.',
  NAMESPACE_NOT_FOUND: 'There is no such namespace.',
  NEEDS_SUPPORT: 'This is done by the support team.',
  NOT_REFUNDABLE: 'The purchase is too long ago to be refunded, or was not made here.',
  NO_FAILED_STEP: 'The step named, or any step, has not failed.',
  ORDER_NOT_FOUND: 'There is no such order.',
  ORDER_REJECTED: 'The purchase cannot be accepted, for legal reasons.',
  ORDER_STATE_FORBIDS: 'The order is in a state in which this cannot be done.',
  OWNER_UNCHANGED: 'The subscription belongs to that account already.',
  PAYMENT_METHOD_NOT_FOUND: 'There is no such payment method.',
  PAYMENT_TERMS_OUT_OF_RANGE: 'Payment is due within 0 to 120 days.',
  PLAN_UNCHANGED: 'The plan and the seats would stay as they are.',
  PO_NUMBER_REQUIRED: 'The account needs a purchase-order number on each invoice.',
  PO_NUMBER_TOO_LONG: 'The purchase-order number is too long.',
  PRICE_CHANGED: 'The order costs something else than the buyer has seen.',
  PRICE_LIST_INVALID: 'The price list cannot be sold from.',
  PRODUCT_NOT_A_PLAN: 'A subscription starts with a plan; this product is added to one.',
  PRODUCT_NOT_FOUND: 'No such product is sold in this currency.',
  PRODUCT_NOT_FOR_PLAN: 'The product does not go with this plan.',
  PRODUCT_NOT_IN_FORCE: 'The subscription does not have this product on that day.',
  PRODUCT_NOT_REMOVABLE: 'The plan itself and what was paid once cannot be taken out.',
  QUANTITY_OUT_OF_RANGE: 'The quantity is zero, negative or too large.',
  QUOTE_CHANGED: 'Somebody changed the quote since it was read.',
  QUOTE_EXPIRED: 'The last day of the quote is over.',
  QUOTE_KIND_MISMATCH: 'The actions are not of the kind that the quote is for.',
  QUOTE_NOT_APPROVED: 'The quote needs an approval first.',
  QUOTE_NOT_FOUND: 'There is no such quote.',
  QUOTE_NOT_PRIMARY: 'Another quote of the opportunity is the one that is offered.',
  QUOTE_OUTDATED: 'The quote would cost something else by now.',
  QUOTE_STATE_FORBIDS: 'The quote has become an order.',
  RAMP_FALLS: 'A later year of the ramp would have fewer seats or bring less.',
  RAMP_INCOMPLETE: 'The ramp does not name the seats of each further year.',
  RAMP_NOT_BY_CARD: 'A ramp is invoiced year by year, and not paid by card.',
  RAMP_RUNNING: 'Years of the ramp are still to be invoiced.',
  REASON_REQUIRED: 'This needs a reason.',
  RENEWAL_PLACED: 'The next term is agreed already.',
  RENEWAL_TOO_EARLY: 'The term has too long to run to be renewed.',
  RENEWAL_TOO_LATE: 'The term ended too long ago to be renewed.',
  RESALE_NEEDS_RESELLER: 'The subscription was sold by a reseller, who also sells additions.',
  REVIEW_NEEDS_ANOTHER: 'Somebody else than the author decides.',
  SELLING_ENTITIES_DIFFER: 'The order would be sold by more than one company.',
  SUBSCRIPTION_CHANGING: 'Another order is changing the subscription at the moment.',
  SUBSCRIPTION_NOT_ACTIVE: 'The subscription is not in force.',
  SUBSCRIPTION_NOT_SUSPENDED: 'The subscription is not suspended.',
  SUBSCRIPTION_NOT_FOUND: 'There is no such subscription.',
  TERM_OUT_OF_RANGE: 'A term is 1 to 60 months.',
  TERMS_NOT_ACCEPTED: 'The buyer has not agreed to the terms.',
};

export const { UserError, Payload } = userErrorType(CODES);

@ObjectType({ simpleResolvers: true, description: 'What came of placing an order.' })
export class PlaceOrderPayload extends Payload {
  @Field(() => Order, { nullable: true, description: 'The order.' }) readonly order?: OrderSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of adding seats.' })
export class AddSeatsPayload extends Payload {
  @Field(() => Order, { nullable: true, description: 'The order that adds them.' }) readonly order?: OrderSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of a renewal.' })
export class RenewSubscriptionPayload extends Payload {
  @Field(() => Order, { nullable: true, description: 'The order of another term.' }) readonly order?: OrderSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of a cancellation.' })
export class CancelSubscriptionPayload extends Payload {
  @Field(() => Order, { nullable: true, description: 'The order that ends it.' }) readonly order?: OrderSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of a pause.' })
export class SuspendSubscriptionPayload extends Payload {
  @Field(() => Order, { nullable: true, description: 'The order that pauses it.' }) readonly order?: OrderSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of ending a pause.' })
export class ResumeSubscriptionPayload extends Payload {
  @Field(() => Order, { nullable: true, description: 'The order that resumes it.' }) readonly order?: OrderSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of a transfer.' })
export class TransferOwnerPayload extends Payload {
  @Field(() => Order, { nullable: true, description: 'The order that hands it over.' }) readonly order?: OrderSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of taking an order up again.' })
export class RetryFulfillmentPayload extends Payload {
  @Field(() => Order, { nullable: true, description: 'The order.' }) readonly order?: OrderSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of paying an order again.' })
export class RetryPaymentPayload extends Payload {
  @Field(() => Order, { nullable: true, description: 'The order.' }) readonly order?: OrderSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'One value that an order would change.' })
export class OrderChange implements PlannedChange {
  @Field(() => OrderChangeKindEnum, { description: 'What kind of change.' }) readonly kind!: ChangeKind;
  @Field(() => String, { description: 'What changes: a subscription, the invoice, the card.' }) readonly subject!: string;
  @Field(() => String, { description: 'Which of its values.' }) readonly field!: string;
  @Field(() => String, { nullable: true, description: 'The value now. Null when there is none yet.' }) readonly before!: string | null;
  @Field(() => String, { nullable: true, description: 'The value afterwards.' }) readonly after!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What an order would do and cost, to the cent. Nothing of it is saved.' })
export class OrderPreview extends Payload {
  @Field(() => [OrderLine], { description: 'What would be charged. Empty when the order would be declined.' })
  readonly lines!: readonly OrderLineRow[];
  @Field(() => MoneyType, { nullable: true, description: 'The sum of the lines.' }) readonly subtotal?: Money;
  @Field(() => MoneyType, { nullable: true, description: 'The tax on them.' }) readonly tax?: Money;
  @Field(() => MoneyType, { nullable: true, description: 'What would be paid.' }) readonly total?: Money;
  @Field(() => [OrderChange], { description: 'What would be different afterwards.' }) readonly changes!: readonly PlannedChange[];
}
