import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ConnectionArgs, connectionOf } from '#kernel/graph/connection';
import { MoneyType } from '#kernel/graph/money';
import { type Money, money } from '#kernel/money';
import { accountById } from '../store/accounts';
import { listCreditMemos } from '../store/credit-memos';
import { standingOfAccount } from '../store/dunning';
import { openBalancesOfAccount } from '../store/invoices';
import { paymentMethodsOfAccount } from '../store/payment-methods';
import type { CreditMemoRow } from '../store/tables';
import { walletsOfAccount } from '../store/wallets';
import type { BillingContext } from './context';
import { CreditMemoConnection } from './credit-memo';
import { InvoiceWhere } from './inputs';
import { InvoiceConnection } from './invoice';
import { invoicePage } from './invoice-page';
import { BillingAccount } from './neighbours';
import { PaymentMethod } from './payment-method';
import { sequenceKey } from './sequence-key';
import { Wallet } from './wallet';

@Resolver(() => BillingAccount)
export class BillingAccountResolver {
  @FieldResolver(() => InvoiceConnection, { nullable: true, description: 'Its invoices, the newest first.' })
  invoices(
    @Root() account: BillingAccount,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Arg('where', () => InvoiceWhere, { nullable: true, description: 'Which ones. All when absent.' }) where: InvoiceWhere | null,
    @Ctx() ctx: BillingContext,
  ) {
    return invoicePage(ctx, account.id, args, where);
  }

  @FieldResolver(() => CreditMemoConnection, { nullable: true, description: 'What was credited to it, the newest first.' })
  creditMemos(@Root() account: BillingAccount, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: BillingContext) {
    return connectionOf(args, {
      key: sequenceKey,
      cursorOf: (memo: CreditMemoRow) => memo.sequence,
      rows: (limit, below) => listCreditMemos(ctx.db, account.id, below, limit),
    });
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: 'What it owes on all its invoices, in its own currency.' })
  async openBalance(@Root() account: BillingAccount, @Ctx() ctx: BillingContext): Promise<Money | null> {
    const [known, balances] = await Promise.all([ctx.load(accountById, account.id), ctx.load(openBalancesOfAccount, account.id)]);
    if (!known) return null;
    const own = balances.find(balance => balance.currency === known.currency);
    return money(own?.balanceMinor ?? 0n, known.currency);
  }

  @FieldResolver(() => [PaymentMethod], { nullable: true, description: 'The cards it can be charged on, the oldest first. At most 20.' })
  paymentMethods(@Root() account: BillingAccount, @Ctx() ctx: BillingContext) {
    return ctx.load(paymentMethodsOfAccount, account.id);
  }

  @FieldResolver(() => [Wallet], {
    nullable: true,
    description: 'The credit that it has, one wallet for each currency in which it ever had some.',
  })
  wallets(@Root() account: BillingAccount, @Ctx() ctx: BillingContext) {
    return ctx.load(walletsOfAccount, account.id);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether it is held because an invoice has been due and unpaid for more than 90 days.',
  })
  async isOverdueHeld(@Root() account: BillingAccount, @Ctx() ctx: BillingContext): Promise<boolean> {
    return (await ctx.load(standingOfAccount, account.id))?.isHeld ?? false;
  }
}
