import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { answer } from '#kernel/graph/user-error';
import { refuse } from '#kernel/result';
import { dayOf } from '#kernel/time';
import { addPaymentMethod } from '../actions/addPaymentMethod';
import { type Card, statusOn } from '../domain/payment-method';
import { providerSignal } from '../ports/services';
import { paymentMethodById } from '../store/payment-methods';
import type { PaymentMethodRow } from '../store/tables';
import { type BillingContext, maySeeFor } from './context';
import { AddPaymentMethodInput } from './inputs';
import { AddPaymentMethodPayload } from './payloads';
import { PaymentMethod, PaymentMethodStatusEnum } from './payment-method';
import { afterWrite, writeOf } from './write';

const TOKEN_LENGTH_MAX = 255;

@Resolver(() => PaymentMethod)
export class PaymentMethodResolver {
  @FieldResolver(() => PaymentMethodStatusEnum, { description: 'Whether it can be charged today.' })
  status(@Root() method: PaymentMethodRow, @Ctx() ctx: BillingContext) {
    return statusOn(method, dayOf(ctx.now));
  }

  @Mutation(() => AddPaymentMethodPayload, {
    nullable: true,
    description: 'Keeps a card for an account, so that orders and invoices can be paid with it.',
  })
  async addPaymentMethod(
    @Arg('input', () => AddPaymentMethodInput, { description: 'The card.' }) input: AddPaymentMethodInput,
    @Ctx() ctx: BillingContext,
  ) {
    const card = await cardOf(ctx, input.providerToken);
    if (card === 'NO_ANSWER') {
      return answer(
        ctx,
        refuse('PAYMENT_PROVIDER_UNAVAILABLE', 'The payment provider did not answer. Send the same request again.', { retryable: true }),
        () => ({}),
      );
    }
    const result = await ctx.write(writeOf('addPaymentMethod', input), work => addPaymentMethod(work, input, card, maySeeFor(ctx.viewer)));
    return answer(ctx, result, async method => ({ paymentMethod: await afterWrite(ctx, input, paymentMethodById, method) }));
  }
}

/** What the provider says about a token, asked before the write begins. */
async function cardOf(ctx: BillingContext, token: string): Promise<Card | null | 'NO_ANSWER'> {
  if (token.length > TOKEN_LENGTH_MAX) return null;
  try {
    return await ctx.services.paymentProvider.cardOf(token, providerSignal(ctx.services, ctx.signal));
  } catch {
    return 'NO_ANSWER';
  }
}
