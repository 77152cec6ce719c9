import { Field, ID, InputType, Int } from 'type-graphql';
import { MoneyInput } from '#kernel/graph/money';
import { MutationInput } from '#kernel/graph/mutation-input';
import { OneOf } from '#kernel/graph/one-of';
import { PlainDateScalar } from '#kernel/graph/scalars';
import type { PlainDate } from '#kernel/time';
import type { OrderState } from '../domain/order';
import {
  CancelActionInput,
  ChangePlanActionInput,
  ChangeTermsActionInput,
  RemoveProductActionInput,
  RenewActionInput,
  ResumeActionInput,
  SuspendActionInput,
  TransferOwnerActionInput,
} from './amendment-inputs';
import { OrderStateEnum } from './enums';

@InputType({ description: 'A new subscription.' })
export class CreateSubscriptionActionInput {
  @Field(() => String, { description: 'The plan, as the catalog names it.' }) readonly sku!: string;
  @Field(() => Int, { description: 'How many seats; with a ramp, those of the first year.' }) readonly quantity!: number;
  @Field(() => [Int], {
    nullable: true,
    description:
      'A ramp: the seats of the second and each further year of the term, never fewer than before. Each year is invoiced when it begins.',
  })
  readonly rampSeats?: readonly number[] | null;
  @Field(() => PlainDateScalar, { nullable: true, description: 'The first day of the term. Today when absent.' })
  readonly startsOn?: PlainDate | null;
  @Field(() => Int, { nullable: true, defaultValue: 12, description: 'The length of the term: 1 to 60 months.' })
  readonly termMonths?: number | null;
  @Field(() => ID, { nullable: true, description: 'The namespace that it is for, where the product is hosted.' })
  readonly namespaceId?: string | null;
  @Field(() => Boolean, { nullable: true, defaultValue: true, description: 'Whether it renews by itself at the end of its term.' })
  readonly autoRenew?: boolean | null;
}

@InputType({ description: 'More seats on a subscription, until its term ends.' })
export class AddSeatsActionInput {
  @Field(() => ID, { description: 'The name of the subscription: `A-S00012345`.' }) readonly subscriptionName!: string;
  @Field(() => Int, { description: 'How many seats more.' }) readonly quantity!: number;
  @Field(() => PlainDateScalar, { nullable: true, description: 'The first day of the added seats. Today when absent.' })
  readonly effectiveOn?: PlainDate | null;
}

@InputType({ description: 'Something beside the plan of a subscription: an add-on, compute minutes, storage.' })
export class AddProductActionInput {
  @Field(() => ID, { description: 'The name of the subscription: `A-S00012345`.' }) readonly subscriptionName!: string;
  @Field(() => String, { description: 'The product, as the catalog names it.' }) readonly sku!: string;
  @Field(() => Int, { description: 'How many seats or packs.' }) readonly quantity!: number;
  @Field(() => PlainDateScalar, { nullable: true, description: 'The first day. Today when absent.' })
  readonly effectiveOn?: PlainDate | null;
}

@OneOf()
@InputType({ description: 'One thing that an order does: exactly one of these.' })
export class OrderActionInput {
  @Field(() => CreateSubscriptionActionInput, { nullable: true, description: 'A new subscription.' })
  readonly createSubscription?: CreateSubscriptionActionInput;
  @Field(() => AddSeatsActionInput, { nullable: true, description: 'More seats.' })
  readonly addSeats?: AddSeatsActionInput;
  @Field(() => AddProductActionInput, { nullable: true, description: 'Something beside the plan.' })
  readonly addProduct?: AddProductActionInput;
  @Field(() => RemoveProductActionInput, { nullable: true, description: 'The end of something beside the plan.' })
  readonly removeProduct?: RemoveProductActionInput;
  @Field(() => ChangePlanActionInput, { nullable: true, description: 'Another plan, or fewer seats.' })
  readonly changePlan?: ChangePlanActionInput;
  @Field(() => RenewActionInput, { nullable: true, description: 'Another term.' })
  readonly renew?: RenewActionInput;
  @Field(() => CancelActionInput, { nullable: true, description: 'The end of a subscription.' })
  readonly cancel?: CancelActionInput;
  @Field(() => ChangeTermsActionInput, { nullable: true, description: 'A longer running term.' })
  readonly changeTerms?: ChangeTermsActionInput;
  @Field(() => SuspendActionInput, { nullable: true, description: 'A pause.' })
  readonly suspend?: SuspendActionInput;
  @Field(() => ResumeActionInput, { nullable: true, description: 'The end of a pause.' })
  readonly resume?: ResumeActionInput;
  @Field(() => TransferOwnerActionInput, { nullable: true, description: 'Another owner.' })
  readonly transferOwner?: TransferOwnerActionInput;
}

