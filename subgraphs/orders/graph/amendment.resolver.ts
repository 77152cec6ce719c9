import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { answer } from '#kernel/graph/user-error';
import { accept } from '#kernel/result';
import { cancelSubscription } from '../actions/cancelSubscription';
import { renewSubscription } from '../actions/renewSubscription';
import { CancelSubscriptionInput, RenewSubscriptionInput } from './amendment-inputs';
import type { OrdersContext } from './context';
import { CancelSubscriptionPayload, RenewSubscriptionPayload } from './payloads';
import { buyingOf } from './requests';
import { sourceOf, writeOrder } from './write-order';

@Resolver()
export class AmendmentResolver {
  @Mutation(() => RenewSubscriptionPayload, {
    nullable: true,
    description: 'Renews a subscription: from 15 days before its term ends until 30 days after, at the prices of today.',
  })
  async renewSubscription(
    @Arg('input', () => RenewSubscriptionInput, { description: 'Which one, and for how long.' }) input: RenewSubscriptionInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<RenewSubscriptionPayload> {
    const { subscriptionName, quantity = null, termMonths, paymentMethodId = null, poNumber = null } = input;
    const request = { subscriptionName, quantity, termMonths: termMonths ?? 12, paymentMethodId, poNumber };
    const result = await writeOrder(ctx, 'renewSubscription', input, async work => {
      const placed = await renewSubscription(work, request, buyingOf(ctx));
      return placed.ok ? accept(sourceOf(placed.value)) : placed;
    });
    return answer(ctx, result, order => ({ order }));
  }

  @Mutation(() => CancelSubscriptionPayload, {
    nullable: true,
    description: 'Cancels a subscription: within 45 days of its purchase with the money back, later for the end of its term.',
  })
  async cancelSubscription(
    @Arg('input', () => CancelSubscriptionInput, { description: 'Which one, and why.' }) input: CancelSubscriptionInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<CancelSubscriptionPayload> {
    const { subscriptionName, effectiveOn = null, refund, reason } = input;
    const request = { subscriptionName, effectiveOn, isRefunded: refund ?? false, reason };
    const result = await writeOrder(ctx, 'cancelSubscription', input, async work => {
      const placed = await cancelSubscription(work, request, buyingOf(ctx));
      return placed.ok ? accept(sourceOf(placed.value)) : placed;
    });
    return answer(ctx, result, order => ({ order }));
  }
}
