import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { PlainDateScalar } from '#kernel/graph/scalars';
import { sum } from '#kernel/money';
import { addDays, addMonths, type PlainDate, period } from '#kernel/time';
import { monthOf } from '../domain/calendar';
import type { OrderDimension, SeatDimension } from '../domain/dimensions';
import { ratio } from '../domain/renewal-result';
import { REPORTING_CURRENCY } from '../domain/reporting-currency';
import { agedOn } from '../store/receivables';
import { activationsOf, lagGroups, seatGroups, trialsOf } from '../store/use';
import { dimensionsOf, headingOf, monthsOf, type ReportsContext } from './context';
import { OrderDimensionEnum, SeatDimensionEnum } from './enums';
import { ArAgingReport, LicenseActivationsReport, OrderToCashReport, SeatUtilisationReport, TrialConversionReport } from './operations';

@Resolver()
export class OperationsResolver {
  @Query(() => ArAgingReport, { nullable: true, description: 'What was owed at the end of a day, by how long it had been due.' })
  async arAging(
    @Arg('on', () => PlainDateScalar, { description: 'The day.' }) on: PlainDate,
    @Ctx() ctx: ReportsContext,
  ): Promise<ArAgingReport> {
    const buckets = await agedOn(ctx.db, on);
    const total = sum(
      buckets.map(({ balance }) => balance),
      REPORTING_CURRENCY,
    );
    return { ...headingOf('ar-aging', ctx), on, buckets, total };
  }

  @Query(() => SeatUtilisationReport, { nullable: true, description: 'How seats were used on a day.' })
  async seatUtilisation(
    @Arg('on', () => PlainDateScalar, { description: 'The day. The newest report of the 30 days up to it counts.' }) on: PlainDate,
    @Arg('by', () => [SeatDimensionEnum], { defaultValue: [], description: 'How it is grouped. As a whole when empty.' })
    by: readonly SeatDimension[],
    @Ctx() ctx: ReportsContext,
  ): Promise<SeatUtilisationReport> {
    const groups = await seatGroups(ctx.db, on, dimensionsOf(by));
    const used = groups.map(group => ({ ...group, utilisation: ratio(BigInt(group.billable), BigInt(group.seats)) }));
    return { ...headingOf('seat-utilisation', ctx), on, groups: used };
  }

  @Query(() => LicenseActivationsReport, { nullable: true, description: 'What became of the activation codes of a month.' })
  async licenseActivations(
    @Arg('month', () => PlainDateScalar, { description: 'A day of the month.' }) day: PlainDate,
    @Ctx() ctx: ReportsContext,
  ): Promise<LicenseActivationsReport> {
    const month = monthOf(day);
    const activations = await activationsOf(ctx.db, period(month, addMonths(month, 1)), ctx.now);
    return { ...headingOf('license-activations', ctx), month, ...activations };
  }

  @Query(() => TrialConversionReport, { nullable: true, description: 'What became of the trials of a month.' })
  async trialConversion(
    @Arg('month', () => PlainDateScalar, { description: 'A day of the month.' }) day: PlainDate,
    @Ctx() ctx: ReportsContext,
  ): Promise<TrialConversionReport> {
    const month = monthOf(day);
    const trials = await trialsOf(ctx.db, period(month, addMonths(month, 1)));
    return { ...headingOf('trial-conversion', ctx), month, ...trials, rate: ratio(BigInt(trials.converted), BigInt(trials.started)) };
  }

  @Query(() => OrderToCashReport, {
    nullable: true,
    description: 'How long orders took, from placed to fulfilled and from invoiced to paid.',
  })
  async orderToCash(
    @Arg('from', () => PlainDateScalar, { description: 'The first day on which they were placed.' }) from: PlainDate,
    @Arg('to', () => PlainDateScalar, { description: 'The last day: at most 36 months later.' }) to: PlainDate,
    @Arg('by', () => [OrderDimensionEnum], { defaultValue: [], description: 'How they are grouped. As a whole when empty.' })
    by: readonly OrderDimension[],
    @Ctx() ctx: ReportsContext,
  ): Promise<OrderToCashReport> {
    monthsOf(from, to);
    const days = period(from, addDays(to, 1));
    return { ...headingOf('order-to-cash', ctx), period: days, groups: await lagGroups(ctx.db, days, dimensionsOf(by)) };
  }
}
