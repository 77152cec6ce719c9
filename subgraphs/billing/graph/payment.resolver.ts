import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { canSeeAccount } from '#kernel/auth/viewer';
import { MoneyType, moneyFromInput } from '#kernel/graph/money';
import { answer } from '#kernel/graph/user-error';
import { isId } from '#kernel/ids';
import { money } from '#kernel/money';
import { refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';
import { type ChallengeAnswer, confirmPayment } from '../actions/confirmPayment';
import { payInvoice } from '../actions/payInvoice';
import { recordPayment } from '../actions/recordPayment';
import { providerKeyOf } from '../domain/payment';
import { refundableOf } from '../domain/refund';
import { providerSignal } from '../ports/services';
import { invoiceById } from '../store/invoices';
import { paymentMethodById } from '../store/payment-methods';
import { allocationOfPayment, paymentById } from '../store/payments';
import { refundsOfPayment } from '../store/refunds';
import type { PaymentRow } from '../store/tables';
import { type BillingContext, maySeeFor } from './context';
import { ConfirmPaymentInput, PayInvoiceInput, RecordPaymentInput } from './inputs';
import { Invoice } from './invoice';
import { Order } from './neighbours';
import { ConfirmPaymentPayload, PayInvoicePayload, RecordPaymentPayload } from './payloads';
import { Payment } from './payment';
import { PaymentMethod } from './payment-method';
import { Refund } from './refund';
import { afterWrite, writeOf } from './write';

const REFERENCE_LENGTH_MAX = 140;

@Resolver(() => Payment)
export class PaymentResolver {
  @Query(() => Payment, { nullable: true, description: 'A payment.' })
  payment(@Arg('id', () => ID, { description: 'The global id of the payment.' }) id: string, @Ctx() ctx: BillingContext) {
    return visiblePayment(ctx, id);
  }

  @FieldResolver(() => MoneyType, { description: 'How much it is.' })
  amount(@Root() { amountMinor, currency }: PaymentRow) {
    return money(amountMinor, currency);
  }

  @FieldResolver(() => PaymentMethod, { nullable: true, description: 'The card that was charged.' })
  method(@Root() { paymentMethodId }: PaymentRow, @Ctx() ctx: BillingContext) {
    return paymentMethodId && ctx.load(paymentMethodById, paymentMethodId);
  }

  @FieldResolver(() => Invoice, { nullable: true, description: 'The invoice it pays.' })
  invoice(@Root() { invoiceId }: PaymentRow, @Ctx() ctx: BillingContext) {
    return invoiceId && ctx.load(invoiceById, invoiceId);
  }

  @FieldResolver(() => Order, { nullable: true, description: 'The order it was asked for by.' })
  order(@Root() { orderId }: PaymentRow) {
    return orderId && { id: orderId };
  }

  @FieldResolver(() => String, { nullable: true, description: "How the invoice's balance fell by it, once the money had arrived." })
  async working(@Root() payment: PaymentRow, @Ctx() ctx: BillingContext) {
    return (await ctx.load(allocationOfPayment, payment.id))?.working ?? null;
  }

  @FieldResolver(() => MoneyType, {
    description: 'What of it could still be given back to its card. Zero for what has not arrived by card.',
  })
  refundable(@Root() payment: PaymentRow) {
    return refundableOf(payment);
  }

  @FieldResolver(() => [Refund], { description: 'What was given back or is on its way back, the first first.' })
  refunds(@Root() payment: PaymentRow, @Ctx() ctx: BillingContext) {
    return ctx.load(refundsOfPayment, payment.id);
  }

  @Mutation(() => PayInvoicePayload, {
    nullable: true,
    description: 'Pays an open invoice by card, as a whole or in part. The card is charged in a moment.',
  })
  async payInvoice(
    @Arg('input', () => PayInvoiceInput, { description: 'What to pay, and how.' }) input: PayInvoiceInput,
    @Ctx() ctx: BillingContext,
  ) {
    const amount = input.amount ? moneyFromInput(input.amount, ['amount']) : null;
    if (amount && !amount.ok) return answer(ctx, amount, () => ({}));
    const request = { invoiceNumber: input.invoiceNumber, paymentMethodId: input.paymentMethodId, amount: amount?.value ?? null };
    const result = await ctx.write(writeOf('payInvoice', input), work => payInvoice(work, request, maySeeFor(ctx.viewer)));
    return answer(ctx, result, async ({ payment, invoice }) => ({
      payment: await afterWrite(ctx, input, paymentById, payment),
      invoice: await afterWrite(ctx, input, invoiceById, invoice),
    }));
  }

  @Mutation(() => ConfirmPaymentPayload, {
    nullable: true,
    description: "Passes on the buyer's answer to the bank. What waited for the payment goes on by itself.",
  })
  async confirmPayment(
    @Arg('input', () => ConfirmPaymentInput, { description: 'The answer.' }) input: ConfirmPaymentInput,
    @Ctx() ctx: BillingContext,
  ) {
    const challenge = await askBank(ctx, input);
    if (challenge === 'NO_ANSWER') {
      return answer(
        ctx,
        refuse('PAYMENT_PROVIDER_UNAVAILABLE', 'The bank did not answer. Send the same request again.', { retryable: true }),
        () => ({}),
      );
    }
    const result = await ctx.write(writeOf('confirmPayment', input), work => confirmPayment(work, input, challenge, maySeeFor(ctx.viewer)));
    return answer(ctx, result, async payment => ({ payment: await afterWrite(ctx, input, paymentById, payment) }));
  }

  @Mutation(() => RecordPaymentPayload, { nullable: true, description: 'Records a bank transfer that has arrived for an invoice.' })
  async recordPayment(
    @Arg('input', () => RecordPaymentInput, { description: 'What arrived.' }) input: RecordPaymentInput,
    @Ctx() ctx: BillingContext,
  ) {
    const amount = moneyFromInput(input.amount, ['amount']);
    if (!amount.ok) return answer(ctx, amount, () => ({}));
    const reference = lineFrom(input.reference, REFERENCE_LENGTH_MAX);
    if (!reference)
      return answer(
        ctx,
        refuse('INPUT_INVALID', `A reference has 1 to ${REFERENCE_LENGTH_MAX} visible characters.`, { path: ['reference'] }),
        () => ({}),
      );
    const request = { invoiceNumber: input.invoiceNumber, amount: amount.value, receivedOn: input.receivedOn, reference };
    const result = await ctx.write(writeOf('recordPayment', input), work => recordPayment(work, request, maySeeFor(ctx.viewer)));
    return answer(ctx, result, async ({ payment, invoice }) => ({
      payment: await afterWrite(ctx, input, paymentById, payment),
      invoice: await afterWrite(ctx, input, invoiceById, invoice),
    }));
  }
}

async function visiblePayment(ctx: BillingContext, id: string): Promise<PaymentRow | null> {
  const payment = isId('payment', id) ? await ctx.load(paymentById, id) : null;
  return payment && canSeeAccount(ctx.viewer, payment.accountId) ? payment : null;
}

/**
 * Asks the bank before the write begins, since no transaction waits for a provider. Only a payment of the viewer's own
 * that waits for an answer is worth the question, and a dry run does not ask it. If the answer is lost on its way, the
 * same request finds it again: the provider remembers what it said to a key.
 */
async function askBank(ctx: BillingContext, input: ConfirmPaymentInput): Promise<ChallengeAnswer | null | 'NO_ANSWER'> {
  const payment = await visiblePayment(ctx, input.paymentId);
  if (!payment) return null;
  if (payment.status !== 'REQUIRES_ACTION' || input.dryRun) return { payment, outcome: null };
  const request = { key: providerKeyOf(payment), challengeResponse: input.challengeResponse };
  try {
    return { payment, outcome: await ctx.services.paymentProvider.confirm(request, providerSignal(ctx.services, ctx.signal)) };
  } catch {
    return 'NO_ANSWER';
  }
}
