import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { MoneyType } from '#kernel/graph/money';
import { PlainDateScalar } from '#kernel/graph/scalars';
import type { OrderId } from '#kernel/ids';
import type { Money } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import type { RowOf } from '../domain/columns';
import type { BOOKING_COLUMNS, BookingGroup as BookingGroupSource } from '../store/bookings';
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

@ObjectType({ simpleResolvers: true, description: 'An order that was booked.' })
export class BookingRow implements RowOf<typeof BOOKING_COLUMNS> {
  @Field(() => ID, { description: 'The id of the order.' })
  readonly id!: OrderId;

  @Field(() => PlainDateScalar, { description: 'The day on which it was placed.' })
  readonly placedOn!: PlainDate;

  @Field(() => String, { description: 'What kind of business it was.' })
  readonly orderType!: string;

  @Field(() => String, { description: 'The channel that it came through.' })
  readonly channel!: string;

  @Field(() => String, { description: 'How it was sold.' })
  readonly dealType!: string;

  @Field(() => String, { description: 'The segment of the account.' })
  readonly segment!: string;

  @Field(() => String, { description: 'The partner that sold it on; NONE where we sold it ourselves.' })
  readonly partner!: string;

  @Field(() => MoneyType, { description: 'By how much it changes recurring revenue, for a year.' })
  readonly netArr!: Money;
}

export const BookingRowConnection = connectionType(BookingRow, 'BookingRow');

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
