import type { Refusal, Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { OrderRefusal } from '../domain/refusals';
import type { Renew } from '../domain/request';
import type { OrdersEvents } from '../events/published';
import { orderForSubscription, type Paid } from './order-for-subscription';
import type { Placed } from './placeOrder';
import type { Buying } from './situation-of';

/** Another term for one subscription. */
export interface RenewSubscription extends Omit<Renew, 'kind'>, Paid {}

/** R4: renews one subscription: an order of one action, for the account that it belongs to. */
export function renewSubscription(
  work: Work<OrdersEvents>,
  { subscriptionName, quantity, termMonths, ...paid }: RenewSubscription,
  buying: Buying,
): Promise<Result<Placed, Refusal<OrderRefusal>>> {
  return orderForSubscription(work, { kind: 'RENEW', subscriptionName, quantity, termMonths }, paid, buying);
}
