import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { ConnectionArgs, connectionOf, idKey } from '#kernel/graph/connection';
import { PlainDateScalar } from '#kernel/graph/scalars';
import { isId } from '#kernel/ids';
import { DEFINITIONS } from '../domain/definitions';
import { downloadPathOf, fileNameOf } from '../domain/report-export';
import { metricOf } from '../domain/report-question';
import type { ReportExportRow } from '../store/export-tables';
import { exportOf, listExports } from '../store/exports';
import type { ReportsContext } from './context';
import { MetricDefinition } from './definition';
import { ReportExport, ReportExportConnection, ReportPartEnum } from './report-export';

/** A file of the viewer's own. */
export const ownExport = async (ctx: ReportsContext, id: string): Promise<ReportExportRow | null> =>
  isId('reportExport', id) ? exportOf(ctx.db, id, ctx.viewer.subject) : null;

@Resolver(() => ReportExport)
export class ReportExportResolver {
  @Query(() => ReportExport, { nullable: true, description: 'A file of yours, and how far it is.' })
  reportExport(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() ctx: ReportsContext): Promise<ReportExportRow | null> {
    return ownExport(ctx, id);
  }

  @Query(() => ReportExportConnection, { nullable: true, description: 'Your files, the newest first.' })
  reportExports(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: ReportsContext) {
    return connectionOf(args, {
      key: idKey('reportExport'),
      cursorOf: (row: ReportExportRow) => row.id,
      rows: (limit, after) => listExports(ctx.db, ctx.viewer.subject, after, limit),
    });
  }

  @FieldResolver(() => ReportPartEnum, { description: 'Whether it is the numbers or the rows behind them.' })
  part(@Root() { question }: ReportExportRow) {
    return question.part;
  }

  @FieldResolver(() => PlainDateScalar, { description: 'The first day that it tells of.' })
  startsOn(@Root() { question }: ReportExportRow) {
    return question.startsOn;
  }

  @FieldResolver(() => PlainDateScalar, { description: 'The day after the last one that it tells of.' })
  endsOn(@Root() { question }: ReportExportRow) {
    return question.endsOn;
  }

  @FieldResolver(() => [String], { description: 'How it is grouped. As a whole when empty.' })
  by(@Root() { question }: ReportExportRow) {
    return question.by;
  }

  @FieldResolver(() => MetricDefinition, { description: 'What its numbers mean.' })
  definition(@Root() { report }: ReportExportRow) {
    return DEFINITIONS[metricOf(report)];
  }

  @FieldResolver(() => String, { description: 'What it is called.' })
  fileName(@Root() { format, report, question }: ReportExportRow) {
    return fileNameOf(format, metricOf(report), question);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where it is downloaded: a path at this address, asked for with the token in the `authorization` header. It takes `Range`, so that an interrupted download goes on where it stopped. Null until it is ready.',
  })
  downloadPath(@Root() { id, format, status }: ReportExportRow) {
    return status === 'READY' ? downloadPathOf(id, format) : null;
  }
}
