import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { CurrencyCode, PlainDateScalar } from '#kernel/graph/scalars';
import { CURRENCIES, isCurrency } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import { trialBalance } from '../domain/journal';
import { ledgerTotals } from '../store/journal';
import type { BillingContext } from './context';
import { TrialBalance } from './trial-balance';

@Resolver()
export class TrialBalanceResolver {
  @Query(() => TrialBalance, {
    nullable: true,
    description: 'All accounts of the ledger at the end of a day. Null for a currency that nothing is sold in.',
  })
  async trialBalance(
    @Arg('on', () => PlainDateScalar, { description: 'The last day that is counted.' }) on: PlainDate,
    @Arg('currency', () => CurrencyCode, { nullable: true, description: 'One currency. Every currency with postings when absent.' })
    currency: string | null,
    @Ctx() ctx: BillingContext,
  ): Promise<TrialBalance | null> {
    if (currency && !isCurrency(currency)) return null;
    const only = currency && isCurrency(currency) ? currency : null;
    const totals = await ledgerTotals(ctx.db, on, only);
    const posted = CURRENCIES.filter(candidate => candidate === only || totals.some(total => total.currency === candidate));
    const { rows, isBalanced } = trialBalance(totals, posted);
    return { on, accounts: rows, isBalanced };
  }
}
