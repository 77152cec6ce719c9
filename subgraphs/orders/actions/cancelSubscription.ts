import { type Refusal, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { OrderRefusal } from '../domain/refusals';
import type { Cancel } from '../domain/request';
import type { OrdersEvents } from '../events/published';
import { orderForSubscription } from './order-for-subscription';
import type { Placed } from './placeOrder';
import type { Buying } from './situation-of';

/** The end of one subscription, and why. */
export interface CancelSubscription extends Omit<Cancel, 'kind' | 'reason'> {
  readonly reason: string;
}

/** P8: cancels one subscription: an order of one action, for the account that it belongs to. Nothing of it is paid. */
export async function cancelSubscription(
  work: Work<OrdersEvents>,
  { subscriptionName, effectiveOn, isRefunded, reason }: CancelSubscription,
  buying: Buying,
): Promise<Result<Placed, Refusal<OrderRefusal>>> {
  if (reason.trim() === '') return refuse('REASON_REQUIRED', 'Please say why you cancel.', { path: ['reason'] });
  const action = { kind: 'CANCEL', subscriptionName, effectiveOn, isRefunded, reason } as const;
  return orderForSubscription(work, action, { paymentMethodId: null, poNumber: null }, buying);
}
