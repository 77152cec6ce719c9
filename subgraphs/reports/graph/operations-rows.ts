import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { MoneyType } from '#kernel/graph/money';
import { DateTime, Decimal, PlainDateScalar } from '#kernel/graph/scalars';
import type { Id, InvoiceId, OrderId, SubscriptionId, TrialId } from '#kernel/ids';
import type { Money } from '#kernel/money';
import type { Instant, PlainDate } from '#kernel/time';
import type { RowOf } from '../domain/columns';
import type { RECEIVABLE_COLUMNS } from '../store/receivables';
import type { ACTIVATION_COLUMNS, LAG_COLUMNS, SEAT_COLUMNS, TRIAL_COLUMNS } from '../store/use-rows';
import { AgingBucketEnum } from './enums';

@ObjectType({ simpleResolvers: true, description: 'An invoice on which something was owed.' })
export class ReceivableRow implements RowOf<typeof RECEIVABLE_COLUMNS> {
  @Field(() => ID, { description: 'The id of the invoice.' })
  readonly id!: InvoiceId;

  @Field(() => String, { description: 'Its number.' })
  readonly number!: string;

  @Field(() => PlainDateScalar, { description: 'The day on which it was due.' })
  readonly dueOn!: PlainDate;

  @Field(() => Int, { description: 'For how many days it had been due; 0 where it was not.' })
  readonly daysOverdue!: number;

  @Field(() => AgingBucketEnum, { description: 'For how long it had been due.' })
  readonly bucket!: string;

  @Field(() => MoneyType, { description: 'What was owed.' })
  readonly balance!: Money;
}

@ObjectType({ simpleResolvers: true, description: 'How one subscription uses its seats, by its newest report.' })
export class SeatUtilisationRow implements RowOf<typeof SEAT_COLUMNS> {
  @Field(() => ID, { description: 'The id of the subscription.' })
  readonly id!: SubscriptionId;

  @Field(() => String, { description: 'The segment of the account.' })
  readonly segment!: string;

  @Field(() => PlainDateScalar, { description: 'The day that the report speaks of.' })
  readonly usedOn!: PlainDate;

  @Field(() => Int, { description: 'Its seats.' })
  readonly seats!: number;

  @Field(() => Int, { description: 'Its billable users.' })
  readonly billable!: number;

  @Field(() => Int, { description: 'Users above the seats.' })
  readonly seatsOver!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'An activation code: when it was issued and first used. The code itself is not known here.',
})
export class ActivationRow implements RowOf<typeof ACTIVATION_COLUMNS> {
  @Field(() => ID, { description: 'The id of the activation.' })
  readonly id!: Id<'activation'>;

  @Field(() => DateTime, { description: 'When it was issued.' })
  readonly issuedAt!: Instant;

  @Field(() => DateTime, { nullable: true, description: 'When it first activated an instance. Null while it has not.' })
  readonly activatedAt!: Instant | null;
}

@ObjectType({ simpleResolvers: true, description: 'A trial, and whether it became a subscription.' })
export class TrialRow implements RowOf<typeof TRIAL_COLUMNS> {
  @Field(() => ID, { description: 'The id of the trial.' })
  readonly id!: TrialId;

  @Field(() => PlainDateScalar, { description: 'Its first day.' })
  readonly startedOn!: PlainDate;

  @Field(() => PlainDateScalar, { nullable: true, description: 'The day on which its group bought a plan. Null while it has not.' })
  readonly convertedOn!: PlainDate | null;
}

@ObjectType({ simpleResolvers: true, description: 'An order and an invoice of it, and how long both took.' })
export class OrderToCashRow implements RowOf<typeof LAG_COLUMNS> {
  @Field(() => ID, { description: 'The id of the order.' })
  readonly id!: OrderId;

  @Field(() => String, { description: 'The channel that it came through.' })
  readonly channel!: string;

  @Field(() => DateTime, { description: 'When it was placed.' })
  readonly placedAt!: Instant;

  @Field(() => DateTime, { nullable: true, description: 'When it was fulfilled. Null while it is not.' })
  readonly fulfilledAt!: Instant | null;

  @Field(() => Decimal, { nullable: true, description: 'Seconds from the one to the other.' })
  readonly seconds!: string | null;

  @Field(() => String, { nullable: true, description: 'The number of its invoice. Null where it has none.' })
  readonly invoiceNumber!: string | null;

  @Field(() => PlainDateScalar, { nullable: true, description: 'The day on which the invoice was posted.' })
  readonly issuedOn!: PlainDate | null;

  @Field(() => PlainDateScalar, { nullable: true, description: 'The day on which nothing was owed on it any more.' })
  readonly settledOn!: PlainDate | null;

  @Field(() => Int, { nullable: true, description: 'Days from the one to the other.' })
  readonly days!: number | null;
}

export const ReceivableRowConnection = connectionType(ReceivableRow, 'ReceivableRow');
export const SeatUtilisationRowConnection = connectionType(SeatUtilisationRow, 'SeatUtilisationRow');
export const ActivationRowConnection = connectionType(ActivationRow, 'ActivationRow');
export const TrialRowConnection = connectionType(TrialRow, 'TrialRow');
export const OrderToCashRowConnection = connectionType(OrderToCashRow, 'OrderToCashRow');
