import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ConnectionArgs } from '#kernel/graph/connection';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import { sum } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import { monthOf } from '../domain/calendar';
import { DEFINITIONS, type Definition } from '../domain/definitions';
import type { ArrDimension } from '../domain/dimensions';
import { ratio } from '../domain/renewal-result';
import { REPORTING_CURRENCY } from '../domain/reporting-currency';
import { arrGroups, arrMovements, mrrMovements, retained } from '../store/recurring';
import { arrMovementRows, arrRows, mrrRows, retentionRows } from '../store/recurring-rows';
import { dimensionsOf, headingOf, monthsOf, type ReportsContext } from './context';
import { MetricDefinition } from './definition';
import { ArrDimensionEnum } from './enums';
import { ArrMovements, ArrReport, MrrMonth, RetentionReport } from './recurring';
import { ArrMovementRowConnection, ArrRowConnection, MrrRowConnection, RetentionRowConnection } from './recurring-rows';
import { rowsOf } from './rows';

@Resolver(() => ArrReport)
export class RecurringResolver {
  @Query(() => [MetricDefinition], { nullable: true, description: 'What the numbers of all reports mean.' })
  metricDefinitions(): readonly Definition[] {
    return Object.values(DEFINITIONS);
  }

  @Query(() => ArrReport, { nullable: true, description: 'Annual recurring revenue of a month.' })
  async arr(
    @Arg('month', () => PlainDateScalar, { description: 'A day of the month.' }) day: PlainDate,
    @Arg('by', () => [ArrDimensionEnum], {
      defaultValue: [],
      description: 'How it is grouped: at most 3 dimensions. As a whole when empty.',
    })
    by: readonly ArrDimension[],
    @Arg('asOf', () => DateTime, { nullable: true, description: 'As it was known at this moment. Now when absent.' }) asOf: Date | null,
    @Ctx() ctx: ReportsContext,
  ): Promise<ArrReport> {
    const heading = headingOf('arr', ctx, asOf);
    const month = monthOf(day);
    const groups = await arrGroups(ctx.db, { month, asOf: heading.asOf }, dimensionsOf(by));
    const total = sum(
      groups.map(group => group.arr),
      REPORTING_CURRENCY,
    );
    return { ...heading, month, groups, total };
  }

  @FieldResolver(() => ArrRowConnection, { nullable: true, description: 'The charges that it is the sum of.' })
  rows(@Root() { month, asOf }: ArrReport, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: ReportsContext) {
    return rowsOf(ctx, args, arrRows({ month, asOf }));
  }

  @Query(() => [MrrMonth], { nullable: true, description: 'How monthly recurring revenue moved, month by month.' })
  async mrrRollforward(
    @Arg('from', () => PlainDateScalar, { description: 'A day of the first month.' }) from: PlainDate,
    @Arg('to', () => PlainDateScalar, { description: 'A day of the last month: at most 36 months.' }) to: PlainDate,
    @Arg('asOf', () => DateTime, { nullable: true, description: 'As it was known at this moment. Now when absent.' }) asOf: Date | null,
    @Ctx() ctx: ReportsContext,
  ): Promise<readonly MrrMonth[]> {
    const heading = headingOf('mrr', ctx, asOf);
    const months = await mrrMovements(ctx.db, monthsOf(from, to), heading.asOf);
    return months.map(month => ({ ...heading, ...month }));
  }

  @Query(() => ArrMovements, { nullable: true, description: 'How annual recurring revenue moved from the month before, and why.' })
  async arrMovements(
    @Arg('month', () => PlainDateScalar, { description: 'A day of the month.' }) day: PlainDate,
    @Arg('asOf', () => DateTime, { nullable: true, description: 'As it was known at this moment. Now when absent.' }) asOf: Date | null,
    @Ctx() ctx: ReportsContext,
  ): Promise<ArrMovements> {
    const heading = headingOf('arr-movements', ctx, asOf);
    const month = monthOf(day);
    return { ...heading, month, ...(await arrMovements(ctx.db, { month, asOf: heading.asOf })) };
  }

  @Query(() => RetentionReport, { nullable: true, description: 'Net and gross retention over the year that ends with a month.' })
  async retention(
    @Arg('month', () => PlainDateScalar, { description: 'A day of the month.' }) day: PlainDate,
    @Arg('asOf', () => DateTime, { nullable: true, description: 'As it was known at this moment. Now when absent.' }) asOf: Date | null,
    @Ctx() ctx: ReportsContext,
  ): Promise<RetentionReport> {
    const heading = headingOf('retention', ctx, asOf);
    const month = monthOf(day);
    const { now, yearBefore, kept, churned } = await retained(ctx.db, { month, asOf: heading.asOf });
    return {
      ...heading,
      month,
      ndr: ratio(now.minor, yearBefore.minor),
      gdr: ratio(kept.minor, yearBefore.minor),
      organizationsChurned: churned,
    };
  }
}

@Resolver(() => MrrMonth)
export class MrrMonthResolver {
  @FieldResolver(() => MrrRowConnection, { nullable: true, description: 'The companies that it is the sum of.' })
  rows(@Root() { month, asOf }: MrrMonth, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: ReportsContext) {
    return rowsOf(ctx, args, mrrRows(month, month, asOf));
  }
}

@Resolver(() => ArrMovements)
export class ArrMovementsResolver {
  @FieldResolver(() => ArrMovementRowConnection, { nullable: true, description: 'The products of companies that it is the sum of.' })
  rows(@Root() { month, asOf }: ArrMovements, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: ReportsContext) {
    return rowsOf(ctx, args, arrMovementRows({ month, asOf }));
  }
}

@Resolver(() => RetentionReport)
export class RetentionResolver {
  @FieldResolver(() => RetentionRowConnection, { nullable: true, description: 'The parent companies that it is counted from.' })
  rows(@Root() { month, asOf }: RetentionReport, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: ReportsContext) {
    return rowsOf(ctx, args, retentionRows({ month, asOf }));
  }
}
