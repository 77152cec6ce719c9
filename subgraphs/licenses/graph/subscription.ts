import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { PlainDateScalar } from '#kernel/graph/scalars';
import type { SubscriptionId } from '#kernel/ids';
import { always, Publishes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import type { SeatAlertLevel } from '../domain/seats';
import type { SeatAlertRow } from '../store/tables';
import { SeatAlertLevelEnum } from './license-enums';

/** A neighbour's entity, to which this house adds what concerns licences. Its source is the house's copy of it. */
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'An agreement with a customer.' })
export class Subscription {
  @Field(() => ID, { description: 'The id of the subscription.' })
  readonly id!: SubscriptionId;
}

@ObjectType({ simpleResolvers: true, description: 'What the instances of a subscription counted on one day.' })
export class SeatUsage {
  @Field(() => PlainDateScalar, { description: 'The day.' })
  readonly on!: PlainDate;

  @Field(() => Int, { description: 'Users who needed a seat on that day.' })
  readonly billable!: number;

  @Field(() => Int, { description: 'The most users of the term, up to that day.' })
  readonly max!: number;

  @Field(() => Int, { description: 'Seats bought, on that day.' })
  readonly seats!: number;

  @Field(() => Int, { description: 'Users above the seats bought: the most users less the seats, never below zero.' })
  readonly overage!: number;
}

@Publishes<SeatAlertRow>()
@ObjectType({ simpleResolvers: true, description: 'That the seats of a subscription run out.' })
export class SeatAlert {
  @always(() => SeatAlertLevelEnum, { description: 'How urgent it is.' })
  readonly level!: SeatAlertLevel;

  @always(() => Int, { description: 'Users who needed a seat.' })
  readonly users!: number;

  @always(() => Int, { description: 'Seats bought.' })
  readonly seats!: number;

  @always(() => PlainDateScalar, { description: 'The day that was counted.' })
  readonly raisedOn!: PlainDate;
}
