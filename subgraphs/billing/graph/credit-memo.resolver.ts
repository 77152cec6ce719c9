import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { MoneyType, moneyFromInput } from '#kernel/graph/money';
import { answer } from '#kernel/graph/user-error';
import { money } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { postCreditMemo } from '../actions/postCreditMemo';
import { voidInvoice } from '../actions/voidInvoice';
import type { AskedCredit } from '../domain/credit-memo';
import { creditMemoByNumber, linesOfCreditMemo } from '../store/credit-memos';
import { invoiceById } from '../store/invoices';
import type { CreditMemoLineRow, CreditMemoRow } from '../store/tables';
import { type BillingContext, canReadInvoicesOf, maySeeFor } from './context';
import { type CreditLineInput, PostCreditMemoInput, VoidInvoiceInput } from './credit-inputs';
import { CreditMemo, CreditMemoLine } from './credit-memo';
import { PostCreditMemoPayload, VoidInvoicePayload } from './credit-payloads';
import { Invoice } from './invoice';
import { afterNumberedWrite, afterWrite, reasonFrom, writeOf } from './write';

const LINES_MAX = 300;

@Resolver(() => CreditMemo)
export class CreditMemoResolver {
  @Query(() => CreditMemo, { nullable: true, description: 'The credit memo of a number.' })
  async creditMemo(
    @Arg('number', () => String, { description: 'Its number: `CM-00012345-0001`.' }) number: string,
    @Ctx() ctx: BillingContext,
  ): Promise<CreditMemoRow | null> {
    const memo = await ctx.load(creditMemoByNumber, number);
    return memo && canReadInvoicesOf(ctx.viewer, memo.accountId) ? memo : null;
  }

  @FieldResolver(() => MoneyType, { description: 'What is taken back before tax.' })
  subtotal(@Root() { subtotalMinor, currency }: CreditMemoRow) {
    return money(subtotalMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'The tax that is taken back.' })
  tax(@Root() { taxMinor, currency }: CreditMemoRow) {
    return money(taxMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What is credited: subtotal and tax.' })
  total(@Root() { totalMinor, currency }: CreditMemoRow) {
    return money(totalMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'By how much the balance of its invoice fell.' })
  applied(@Root() { appliedMinor, currency }: CreditMemoRow) {
    return money(appliedMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What the account kept as credit.' })
  kept(@Root() { keptMinor, currency }: CreditMemoRow) {
    return money(keptMinor, currency);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why it was posted.' })
  reason(@Root() memo: CreditMemoRow) {
    return memo.reason;
  }

  @FieldResolver(() => [CreditMemoLine], { description: 'What is taken back of which line.' })
  lines(@Root() memo: CreditMemoRow, @Ctx() ctx: BillingContext) {
    return ctx.load(linesOfCreditMemo, memo.number);
  }

  @FieldResolver(() => Invoice, { nullable: true, description: 'The invoice of which it takes back a part or all.' })
  invoice(@Root() memo: CreditMemoRow, @Ctx() ctx: BillingContext) {
    return ctx.load(invoiceById, memo.invoiceId);
  }

  @Mutation(() => PostCreditMemoPayload, {
    nullable: true,
    description: 'Takes back a part or all of a posted invoice, with its tax. What the invoice does not take, the account keeps as credit.',
  })
  async postCreditMemo(
    @Arg('input', () => PostCreditMemoInput, { description: 'What to credit, and why.' }) input: PostCreditMemoInput,
    @Ctx() ctx: BillingContext,
  ) {
    const lines = input.lines ? creditsFrom(input.lines) : accept(null);
    if (!lines.ok) return answer(ctx, lines, () => ({}));
    const reason = reasonFrom(input);
    if (!reason.ok) return answer(ctx, reason, () => ({}));
    const request = { invoiceNumber: input.invoiceNumber, lines: lines.value, use: input.use, reason: reason.value };
    const result = await ctx.write(writeOf('postCreditMemo', input), work => postCreditMemo(work, request, maySeeFor(ctx.viewer)));
    return answer(ctx, result, async ({ creditMemo, invoice }) => ({
      creditMemo: await afterNumberedWrite(ctx, input, creditMemoByNumber, creditMemo),
      invoice: await afterWrite(ctx, input, invoiceById, invoice),
    }));
  }

  @Mutation(() => VoidInvoicePayload, {
    nullable: true,
    description: 'Takes back an invoice of which nothing was paid or credited. What was is answered with `postCreditMemo`.',
  })
  async voidInvoice(
    @Arg('input', () => VoidInvoiceInput, { description: 'What to take back, and why.' }) input: VoidInvoiceInput,
    @Ctx() ctx: BillingContext,
  ) {
    const reason = reasonFrom(input);
    if (!reason.ok) return answer(ctx, reason, () => ({}));
    const request = { invoiceNumber: input.invoiceNumber, reason: reason.value };
    const result = await ctx.write(writeOf('voidInvoice', input), work => voidInvoice(work, request, maySeeFor(ctx.viewer)));
    return answer(ctx, result, async invoice => ({ invoice: await afterWrite(ctx, input, invoiceById, invoice) }));
  }
}

@Resolver(() => CreditMemoLine)
export class CreditMemoLineResolver {
  @FieldResolver(() => MoneyType, { description: 'What is taken back, before tax.' })
  amount(@Root() { amountMinor, currency }: CreditMemoLineRow) {
    return money(amountMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'The tax that goes back with it.' })
  tax(@Root() { taxMinor, currency }: CreditMemoLineRow) {
    return money(taxMinor, currency);
  }
}

function creditsFrom(lines: readonly CreditLineInput[]) {
  if (lines.length > LINES_MAX) return refuse('INPUT_INVALID', `A credit memo has at most ${LINES_MAX} lines.`, { path: ['lines'] });
  const credits: AskedCredit[] = [];
  for (const [index, { invoiceLineId, amount }] of lines.entries()) {
    const read = amount ? moneyFromInput(amount, ['lines', String(index), 'amount']) : null;
    if (read && !read.ok) return read;
    credits.push({ lineId: invoiceLineId, amount: read?.value ?? null });
  }
  return accept(credits);
}
