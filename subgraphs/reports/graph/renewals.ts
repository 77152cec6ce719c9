import { Field, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { MoneyType } from '#kernel/graph/money';
import { Decimal, PlainDateScalar } from '#kernel/graph/scalars';
import type { Money } from '#kernel/money';
import type { Period, PlainDate } from '#kernel/time';
import { Report } from './definition';

@ObjectType({ simpleResolvers: true, description: 'A term that can be renewed, and what became of it.' })
export class RenewalRow {
  @Field(() => String, { description: 'The name of the subscription.' })
  readonly subscriptionName!: string;

  @Field(() => PlainDateScalar, { description: 'The day after its last day.' })
  readonly endsOn!: PlainDate;

  @Field(() => MoneyType, { description: 'What was in force on its last day, for a year.' })
  readonly basis!: Money;

  @Field(() => MoneyType, { nullable: true, description: 'What of it went on. Null while it runs.' })
  readonly renewed!: Money | null;
}

export const RenewalRowConnection = connectionType(RenewalRow, 'RenewalRow');

@ObjectType({ simpleResolvers: true, description: 'What could be renewed in a period, and what became of it.' })
export class RenewalsReport extends Report {
  /** For its rows; not published. */
  readonly period!: Period;

  @Field(() => MoneyType, { description: 'What is in force on the last days of the terms that end in the period, for a year.' })
  readonly atr!: Money;

  @Field(() => MoneyType, { description: 'What of it went on.' })
  readonly renewed!: Money;

  @Field(() => MoneyType, { description: 'What of it did not go on.' })
  readonly churned!: Money;

  @Field(() => Decimal, { nullable: true, description: 'What was renewed of what has ended: 0.95 is 95 %. Null when nothing has ended.' })
  readonly renewalRate!: string | null;
}
