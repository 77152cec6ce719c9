import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { ConnectionArgs } from '#kernel/graph/connection';
import { sum } from '#kernel/money';
import type { BookingDimension } from '../domain/dimensions';
import { REPORTING_CURRENCY } from '../domain/reporting-currency';
import { bookingGroups, bookingRows } from '../store/bookings';
import { BookingRowConnection, BookingsReport } from './bookings';
import { dimensionsOf, fiscalPeriodOf, headingOf, type ReportsContext } from './context';
import { BookingDimensionEnum } from './enums';
import { rowsOf } from './rows';

@Resolver(() => BookingsReport)
export class BookingsResolver {
  @Query(() => BookingsReport, { nullable: true, description: 'What was booked in a fiscal quarter or year: name one of them.' })
  async bookings(
    @Arg('fiscalQuarter', () => String, { nullable: true, description: 'The quarter: `FY2027-Q1`. Fiscal years begin on 1 February.' })
    quarter: string | null,
    @Arg('fiscalYear', () => Int, { nullable: true, description: 'The year: 2027 ends on 31 January 2027.' }) year: number | null,
    @Arg('by', () => [BookingDimensionEnum], {
      defaultValue: [],
      description: 'How it is grouped: at most 3 dimensions. As a whole when empty.',
    })
    by: readonly BookingDimension[],
    @Ctx() ctx: ReportsContext,
  ): Promise<BookingsReport> {
    const period = fiscalPeriodOf(quarter ?? null, year ?? null);
    const groups = await bookingGroups(ctx.db, period, dimensionsOf(by));
    const total = sum(
      groups.map(group => group.netArr),
      REPORTING_CURRENCY,
    );
    return { ...headingOf('bookings', ctx), ...period, groups, total };
  }

  @FieldResolver(() => BookingRowConnection, { nullable: true, description: 'The orders that it is the sum of.' })
  rows(@Root() { startsOn, endsOn }: BookingsReport, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: ReportsContext) {
    return rowsOf(ctx, args, bookingRows({ startsOn, endsOn }));
  }
}
