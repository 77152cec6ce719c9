import { Field, ObjectType } from 'type-graphql';
import { userErrorType } from '#kernel/graph/user-error';
import type { ClockMovementRow } from '../store/tables';
import { ClockMovement, DeploymentClock } from './clock';

const { Payload } = userErrorType({
  CLOCK_IS_MOVING: 'Time is being moved already.',
  CLOCK_MOVES_BACK: 'The moment is not later than now.',
  CLOCK_MOVES_TOO_FAR: 'The moment is more than 60 months ahead.',
  CLOCK_NOT_MOVABLE: 'This deployment follows the clock on the wall.',
});

@ObjectType({ simpleResolvers: true, description: 'What came of moving time. It is answered at once; ask for the movement to follow it.' })
export class MoveClockPayload extends Payload {
  @Field(() => ClockMovement, { nullable: true, description: 'The movement, as it begins. Null when the request was declined.' })
  readonly movement!: ClockMovementRow | null;

  @Field(() => DeploymentClock, { nullable: true, description: 'The clock. Null when the request was declined.' })
  readonly clock!: DeploymentClock | null;
}
