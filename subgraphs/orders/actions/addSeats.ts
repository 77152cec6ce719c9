import type { Refusal, Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { OrderRefusal } from '../domain/refusals';
import type { AddSeats } from '../domain/request';
import type { OrdersEvents } from '../events/published';
import { orderForSubscription, type Paid } from './order-for-subscription';
import type { Placed } from './placeOrder';
import type { Buying } from './situation-of';

/** More seats on one subscription. */
export interface AddSeatsRequest extends Omit<AddSeats, 'kind'>, Paid {}

/** Adds seats: an order of one action, for the account that the subscription belongs to. */
export function addSeats(
  work: Work<OrdersEvents>,
  { subscriptionName, quantity, effectiveOn, ...paid }: AddSeatsRequest,
  buying: Buying,
): Promise<Result<Placed, Refusal<OrderRefusal>>> {
  return orderForSubscription(work, { kind: 'ADD_SEATS', subscriptionName, quantity, effectiveOn }, paid, buying);
}