@InputType({ description: 'A purchase, to place or to preview.' })
export class PlaceOrderInput extends MutationInput {
  @Field(() => ID, { description: 'The account that buys.' }) readonly billingAccountId!: string;
  @Field(() => ID, { nullable: true, description: "The card to pay with. When absent, the order is invoiced on the account's terms." })
  readonly paymentMethodId?: string | null;
  @Field(() => String, { nullable: true, description: "The buyer's purchase-order number, to stand on the invoice." })
  readonly poNumber?: string | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Whether the buyer has agreed to the terms.' })
  readonly termsAccepted?: boolean | null;
  @Field(() => MoneyInput, {
    nullable: true,
    description: 'The total that the buyer has seen. The order is declined when it costs anything else.',
  })
  readonly expectedTotal?: MoneyInput | null;
  @Field(() => [OrderActionInput], { description: 'What the order does: 1 to 300 actions.' }) readonly actions!: OrderActionInput[];
}

@InputType({ description: 'More seats on one subscription.' })
export class AddSeatsInput extends MutationInput {
  @Field(() => ID, { description: 'The name of the subscription: `A-S00012345`.' }) readonly subscriptionName!: string;
  @Field(() => Int, { description: 'How many seats more.' }) readonly quantity!: number;
  @Field(() => PlainDateScalar, { nullable: true, description: 'The first day of the added seats. Today when absent.' })
  readonly effectiveOn?: PlainDate | null;
  @Field(() => ID, { nullable: true, description: "The card to pay with. When absent, the seats are invoiced on the account's terms." })
  readonly paymentMethodId?: string | null;
  @Field(() => String, { nullable: true, description: "The buyer's purchase-order number, to stand on the invoice." })
  readonly poNumber?: string | null;
}

@InputType({ description: 'An order to take up again.' })
export class RetryFulfillmentInput extends MutationInput {
  @Field(() => ID, { description: 'The order.' }) readonly orderId!: string;
  @Field(() => String, { nullable: true, description: 'The step that failed, to be sure that it is this one: `INVOICE`.' })
  readonly step?: string | null;
  @Field(() => String, { description: 'Why it will work now. It stands in the timeline.' }) readonly reason!: string;
}

@InputType({ description: 'An order to pay again, after its card was declined.' })
export class RetryPaymentInput extends MutationInput {
  @Field(() => ID, { description: 'The order.' }) readonly orderId!: string;
  @Field(() => ID, { description: 'The card to pay with: another one, or the same once more.' }) readonly paymentMethodId!: string;
}

@InputType({ description: 'Which states.' })
export class OrderStateFilter {
  @Field(() => OrderStateEnum, { nullable: true, description: 'Exactly this one.' }) readonly eq?: OrderState | null;
  @Field(() => [OrderStateEnum], { nullable: true, description: 'One of these.' }) readonly in?: OrderState[] | null;
}

@InputType({ description: 'Which orders.' })
export class OrderWhere {
  @Field(() => OrderStateFilter, { nullable: true, description: 'By how far they are.' }) readonly state?: OrderStateFilter | null;
}
