import { Field, Int, ObjectType } from 'type-graphql';
import { MoneyType } from '#kernel/graph/money';
import { Decimal, PlainDateScalar } from '#kernel/graph/scalars';
import type { Money } from '#kernel/money';
import type { Period, PlainDate } from '#kernel/time';
import type { AgingBucket as Bucket } from '../domain/aging';
import { Report } from './definition';
import { AgingBucketEnum } from './enums';

@ObjectType({ simpleResolvers: true, description: 'What is owed and has been due for about as long.' })
export class AgedReceivables {
  @Field(() => AgingBucketEnum, { description: 'For how long it has been due.' })
  readonly bucket!: Bucket;

  @Field(() => MoneyType, { description: 'What is owed.' })
  readonly balance!: Money;

  @Field(() => Int, { description: 'The accounts that owe it.' })
  readonly accounts!: number;
}

@ObjectType({ simpleResolvers: true, description: 'What was owed at the end of a day, by how long it had been due.' })
export class ArAgingReport extends Report {
  @Field(() => PlainDateScalar, { description: 'The day.' })
  readonly on!: PlainDate;

  @Field(() => [AgedReceivables], { description: 'Every bucket, from what is current to what is oldest.' })
  readonly buckets!: readonly AgedReceivables[];

  @Field(() => MoneyType, { description: 'The buckets together.' })
  readonly total!: Money;
}

@ObjectType({ simpleResolvers: true, description: 'How the seats of some subscriptions are used.' })
export class SeatUtilisationGroup {
  @Field(() => [String], { description: 'Which: one value for each dimension that was asked for.' })
  readonly keys!: readonly string[];

  @Field(() => Int, { description: 'Their seats.' })
  readonly seats!: number;

  @Field(() => Int, { description: 'Their billable users.' })
  readonly billable!: number;

  @Field(() => Decimal, { nullable: true, description: 'Users of a seat: 0.8 is 80 %. Null without seats.' })
  readonly utilisation!: string | null;

  @Field(() => Int, { description: 'Users above the seats, counted for each subscription.' })
  readonly seatsOver!: number;
}

@ObjectType({ simpleResolvers: true, description: 'How seats were used on a day.' })
export class SeatUtilisationReport extends Report {
  @Field(() => PlainDateScalar, { description: 'The day.' })
  readonly on!: PlainDate;

  @Field(() => [SeatUtilisationGroup], { description: 'The subscriptions in groups, in the order of their keys.' })
  readonly groups!: readonly SeatUtilisationGroup[];
}

@ObjectType({ simpleResolvers: true, description: 'What became of the activation codes that were issued in a month.' })
export class LicenseActivationsReport extends Report {
  @Field(() => PlainDateScalar, { description: 'The first day of the month.' })
  readonly month!: PlainDate;

  @Field(() => Int, { description: 'Codes that were issued.' })
  readonly issued!: number;

  @Field(() => Int, { description: 'Of them, those that have activated an instance since.' })
  readonly activated!: number;

  @Field(() => Decimal, { nullable: true, description: 'The median of days between. Null when none was activated.' })
  readonly medianDaysToActivate!: string | null;

  @Field(() => Int, { description: 'Codes that have lain idle for more than 30 days.' })
  readonly notActivatedOver30Days!: number;
}

@ObjectType({ simpleResolvers: true, description: 'What became of the trials that started in a month.' })
export class TrialConversionReport extends Report {
  @Field(() => PlainDateScalar, { description: 'The first day of the month.' })
  readonly month!: PlainDate;

  @Field(() => Int, { description: 'Trials that started.' })
  readonly started!: number;

  @Field(() => Int, { description: 'Of them, those that have become a subscription since.' })
  readonly converted!: number;

  @Field(() => Decimal, { nullable: true, description: 'The one of the other: 0.25 is 25 %. Null when none started.' })
  readonly rate!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'How long something took.' })
export class Lag {
  @Field(() => Decimal, { nullable: true, description: 'Half of them took at most this long. Null without any.' })
  readonly p50!: string | null;

  @Field(() => Decimal, { nullable: true, description: '95 of a hundred took at most this long. Null without any.' })
  readonly p95!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'How long some orders took.' })
export class OrderToCashGroup {
  @Field(() => [String], { description: 'Which: one value for each dimension that was asked for.' })
  readonly keys!: readonly string[];

  @Field(() => Lag, { description: 'Seconds from placed to fulfilled.' })
  readonly placedToFulfilledSeconds!: Lag;

  @Field(() => Lag, { description: 'Days from the invoice to the day on which nothing was owed on it.' })
  readonly invoicedToPaidDays!: Lag;
}

@ObjectType({ simpleResolvers: true, description: 'How long orders took from click to cash.' })
export class OrderToCashReport extends Report {
  /** For its rows; not published. */
  readonly period!: Period;

  @Field(() => [OrderToCashGroup], { description: 'The orders in groups, in the order of their keys.' })
  readonly groups!: readonly OrderToCashGroup[];
}
