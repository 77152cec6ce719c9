import { IsEmail } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { MoneyInput } from '#kernel/graph/money';
import { MutationInput } from '#kernel/graph/mutation-input';
import { Decimal, EmailAddress, PlainDateScalar } from '#kernel/graph/scalars';
import type { PlainDate } from '#kernel/time';
import type { ApprovalMeasure, ApprovalState, QuoteDecision } from '../domain/approval';
import type { QuoteKind } from '../domain/quote';
import { OrderActionInput } from './inputs';
import { ApprovalMeasureEnum, ApprovalStateEnum, QuoteDecisionEnum, QuoteKindEnum } from './quote-enums';

@InputType({ description: 'An offer to an account.' })
export class CreateQuoteInput extends MutationInput {
  @Field(() => ID, { description: 'The account that it is for.' }) readonly billingAccountId!: string;
  @Field(() => String, { nullable: true, description: 'The opportunity that it belongs to, as the sales system calls it.' })
  readonly opportunityId?: string | null;
  @Field(() => QuoteKindEnum, { description: 'What it is for.' }) readonly kind!: QuoteKind;
  @Field(() => [OrderActionInput], { description: 'What would be ordered: 1 to 300 actions.' }) readonly actions!: OrderActionInput[];
  @Field(() => Decimal, {
    nullable: true,
    defaultValue: '0',
    description: 'A percentage off every price: 0 to 100, with up to two decimals.',
  })
  readonly discountPercent?: string | null;
  @Field(() => MoneyInput, { nullable: true, description: 'An amount off the whole, once.' }) readonly discountAmount?: MoneyInput | null;
  @Field(() => Int, { nullable: true, defaultValue: 30, description: 'The days until payment is due, counted from the invoice.' })
  readonly paymentTermsDays?: number | null;
  @Field(() => PlainDateScalar, { nullable: true, description: 'The last day on which it can be accepted: in 30 days when absent.' })
  readonly expiresOn?: PlainDate | null;
}

@InputType({ description: 'A change of a quote. What is absent stays as it is; everything is priced again.' })
export class UpdateQuoteInput extends MutationInput {
  @Field(() => ID, { description: 'The quote.' }) readonly quoteId!: string;
  @Field(() => Int, { nullable: true, description: 'The version that you have read. Declined when it has changed since.' })
  readonly ifVersion?: number | null;
  @Field(() => [OrderActionInput], { nullable: true, description: 'What would be ordered.' }) readonly actions?: OrderActionInput[] | null;
  @Field(() => Decimal, { nullable: true, description: 'A percentage off every price.' }) readonly discountPercent?: string | null;
  @Field(() => MoneyInput, { nullable: true, description: 'An amount off the whole, once.' }) readonly discountAmount?: MoneyInput | null;
  @Field(() => Int, { nullable: true, description: 'The days until payment is due.' }) readonly paymentTermsDays?: number | null;
  @Field(() => PlainDateScalar, { nullable: true, description: 'The last day on which it can be accepted.' })
  readonly expiresOn?: PlainDate | null;
}

@InputType({ description: 'A quote that needs an approval.' })
export class RequestApprovalInput extends MutationInput {
  @Field(() => ID, { description: 'The quote.' }) readonly quoteId!: string;
}

@InputType({ description: 'A quote to be shown to the customer.' })
export class SendQuoteInput extends MutationInput {
  @Field(() => ID, { description: 'The quote.' }) readonly quoteId!: string;
}

@InputType({ description: 'The quote of an opportunity that can be bought.' })
export class MakePrimaryInput extends MutationInput {
  @Field(() => ID, { description: 'The quote.' }) readonly quoteId!: string;
}

@InputType({ description: 'The word of a reviewer on a quote.' })
export class ReviewQuoteInput extends MutationInput {
  @Field(() => ID, { description: 'The quote.' }) readonly quoteId!: string;
  @Field(() => QuoteDecisionEnum, { description: 'Whether it may be sold so.' }) readonly decision!: QuoteDecision;
  @Field(() => String, { nullable: true, description: 'Why; needed when it is declined.' }) readonly reason?: string | null;
}

@InputType({ description: 'A quote that the customer accepts.' })
export class SubmitQuoteInput extends MutationInput {
  @Field(() => ID, { description: 'The quote.' }) readonly quoteId!: string;
  @IsEmail()
  @Field(() => EmailAddress, { description: 'Who of the customer agreed to the terms.' })
  readonly termsAcceptedBy!: string;
  @Field(() => String, { nullable: true, description: "The buyer's purchase-order number, to stand on the invoice." })
  readonly poNumber?: string | null;
}

@InputType({ description: 'What a quote may not exceed without an approval.' })
export class SetApprovalRuleInput extends MutationInput {
  @Field(() => String, { description: 'Its code; a known one is changed: small letters, digits and dashes.' }) readonly code!: string;
  @Field(() => String, { description: 'What it is called.' }) readonly name!: string;
  @Field(() => ApprovalMeasureEnum, { description: 'What it looks at.' }) readonly measure!: ApprovalMeasure;
  @Field(() => Int, { nullable: true, defaultValue: 0, description: 'What passes: months, days, or hundredths of a percent.' })
  readonly exceeds?: number | null;
  @Field(() => MoneyInput, { nullable: true, description: 'What passes, for a rule about an amount.' })
  readonly exceedsAmount?: MoneyInput | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Whether somebody else than the author must decide.' })
  readonly isAnotherNeeded?: boolean | null;
  @Field(() => Boolean, { nullable: true, defaultValue: true, description: 'Whether quotes are measured by it.' })
  readonly isInForce?: boolean | null;
}

@InputType({ description: 'Which approval states.' })
export class ApprovalStateFilter {
  @Field(() => ApprovalStateEnum, { nullable: true, description: 'Exactly this one.' }) readonly eq?: ApprovalState | null;
  @Field(() => [ApprovalStateEnum], { nullable: true, description: 'One of these.' }) readonly in?: ApprovalState[] | null;
}

@InputType({ description: 'Which quotes.' })
export class QuoteWhere {
  @Field(() => ApprovalStateFilter, { nullable: true, description: 'By how far their approval is.' })
  readonly approval?: ApprovalStateFilter | null;
}
