import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { ConnectionArgs, connectionOf } from '#kernel/graph/connection';
import { MoneyType, moneyFromInput } from '#kernel/graph/money';
import { CurrencyCode } from '#kernel/graph/scalars';
import { answer } from '#kernel/graph/user-error';
import { money } from '#kernel/money';
import { applyCredit } from '../actions/applyCredit';
import { availableIn, walletBalance } from '../domain/wallet';
import { creditMemoByNumber } from '../store/credit-memos';
import { invoiceById } from '../store/invoices';
import { refundByNumber } from '../store/refunds';
import type { WalletMovementRow, WalletRow } from '../store/tables';
import { listMovements, walletsOfAccount } from '../store/wallets';
import { type BillingContext, maySeeFor } from './context';
import { ApplyCreditInput } from './credit-inputs';
import { CreditMemo } from './credit-memo';
import { ApplyCreditPayload } from './credit-payloads';
import { Invoice } from './invoice';
import { Refund } from './refund';
import { sequenceKey } from './sequence-key';
import { Wallet, WalletMovement, WalletMovementConnection } from './wallet';
import { afterWrite, writeOf } from './write';

@Resolver(() => Wallet)
export class WalletResolver {
  @FieldResolver(() => CurrencyCode, { description: 'The currency of the credit.' })
  currency(@Root() wallet: WalletRow) {
    return wallet.currency;
  }

  @FieldResolver(() => MoneyType, { description: 'How much credit there is.' })
  balance(@Root() wallet: WalletRow) {
    return walletBalance(wallet);
  }

  @FieldResolver(() => MoneyType, { description: 'How much of it can be used now: without what is on its way back to a card.' })
  available(@Root() wallet: WalletRow) {
    return availableIn(wallet);
  }

  @FieldResolver(() => WalletMovementConnection, { description: 'What went in and out, the newest first.' })
  movements(@Root() wallet: WalletRow, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: BillingContext) {
    return connectionOf(args, {
      key: sequenceKey,
      cursorOf: (movement: WalletMovementRow) => movement.sequence,
      rows: (limit, below) => listMovements(ctx.db, wallet, below, limit),
      count: async () => wallet.lastSequence,
    });
  }

  @Mutation(() => ApplyCreditPayload, {
    nullable: true,
    description: "Pays an open invoice with the account's credit, as a whole or in part. It is paid at once.",
  })
  async applyCredit(
    @Arg('input', () => ApplyCreditInput, { description: 'What to pay, and with how much.' }) input: ApplyCreditInput,
    @Ctx() ctx: BillingContext,
  ) {
    const amount = input.amount ? moneyFromInput(input.amount, ['amount']) : null;
    if (amount && !amount.ok) return answer(ctx, amount, () => ({}));
    const request = { invoiceNumber: input.invoiceNumber, amount: amount?.value ?? null };
    const result = await ctx.write(writeOf('applyCredit', input), work => applyCredit(work, request, maySeeFor(ctx.viewer)));
    return answer(ctx, result, async ({ invoice, wallet }) => ({
      invoice: await afterWrite(ctx, input, invoiceById, invoice),
      wallet: input.dryRun ? wallet : await walletNow(ctx, wallet),
    }));
  }
}

@Resolver(() => WalletMovement)
export class WalletMovementResolver {
  @FieldResolver(() => MoneyType, { description: 'How much: positive for what came in, negative for what went out.' })
  amount(@Root() { amountMinor, currency }: WalletMovementRow) {
    return money(amountMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What the wallet held afterwards.' })
  balance(@Root() { balanceMinor, currency }: WalletMovementRow) {
    return money(balanceMinor, currency);
  }

  @FieldResolver(() => CreditMemo, { nullable: true, description: 'The credit memo that filled it.' })
  creditMemo(@Root() { creditMemoNumber }: WalletMovementRow, @Ctx() ctx: BillingContext) {
    return creditMemoNumber && ctx.load(creditMemoByNumber, creditMemoNumber);
  }

  @FieldResolver(() => Invoice, { nullable: true, description: 'The invoice that was credited, or paid with it.' })
  invoice(@Root() { invoiceId }: WalletMovementRow, @Ctx() ctx: BillingContext) {
    return invoiceId && ctx.load(invoiceById, invoiceId);
  }

  @FieldResolver(() => Refund, { nullable: true, description: 'The refund that it went back by.' })
  refund(@Root() { refundNumber }: WalletMovementRow, @Ctx() ctx: BillingContext) {
    return refundNumber && ctx.load(refundByNumber, refundNumber);
  }
}

/** The wallet as it is stored now: a repeated request is answered from saved text. */
async function walletNow(
  ctx: BillingContext,
  { accountId, currency }: Pick<WalletRow, 'accountId' | 'currency'>,
): Promise<WalletRow | null> {
  const wallets = await ctx.load(walletsOfAccount, accountId);
  return wallets.find(wallet => wallet.currency === currency) ?? null;
}
