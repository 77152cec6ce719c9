import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { canSeeAccount } from '#kernel/auth/viewer';
import { answer, userErrorOf } from '#kernel/graph/user-error';
import type { AccountId } from '#kernel/ids';
import { money } from '#kernel/money';
import { accept } from '#kernel/result';
import { addSeats } from '../actions/addSeats';
import { type Placed, placeOrder, previewOrder } from '../actions/placeOrder';
import { retryFulfillment } from '../actions/retryFulfillment';
import { retryPayment } from '../actions/retryPayment';
import { onceAnnounced } from './arrival';
import type { OrdersContext } from './context';
import { AddSeatsInput, PlaceOrderInput, RetryFulfillmentInput, RetryPaymentInput } from './inputs';
import { AddSeatsPayload, OrderPreview, PlaceOrderPayload, RetryFulfillmentPayload, RetryPaymentPayload } from './payloads';
import { buyingOf, purchaseFrom } from './requests';
import { sourceOf, writeOrder } from './write-order';

@Resolver()
export class PurchaseResolver {
  @Query(() => OrderPreview, { nullable: true, description: 'What an order would do and cost, to the cent. Nothing is saved.' })
  async previewOrder(
    @Arg('input', () => PlaceOrderInput, { description: 'The order.' }) input: PlaceOrderInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<OrderPreview> {
    const request = purchaseFrom(input);
    const write = { operation: 'previewOrder', key: input.idempotencyKey, request: input, isDryRun: true };
    const preview = request.ok
      ? await onceAnnounced(ctx, input.billingAccountId, () => ctx.write(write, work => previewOrder(work, request.value, buyingOf(ctx))))
      : request;
    if (preview.ok) return { ...previewOf(preview.value), userErrors: [], correlationId: ctx.correlationId };
    return { lines: [], changes: [], userErrors: [userErrorOf(preview.refusal)], correlationId: ctx.correlationId };
  }

  @Mutation(() => PlaceOrderPayload, {
    nullable: true,
    description: 'Places an order. It is carried out step by step; `timeline` tells how far it is.',
  })
  async placeOrder(
    @Arg('input', () => PlaceOrderInput, { description: 'The order.' }) input: PlaceOrderInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<PlaceOrderPayload> {
    const request = purchaseFrom(input);
    const result = await onceAnnounced(ctx, input.billingAccountId, () =>
      writeOrder(ctx, 'placeOrder', input, async work => {
        const placed = request.ok ? await placeOrder(work, request.value, buyingOf(ctx)) : request;
        return placed.ok ? accept(sourceOf(placed.value)) : placed;
      }),
    );
    return answer(ctx, result, order => ({ order }));
  }

  @Mutation(() => AddSeatsPayload, { nullable: true, description: 'Adds seats to a subscription, charged for the days left of its term.' })
  async addSeats(
    @Arg('input', () => AddSeatsInput, { description: 'How many, and where.' }) input: AddSeatsInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<AddSeatsPayload> {
    const { subscriptionName, quantity, effectiveOn = null, paymentMethodId = null, poNumber = null } = input;
    const request = { subscriptionName, quantity, effectiveOn, paymentMethodId, poNumber };
    const result = await writeOrder(ctx, 'addSeats', input, async work => {
      const placed = await addSeats(work, request, buyingOf(ctx));
      return placed.ok ? accept(sourceOf(placed.value)) : placed;
    });
    return answer(ctx, result, order => ({ order }));
  }

  @Mutation(() => RetryFulfillmentPayload, { nullable: true, description: 'Takes up an order whose step has failed.' })
  async retryFulfillment(
    @Arg('input', () => RetryFulfillmentInput, { description: 'Which order, and why.' }) input: RetryFulfillmentInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<RetryFulfillmentPayload> {
    const request = { orderId: input.orderId, step: input.step ?? null, reason: input.reason };
    const result = await writeOrder(ctx, 'retryFulfillment', input, work => retryFulfillment(work, request, maySeeOf(ctx)));
    return answer(ctx, result, order => ({ order }));
  }

  @Mutation(() => RetryPaymentPayload, { nullable: true, description: 'Pays an order whose card was declined.' })
  async retryPayment(
    @Arg('input', () => RetryPaymentInput, { description: 'Which order, and which card.' }) input: RetryPaymentInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<RetryPaymentPayload> {
    const result = await writeOrder(ctx, 'retryPayment', input, work => retryPayment(work, input, maySeeOf(ctx)));
    return answer(ctx, result, order => ({ order }));
  }
}

const maySeeOf =
  ({ viewer }: OrdersContext) =>
  (accountId: AccountId): boolean =>
    canSeeAccount(viewer, accountId);

function previewOf({ order, lines, changes }: Placed) {
  const { currency, subtotalMinor, taxMinor, totalMinor } = order;
  return {
    lines,
    changes,
    subtotal: money(subtotalMinor, currency),
    tax: money(taxMinor, currency),
    total: money(totalMinor, currency),
  };
}
