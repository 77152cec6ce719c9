import { Field, Int, ObjectType } from 'type-graphql';
import { MoneyType } from '#kernel/graph/money';
import { Decimal, PlainDateScalar } from '#kernel/graph/scalars';
import type { Money } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import type { ArrGroup as ArrGroupSource } from '../store/recurring';
import { Report } from './definition';

@ObjectType({ simpleResolvers: true, description: 'A part of annual recurring revenue.' })
export class ArrGroup implements ArrGroupSource {
  @Field(() => [String], { description: 'What it is the part of: one value for each dimension that was asked for, in their order.' })
  readonly keys!: readonly string[];

  @Field(() => MoneyType, { description: 'The revenue of a year.' })
  readonly arr!: Money;

  @Field(() => Int, { description: 'The seats of base plans in it.' })
  readonly seats!: number;

  @Field(() => Int, { description: 'The companies that pay it. One that is in several groups is counted in each.' })
  readonly customers!: number;
}

@ObjectType({ simpleResolvers: true, description: 'Annual recurring revenue of a month.' })
export class ArrReport extends Report {
  @Field(() => PlainDateScalar, { description: 'The first day of the month.' })
  readonly month!: PlainDate;

  @Field(() => [ArrGroup], { description: 'Its parts, in the order of their keys.' })
  readonly groups!: readonly ArrGroupSource[];

  @Field(() => MoneyType, { description: 'The parts together.' })
  readonly total!: Money;
}

/** What both ways of looking at a month's movement tell. */
@ObjectType({ simpleResolvers: true })
abstract class Movement extends Report {
  @Field(() => PlainDateScalar, { description: 'The first day of the month.' })
  readonly month!: PlainDate;

  @Field(() => MoneyType, { description: 'What it was in the month before.' })
  readonly opening!: Money;

  @Field(() => MoneyType, { description: 'Of companies that had none the month before.' })
  readonly new!: Money;

  @Field(() => MoneyType, { description: 'What companies have more.' })
  readonly expansion!: Money;

  @Field(() => MoneyType, { description: 'What companies have less, as a positive amount.' })
  readonly contraction!: Money;

  @Field(() => MoneyType, { description: 'Of companies that have none any more, as a positive amount.' })
  readonly churn!: Money;

  @Field(() => MoneyType, { description: 'What it is in the month.' })
  readonly closing!: Money;
}

@ObjectType({
  simpleResolvers: true,
  description: 'How monthly recurring revenue moved in a month: opening + new + expansion − contraction − churn = closing.',
})
export class MrrMonth extends Movement {}

@ObjectType({ simpleResolvers: true, description: 'How annual recurring revenue moved from the month before.' })
export class ArrMovements extends Movement {
  @Field(() => MoneyType, { description: 'Of expansion less contraction: more or fewer of the same product, at the old price of one.' })
  readonly seats!: Money;

  @Field(() => MoneyType, { description: 'Of expansion less contraction: another price of the same product, for the new quantity.' })
  readonly price!: Money;

  @Field(() => MoneyType, { description: 'Of expansion less contraction: products that a company did not have, or has no more.' })
  readonly tier!: Money;
}

@ObjectType({ simpleResolvers: true, description: 'What became within a year of the companies that had recurring revenue.' })
export class RetentionReport extends Report {
  @Field(() => PlainDateScalar, { description: 'The first day of the month; it is compared with the same month a year before.' })
  readonly month!: PlainDate;

  @Field(() => Decimal, { nullable: true, description: 'Net retention: 1.05 is 105 %. Null when nobody had any a year before.' })
  readonly ndr!: string | null;

  @Field(() => Decimal, { nullable: true, description: 'Gross retention: growth is not counted. Null when nobody had any a year before.' })
  readonly gdr!: string | null;

  @Field(() => Int, { description: 'Parent companies that have none any more.' })
  readonly organizationsChurned!: number;
}
