import { Field, InputType } from 'type-graphql';
import { MutationInput } from '#kernel/graph/mutation-input';
import { DateTime } from '#kernel/graph/scalars';
import type { MoveClock } from '../actions/moveClock';

@InputType({ description: 'Where time is to go in a test or a demonstration.' })
export class MoveClockInput extends MutationInput implements MoveClock {
  @Field(() => DateTime, { description: 'The moment at which the movement ends: later than now, and at most 60 months ahead.' })
  readonly to!: Date;
}
