import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '#kernel/graph/scalars';
import type { Definition } from '../domain/definitions';
import type { Heading } from './context';

@ObjectType({ simpleResolvers: true, description: 'What a number of a report means. A change of meaning is a new version.' })
export class MetricDefinition implements Definition {
  @Field(() => ID, { description: 'Which metric it is: `arr`.' })
  readonly id!: Definition['id'];

  @Field(() => Int, { description: 'Grows by one when the number means something else.' })
  readonly version!: number;

  @Field(() => String, { description: 'What people call it.' })
  readonly name!: string;

  @Field(() => String, { description: 'How it is counted, in words.' })
  readonly formula!: string;

  @Field(() => String, { description: 'Who answers for what it means.' })
  readonly owner!: string;

  @Field(() => String, { description: 'How its months, quarters and years are counted.' })
  readonly fiscalCalendar!: string;

  @Field(() => String, { description: 'In which currency it is told, and how others count.' })
  readonly currencyRule!: string;
}

/** What every report's answer begins with. */
@ObjectType({ simpleResolvers: true })
export abstract class Report implements Heading {
  @Field(() => DateTime, { description: 'The moment as of which it was counted, with what was known then.' })
  readonly asOf!: Date;

  @Field(() => MetricDefinition, { description: 'What its numbers mean.' })
  readonly definition!: Definition;
}
