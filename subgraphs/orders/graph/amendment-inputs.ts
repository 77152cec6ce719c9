import { Field, ID, InputType, Int } from 'type-graphql';
import { MutationInput } from '#kernel/graph/mutation-input';
import { PlainDateScalar } from '#kernel/graph/scalars';
import type { PlainDate } from '#kernel/time';

const NAME = { description: 'The name of the subscription: `A-S00012345`.' };

@InputType({ description: 'Another term, which begins where the last one ends.' })
export class RenewActionInput {
  @Field(() => ID, NAME) readonly subscriptionName!: string;
  @Field(() => Int, { nullable: true, description: 'How many seats. As many as now when absent.' }) readonly quantity?: number | null;
  @Field(() => Int, { nullable: true, defaultValue: 12, description: 'The length of the term: 1 to 60 months.' })
  readonly termMonths?: number | null;
}

@InputType({ description: 'The end of a subscription.' })
export class CancelActionInput {
  @Field(() => ID, NAME) readonly subscriptionName!: string;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: 'The first day without it, to be sure: today with a refund, else the end of the term.',
  })
  readonly effectiveOn?: PlainDate | null;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'True: end it now and give back what was paid, within 45 days of the purchase. False: let the term run out.',
  })
  readonly refund?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Why. It helps us to do better.' }) readonly reason?: string | null;
}

@InputType({ description: 'Another plan, or fewer seats. Up is now, and charged for the days left; down is kept for the renewal.' })
export class ChangePlanActionInput {
  @Field(() => ID, NAME) readonly subscriptionName!: string;
  @Field(() => String, { description: 'The plan, as the catalog names it.' }) readonly sku!: string;
  @Field(() => Int, { nullable: true, description: 'How many seats. As many as now when absent.' }) readonly quantity?: number | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: 'The first day of a richer plan: today when absent, or up to 30 days back.',
  })
  readonly effectiveOn?: PlainDate | null;
}

@InputType({ description: 'The end of something beside the plan. Its unused days are credited.' })
export class RemoveProductActionInput {
  @Field(() => ID, NAME) readonly subscriptionName!: string;
  @Field(() => String, { description: 'The product, as the catalog names it.' }) readonly sku!: string;
  @Field(() => PlainDateScalar, { nullable: true, description: 'The first day without it. Today when absent.' })
  readonly effectiveOn?: PlainDate | null;
}

@InputType({ description: 'A longer running term, at the prices agreed for it.' })
export class ChangeTermsActionInput {
  @Field(() => ID, NAME) readonly subscriptionName!: string;
  @Field(() => Int, { description: 'The length of the whole term, counted from its first day: longer than now, at most 60 months.' })
  readonly termMonths!: number;
}

@InputType({ description: 'A pause from today on. Its term runs on, and nothing is given back.' })
export class SuspendActionInput {
  @Field(() => ID, NAME) readonly subscriptionName!: string;
  @Field(() => String, { nullable: true, description: 'Why.' }) readonly reason?: string | null;
}

@InputType({ description: 'The end of a pause.' })
export class ResumeActionInput {
  @Field(() => ID, NAME) readonly subscriptionName!: string;
}

@InputType({ description: 'Another account that the subscription belongs to, with its name, licence and namespace.' })
export class TransferOwnerActionInput {
  @Field(() => ID, NAME) readonly subscriptionName!: string;
  @Field(() => ID, { description: 'The account that it goes to; you must be allowed to act for both.' })
  readonly toBillingAccountId!: string;
  @Field(() => PlainDateScalar, { nullable: true, description: 'The first day there, to be sure: it is today.' })
  readonly effectiveOn?: PlainDate | null;
}

@InputType({ description: 'Another term for one subscription.' })
export class RenewSubscriptionInput extends MutationInput {
  @Field(() => ID, NAME) readonly subscriptionName!: string;
  @Field(() => Int, { nullable: true, description: 'How many seats. As many as now when absent.' }) readonly quantity?: number | null;
  @Field(() => Int, { nullable: true, defaultValue: 12, description: 'The length of the term: 1 to 60 months.' })
  readonly termMonths?: number | null;
  @Field(() => ID, { nullable: true, description: "The card to pay with. When absent, the term is invoiced on the account's terms." })
  readonly paymentMethodId?: string | null;
  @Field(() => String, { nullable: true, description: "The buyer's purchase-order number, to stand on the invoice." })
  readonly poNumber?: string | null;
}

@InputType({ description: 'The end of one subscription.' })
export class CancelSubscriptionInput extends MutationInput {
  @Field(() => ID, NAME) readonly subscriptionName!: string;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: 'The first day without it, to be sure: today with a refund, else the end of the term.',
  })
  readonly effectiveOn?: PlainDate | null;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'True: end it now and give back what was paid, within 45 days of the purchase. False: let the term run out.',
  })
  readonly refund?: boolean | null;
  @Field(() => String, { description: 'Why. It helps us to do better.' }) readonly reason!: string;
}

@InputType({ description: 'A subscription to be paused.' })
export class SuspendSubscriptionInput extends MutationInput {
  @Field(() => ID, NAME) readonly subscriptionName!: string;
  @Field(() => String, { description: 'Why.' }) readonly reason!: string;
}

@InputType({ description: 'A subscription whose pause ends.' })
export class ResumeSubscriptionInput extends MutationInput {
  @Field(() => ID, NAME) readonly subscriptionName!: string;
}

@InputType({ description: 'A subscription that goes to another account.' })
export class TransferOwnerInput extends MutationInput {
  @Field(() => ID, NAME) readonly subscriptionName!: string;
  @Field(() => ID, { description: 'The account that it goes to; you must be allowed to act for both.' })
  readonly toBillingAccountId!: string;
}
