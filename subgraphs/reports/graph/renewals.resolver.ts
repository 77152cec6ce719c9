import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ConnectionArgs } from '#kernel/graph/connection';
import { DateTime } from '#kernel/graph/scalars';
import { dayOf } from '#kernel/time';
import { ratio, renewalResult } from '../domain/renewal-result';
import { renewalRows, renewalTotals } from '../store/renewals';
import { headingOf, quarterOf, type ReportsContext } from './context';
import { RenewalResultEnum } from './enums';
import { RenewalRow, RenewalRowConnection, RenewalsReport } from './renewals';
import { rowsOf } from './rows';

@Resolver(() => RenewalsReport)
export class RenewalsResolver {
  @Query(() => RenewalsReport, { nullable: true, description: 'What can be renewed in a fiscal quarter.' })
  async availableToRenew(
    @Arg('fiscalQuarter', () => String, { description: 'The quarter: `FY2027-Q1`. Fiscal years begin on 1 February.' }) quarter: string,
    @Arg('asOf', () => DateTime, { nullable: true, description: 'As it was known at this moment. Now when absent.' }) asOf: Date | null,
    @Ctx() ctx: ReportsContext,
  ): Promise<RenewalsReport> {
    const heading = headingOf('available-to-renew', ctx, asOf);
    const period = quarterOf(quarter);
    const totals = await renewalTotals(ctx.db, { period, asOf: heading.asOf, today: dayOf(heading.asOf) });
    return { ...heading, period, ...totals, renewalRate: ratio(totals.renewed.minor, totals.ended.minor) };
  }

  @FieldResolver(() => RenewalRowConnection, { nullable: true, description: 'The terms that it is the sum of.' })
  subscriptions(@Root() { period, asOf }: RenewalsReport, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: ReportsContext) {
    return rowsOf(ctx, args, renewalRows({ period, asOf, today: dayOf(asOf) }));
  }
}

@Resolver(() => RenewalRow)
export class RenewalRowResolver {
  @FieldResolver(() => RenewalResultEnum, { description: 'What became of it.' })
  result(@Root() { basis, renewed }: RenewalRow) {
    return renewalResult(basis, renewed);
  }
}
