import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ConnectionArgs } from '#kernel/graph/connection';
import { addMonths, type Period, type PlainDate, period } from '#kernel/time';
import { receivableRows } from '../store/receivables';
import { activationRows, lagRows, seatRows, trialRows } from '../store/use-rows';
import type { ReportsContext } from './context';
import { ArAgingReport, LicenseActivationsReport, OrderToCashReport, SeatUtilisationReport, TrialConversionReport } from './operations';
import {
  ActivationRowConnection,
  OrderToCashRowConnection,
  ReceivableRowConnection,
  SeatUtilisationRowConnection,
  TrialRowConnection,
} from './operations-rows';
import { rowsOf } from './rows';

const daysOf = (month: PlainDate): Period => period(month, addMonths(month, 1));

@Resolver(() => ArAgingReport)
export class ArAgingResolver {
  @FieldResolver(() => ReceivableRowConnection, { nullable: true, description: 'The invoices that it is the sum of.' })
  rows(@Root() { on }: ArAgingReport, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: ReportsContext) {
    return rowsOf(ctx, args, receivableRows(on));
  }
}

@Resolver(() => SeatUtilisationReport)
export class SeatUtilisationResolver {
  @FieldResolver(() => SeatUtilisationRowConnection, { nullable: true, description: 'The subscriptions that it is the sum of.' })
  rows(@Root() { on }: SeatUtilisationReport, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: ReportsContext) {
    return rowsOf(ctx, args, seatRows(on));
  }
}

@Resolver(() => LicenseActivationsReport)
export class LicenseActivationsResolver {
  @FieldResolver(() => ActivationRowConnection, { nullable: true, description: 'The activation codes that it counts.' })
  rows(@Root() { month }: LicenseActivationsReport, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: ReportsContext) {
    return rowsOf(ctx, args, activationRows(daysOf(month)));
  }
}

@Resolver(() => TrialConversionReport)
export class TrialConversionResolver {
  @FieldResolver(() => TrialRowConnection, { nullable: true, description: 'The trials that it counts.' })
  rows(@Root() { month }: TrialConversionReport, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: ReportsContext) {
    return rowsOf(ctx, args, trialRows(daysOf(month)));
  }
}

@Resolver(() => OrderToCashReport)
export class OrderToCashResolver {
  @FieldResolver(() => OrderToCashRowConnection, { nullable: true, description: 'The orders that it is counted from.' })
  rows(@Root() { period }: OrderToCashReport, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: ReportsContext) {
    return rowsOf(ctx, args, lagRows(period));
  }
}
