import type { MutationInput } from '#kernel/graph/mutation-input';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { Placed } from '../actions/placeOrder';
import type { OrdersEvents } from '../events/published';
import { orderById } from '../store/orders';
import type { OrderRow } from '../store/tables';
import type { OrdersContext } from './context';

/** An order to answer. One that was placed in this request has its plan with it: after a dry run nothing is stored. */
export interface OrderSource extends OrderRow {
  readonly placed?: Placed;
}

/** A placed order as a source object. */
export const sourceOf = (placed: Placed): OrderSource => ({ ...placed.order, placed });

/**
 * Runs a mutation of an order. The answer that is kept with the idempotency key is the order's id alone, so the same
 * request later shows the order as it is then.
 */
export async function writeOrder(
  ctx: OrdersContext,
  operation: string,
  input: MutationInput,
  action: (work: Work<OrdersEvents>) => Promise<Result<OrderSource>>,
): Promise<Result<OrderSource | null>> {
  let written: OrderSource | null = null;
  const request = { operation, key: input.idempotencyKey, request: input, isDryRun: input.dryRun ?? false };
  const result = await ctx.write(request, async work => {
    const decision = await action(work);
    if (!decision.ok) return decision;
    written = decision.value;
    return accept({ orderId: decision.value.id });
  });
  return result.ok ? accept(written ?? (await ctx.load(orderById, result.value.orderId))) : result;
}
