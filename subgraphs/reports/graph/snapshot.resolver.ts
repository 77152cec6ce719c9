import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { PlainDateScalar } from '#kernel/graph/scalars';
import type { PlainDate } from '#kernel/time';
import { monthOf } from '../domain/calendar';
import { DEFINITIONS } from '../domain/definitions';
import { metricOf, type ReportName } from '../domain/report-question';
import { snapshotLines } from '../store/snapshots';
import type { ReportsContext } from './context';
import { ReportNameEnum } from './report-export';
import { MetricSnapshot } from './snapshot';

@Resolver()
export class SnapshotResolver {
  @Query(() => MetricSnapshot, {
    nullable: true,
    description: 'What a report said at the end of a month, as it was written down then. Null when the month has not ended.',
  })
  async metricSnapshot(
    @Arg('report', () => ReportNameEnum, { description: 'Which report.' }) report: ReportName,
    @Arg('month', () => PlainDateScalar, { description: 'A day of the month.' }) day: PlainDate,
    @Ctx() ctx: ReportsContext,
  ): Promise<MetricSnapshot | null> {
    const [names, ...lines] = await snapshotLines(ctx.db, report, monthOf(day));
    if (!names) return null;
    const { month, asOf, takenAt, definitionVersion } = names;
    const definition = DEFINITIONS[metricOf(report)];
    return { report, month, asOf, takenAt, definition, definitionVersion, columns: names.values, lines };
  }
}
