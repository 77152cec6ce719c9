import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { MoneyType } from '#kernel/graph/money';
import { Node } from '#kernel/graph/node';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import type { QuoteId } from '#kernel/ids';
import type { Money } from '#kernel/money';
import { always, Publishes, sometimes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import type { ApprovalMeasure, ApprovalState } from '../domain/approval';
import type { OrderType } from '../domain/order-type';
import type { QuoteKind } from '../domain/quote';
import type { ApprovalRuleRow, QuoteRow } from '../store/tables';
import { ApprovalMeasureEnum, ApprovalStateEnum, OrderTypeEnum, QuoteKindEnum } from './quote-enums';

@Publishes<QuoteRow>()
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'What sales offers to an account: priced like an order, and not ordered yet.',
})
export class Quote {
  @always(() => ID, { description: 'The global id.' }) id!: QuoteId;
  @always(() => String, { description: 'The number that stands on papers: `Q-00012345`.' }) number!: string;
  @always(() => Int, { description: 'Grows with each change; send it as `ifVersion`.' }) version!: number;
  @always(() => QuoteKindEnum, { description: 'What it is for.' }) kind!: QuoteKind;
  @sometimes(() => String, { description: 'The opportunity that it belongs to, as the sales system calls it.' })
  opportunityId!: string | null;
  @always(() => Boolean, { description: 'Whether it is the one of its opportunity that can be bought.' }) isPrimary!: boolean;
  @always(() => Int, { description: 'The longest term that it is for, in months.' }) termMonths!: number;
  @always(() => Int, { description: 'The days until payment is due, counted from the invoice.' }) paymentTermsDays!: number;
  @always(() => PlainDateScalar, { description: 'The day whose price list it is priced by.' }) pricedOn!: PlainDate;
  @always(() => PlainDateScalar, { description: 'The last day on which it can be accepted.' }) expiresOn!: PlainDate;
  @always(() => DateTime, { description: 'When it was made.' }) createdAt!: Date;
  @always(() => String, { description: 'Who made it.' }) createdBy!: string;
  @sometimes(() => DateTime, { description: 'When it was shown to the customer.' }) sentAt!: Date | null;
  @sometimes(() => DateTime, { description: 'When it was accepted.' }) acceptedAt!: Date | null;
  @sometimes(() => String, { description: 'Who of the customer agreed to the terms.' }) termsAcceptedBy!: string | null;
}

export const QuoteConnection = connectionType(Quote, 'Quote');

@ObjectType({ simpleResolvers: true, description: 'How far the approval of a quote is.' })
export class QuoteApproval {
  @Field(() => ApprovalStateEnum, { description: 'How far it is.' }) readonly state!: ApprovalState;
  @Field(() => [String], { description: 'Why one is required, rule by rule.' }) readonly reasons!: readonly string[];
  @Field(() => String, { nullable: true, description: 'Who decided.' }) readonly by!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was decided.' }) readonly at!: Date | null;
  @Field(() => String, { nullable: true, description: 'What the reviewer said.' }) readonly reason!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'How a deal counts among the bookings. ARR is what recurs, at its price for a year.' })
export class BookingMetrics {
  @Field(() => OrderTypeEnum, { description: 'What kind of deal it is.' }) readonly orderType!: OrderType;
  @Field(() => MoneyType, { description: 'Everything that is charged, before tax.' }) readonly amount!: Money;
  @Field(() => MoneyType, { description: 'ARR of the subscriptions that it is about, afterwards.' }) readonly arr!: Money;
  @Field(() => MoneyType, { description: 'ARR that ends with it, or is up for renewal.' }) readonly arrBasis!: Money;
  @Field(() => MoneyType, { description: 'The change of ARR: what begins, less the basis.' }) readonly netArr!: Money;
  @Field(() => MoneyType, { description: 'Net ARR and the basis together.' }) readonly bookedArr!: Money;
  @Field(() => MoneyType, { description: 'Charged for users above the seats of the last term.' }) readonly trueUp!: Money;
  @Field(() => MoneyType, { description: 'Services, which are paid once.' }) readonly services!: Money;
  @Field(() => MoneyType, { description: 'What else is paid once: packs.' }) readonly other!: Money;
  @Field(() => MoneyType, { description: 'The part of the change that comes from seats, at the old price of one.' })
  readonly arrFromSeats!: Money;
  @Field(() => MoneyType, { description: 'The part that comes from another price of the same plan.' }) readonly arrFromPrice!: Money;
  @Field(() => MoneyType, { description: 'The part that comes from another plan.' }) readonly arrFromTier!: Money;
}

@Publishes<Omit<ApprovalRuleRow, 'exceedsAmount'>>()
@ObjectType({ simpleResolvers: true, description: 'What a quote may not exceed without an approval.' })
export class ApprovalRule {
  @always(() => String, { description: 'Its code.' }) code!: string;
  @always(() => String, { description: 'What it is called.' }) name!: string;
  @always(() => ApprovalMeasureEnum, { description: 'What it looks at.' }) measure!: ApprovalMeasure;
  @always(() => Int, { description: 'What passes: months, days, or hundredths of a percent.' }) exceeds!: number;
  @always(() => Boolean, { description: 'Whether somebody else than the author must decide.' }) isAnotherNeeded!: boolean;
  @always(() => Boolean, { description: 'Whether quotes are measured by it.' }) isInForce!: boolean;
}

/** Hundredths of a percent as decimal text: 1250 is `12.5`. */
export const percentOf = (basisPoints: number): string => String(basisPoints / 100);
