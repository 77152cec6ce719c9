import type { Refusal, Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { OrderRefusal } from '../domain/refusals';
import type { Suspend } from '../domain/request';
import type { OrdersEvents } from '../events/published';
import { orderForSubscription } from './order-for-subscription';
import type { Placed } from './placeOrder';
import type { Buying } from './situation-of';

/** Pauses a subscription from today on: an order of one action, for the account that it belongs to. Nothing of it is paid. */
export const suspendSubscription = (
  work: Work<OrdersEvents>,
  request: Omit<Suspend, 'kind'>,
  buying: Buying,
): Promise<Result<Placed, Refusal<OrderRefusal>>> =>
  orderForSubscription(work, { kind: 'SUSPEND', ...request }, { paymentMethodId: null, poNumber: null }, buying);
