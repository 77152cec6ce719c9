import { Field, Int, ObjectType } from 'type-graphql';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import type { Instant, PlainDate } from '#kernel/time';
import type { Definition } from '../domain/definitions';
import type { ReportName } from '../domain/report-question';
import { MetricDefinition } from './definition';
import { ReportNameEnum } from './report-export';

@ObjectType({ simpleResolvers: true, description: 'A line of a report as it was written down.' })
export class MetricSnapshotLine {
  @Field(() => [String], { description: 'A value for each column; empty where there was none. Amounts are in the reporting currency.' })
  readonly values!: readonly string[];
}

@ObjectType({
  simpleResolvers: true,
  description: 'What a report said at the end of a month. It was written down then, and is never changed.',
})
export class MetricSnapshot {
  @Field(() => ReportNameEnum, { description: 'Which report.' })
  readonly report!: ReportName;

  @Field(() => PlainDateScalar, { description: 'The first day of the month.' })
  readonly month!: PlainDate;

  @Field(() => DateTime, { description: 'The end of the month: it was counted with what was known then.' })
  readonly asOf!: Instant;

  @Field(() => DateTime, { description: 'When it was written down.' })
  readonly takenAt!: Instant;

  @Field(() => MetricDefinition, { description: 'What its numbers mean.' })
  readonly definition!: Definition;

  @Field(() => Int, { description: 'The version of the definition that was counted by.' })
  readonly definitionVersion!: number;

  @Field(() => [String], { description: 'The names of its columns.' })
  readonly columns!: readonly string[];

  @Field(() => [MetricSnapshotLine], { description: 'Its lines, in the order of their keys.' })
  readonly lines!: readonly MetricSnapshotLine[];
}
