import type { Refusal, Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { OrderRefusal } from '../domain/refusals';
import type { Resume } from '../domain/request';
import type { OrdersEvents } from '../events/published';
import { orderForSubscription } from './order-for-subscription';
import type { Placed } from './placeOrder';
import type { Buying } from './situation-of';

/** Ends the pause of a subscription, from today on. */
export const resumeSubscription = (
  work: Work<OrdersEvents>,
  request: Omit<Resume, 'kind'>,
  buying: Buying,
): Promise<Result<Placed, Refusal<OrderRefusal>>> =>
  orderForSubscription(work, { kind: 'RESUME', ...request }, { paymentMethodId: null, poNumber: null }, buying);
