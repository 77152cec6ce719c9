import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { canSeeAccount } from '#kernel/auth/viewer';
import { MoneyType, moneyFromInput } from '#kernel/graph/money';
import { answer } from '#kernel/graph/user-error';
import { money } from '#kernel/money';
import { refundPayment } from '../actions/refundPayment';
import { paymentById } from '../store/payments';
import { refundByNumber } from '../store/refunds';
import type { RefundRow } from '../store/tables';
import { type BillingContext, maySeeFor } from './context';
import { RefundPaymentInput } from './credit-inputs';
import { RefundPaymentPayload } from './credit-payloads';
import { Payment } from './payment';
import { Refund } from './refund';
import { afterNumberedWrite, afterWrite, reasonFrom, writeOf } from './write';

@Resolver(() => Refund)
export class RefundResolver {
  @Query(() => Refund, { nullable: true, description: 'The refund of a number.' })
  async refund(
    @Arg('number', () => String, { description: 'Its number: `RF-00012345-0001`.' }) number: string,
    @Ctx() ctx: BillingContext,
  ): Promise<RefundRow | null> {
    const refund = await ctx.load(refundByNumber, number);
    return refund && canSeeAccount(ctx.viewer, refund.accountId) ? refund : null;
  }

  @FieldResolver(() => MoneyType, { description: 'How much goes back.' })
  amount(@Root() { amountMinor, currency }: RefundRow) {
    return money(amountMinor, currency);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why the money goes back.' })
  reason(@Root() refund: RefundRow) {
    return refund.reason;
  }

  @FieldResolver(() => Payment, { nullable: true, description: 'The payment that is given back.' })
  payment(@Root() refund: RefundRow, @Ctx() ctx: BillingContext) {
    return ctx.load(paymentById, refund.paymentId);
  }

  @Mutation(() => RefundPaymentPayload, {
    nullable: true,
    description:
      'Gives credit of the account back to the card of a payment: never more than was paid with it, and never more than the account has as credit. The provider is asked in a moment.',
  })
  async refundPayment(
    @Arg('input', () => RefundPaymentInput, { description: 'What to give back, and why.' }) input: RefundPaymentInput,
    @Ctx() ctx: BillingContext,
  ) {
    const amount = input.amount ? moneyFromInput(input.amount, ['amount']) : null;
    if (amount && !amount.ok) return answer(ctx, amount, () => ({}));
    const reason = reasonFrom(input);
    if (!reason.ok) return answer(ctx, reason, () => ({}));
    const request = { paymentId: input.paymentId, amount: amount?.value ?? null, reason: reason.value };
    const result = await ctx.write(writeOf('refundPayment', input), work => refundPayment(work, request, maySeeFor(ctx.viewer)));
    return answer(ctx, result, async ({ refund, payment }) => ({
      refund: await afterNumberedWrite(ctx, input, refundByNumber, refund),
      payment: await afterWrite(ctx, input, paymentById, payment),
    }));
  }
}
