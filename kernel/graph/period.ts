import 'reflect-metadata';
import { Directive, Field, ObjectType } from 'type-graphql';
import type { Period, PlainDate } from '../time';
import { Wrapper } from './plain-resolver';
import { PlainDateScalar } from './scalars';

/** The GraphQL type `Period`; its source object is the kernel's `Period`. */
@Wrapper()
@Directive('@shareable')
@ObjectType('Period', { simpleResolvers: true, description: 'A stretch of days. Periods that touch share one date.' })
export class PeriodType implements Period {
  @Field(() => PlainDateScalar, { description: 'The first day of the period.' })
  readonly startsOn!: PlainDate;

  @Field(() => PlainDateScalar, { description: 'The day after the last day of the period.' })
  readonly endsOn!: PlainDate;
}
