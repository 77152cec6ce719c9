import { Field, Int, ObjectType } from 'type-graphql';
import { MoneyType } from '#kernel/graph/money';
import { PlainDateScalar } from '#kernel/graph/scalars';
import type { Money } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import type { BookingGroup as BookingGroupSource } from '../store/bookings';
import { Report } from './definition';

@ObjectType({ simpleResolvers: true, description: 'A part of what was booked.' })
export class BookingGroup implements BookingGroupSource {
  @Field(() => [String], { description: 'What it is the part of: one value for each dimension that was asked for.' })
  readonly keys!: readonly string[];

  @Field(() => MoneyType, { description: 'By how much it changes recurring revenue, for a year.' })
  readonly netArr!: Money;

  @Field(() => Int, { description: 'The orders in it.' })
  readonly deals!: number;
}

@ObjectType({ simpleResolvers: true, description: 'What was booked in a fiscal quarter or year.' })
export class BookingsReport extends Report {
  @Field(() => PlainDateScalar, { description: 'The first day that is counted.' })
  readonly startsOn!: PlainDate;

  @Field(() => PlainDateScalar, { description: 'The day after the last one that is counted.' })
  readonly endsOn!: PlainDate;

  @Field(() => [BookingGroup], { description: 'Its parts, in the order of their keys.' })
  readonly groups!: readonly BookingGroupSource[];

  @Field(() => MoneyType, { description: 'The parts together.' })
  readonly total!: Money;
}
