import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { ConnectionArgs, connectionOf, type KeyFormat } from '#kernel/graph/connection';
import { answer } from '#kernel/graph/user-error';
import { type PlainDate, plainDateFrom } from '#kernel/time';
import { closePeriod } from '../actions/closePeriod';
import { reopenPeriod } from '../actions/reopenPeriod';
import { actsOfPeriod, countPeriods, listPeriods, periodByMonth } from '../store/periods';
import type { AccountingPeriodRow } from '../store/tables';
import {
  AccountingPeriod,
  AccountingPeriodAct,
  AccountingPeriodConnection,
  ClosePeriodInput,
  ClosePeriodPayload,
  ReopenPeriodInput,
  ReopenPeriodPayload,
} from './accounting-period';
import type { BillingContext } from './context';
import { reasonFrom, writeOf } from './write';

const dayKey: KeyFormat<PlainDate> = { read: plainDateFrom, write: day => day };

@Resolver(() => AccountingPeriod)
export class AccountingPeriodResolver {
  @Query(() => AccountingPeriodConnection, {
    nullable: true,
    description: 'The months of the books that were ever closed, the newest first. All others are open.',
  })
  accountingPeriods(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: BillingContext) {
    return connectionOf(args, {
      key: dayKey,
      cursorOf: (period: AccountingPeriodRow) => period.month,
      rows: (limit, before) => listPeriods(ctx.db, before, limit),
      count: () => countPeriods(ctx.db),
    });
  }

  @FieldResolver(() => [AccountingPeriodAct], { description: 'Who closed it and opened it again, the first first.' })
  acts(@Root() period: AccountingPeriodRow, @Ctx() ctx: BillingContext) {
    return ctx.load(actsOfPeriod, period.month);
  }

  @Mutation(() => ClosePeriodPayload, {
    nullable: true,
    description: 'Closes a month of the books. From then on whatever would be posted in it is refused with `PERIOD_CLOSED`.',
  })
  async closePeriod(
    @Arg('input', () => ClosePeriodInput, { description: 'Which month.' }) input: ClosePeriodInput,
    @Ctx() ctx: BillingContext,
  ) {
    const result = await ctx.write(writeOf('closePeriod', input), work => closePeriod(work, input));
    return answer(ctx, result, async period => ({ period: await periodNow(ctx, input, period) }));
  }

  @Mutation(() => ReopenPeriodPayload, {
    nullable: true,
    description: 'Opens a closed month of the books again, and keeps who did and why.',
  })
  async reopenPeriod(
    @Arg('input', () => ReopenPeriodInput, { description: 'Which month, and why.' }) input: ReopenPeriodInput,
    @Ctx() ctx: BillingContext,
  ) {
    const reason = reasonFrom(input);
    if (!reason.ok) return answer(ctx, reason, () => ({}));
    const request = { month: input.month, reason: reason.value };
    const result = await ctx.write(writeOf('reopenPeriod', input), work => reopenPeriod(work, request));
    return answer(ctx, result, async period => ({ period: await periodNow(ctx, input, period) }));
  }
}

const periodNow = async (ctx: BillingContext, input: { readonly dryRun?: boolean | null }, written: AccountingPeriodRow) =>
  input.dryRun ? written : ctx.load(periodByMonth, written.month);
