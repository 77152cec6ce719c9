import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { enumOf } from '#kernel/graph/enum';
import { Node } from '#kernel/graph/node';
import { DateTime } from '#kernel/graph/scalars';
import type { ClockMovementId } from '#kernel/ids';
import { always, Publishes } from '#kernel/published';
import { MOVEMENT_STATES, type MovementState } from '../domain/movement';
import type { ClockMovementRow } from '../store/tables';

export const ClockMovementStateEnum = enumOf('ClockMovementState', MOVEMENT_STATES, 'How far a movement of the clock is.', {
  RUNNING: 'Time stands at a stop on the way, until everything that is due there is done.',
  DONE: 'Its end was reached, and the clock runs on from there.',
});

@Publishes<ClockMovementRow>()
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, implements: Node, description: 'A movement of the deployment’s clock to a later moment.' })
export class ClockMovement {
  @always(() => ID, { description: 'The global id of the movement.' })
  readonly id!: ClockMovementId;

  @always(() => DateTime, { description: 'The moment from which time was moved.' })
  readonly startsAt!: Date;

  @always(() => DateTime, { description: 'The moment to which time is moved.' })
  readonly endsAt!: Date;

  @always(() => DateTime, { description: 'The last stop on the way. What was due before it is done.' })
  readonly reachedAt!: Date;

  @always(() => ClockMovementStateEnum, { description: 'How far it is.' })
  readonly state!: MovementState;

  @always(() => String, { description: 'Who moved time.' })
  readonly startedBy!: string;

  @always(() => [String], { description: 'The houses that are still at work at this stop, or away. Empty while all goes quickly.' })
  readonly waitsFor!: readonly string[];
}

@ObjectType({ simpleResolvers: true, description: 'The time of this deployment, which every date and every timer follows.' })
export class DeploymentClock {
  @Field(() => DateTime, { description: 'The moment it shows.' })
  readonly at!: Date;

  @Field(() => Boolean, {
    description: 'True in a test or a demonstration, where time can be moved. False where it is the clock on the wall.',
  })
  readonly isMovable!: boolean;

  @Field(() => Boolean, { description: 'True while time is being moved.' })
  readonly isMoving!: boolean;
}
