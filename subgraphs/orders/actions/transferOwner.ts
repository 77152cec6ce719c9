import type { Refusal, Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { OrderRefusal } from '../domain/refusals';
import type { TransferOwner } from '../domain/request';
import type { OrdersEvents } from '../events/published';
import { orderForSubscription } from './order-for-subscription';
import type { Placed } from './placeOrder';
import type { Buying } from './situation-of';

/** Hands a subscription to another account, with its name, licence and namespace: an order of the account that it leaves. */
export const transferOwner = (
  work: Work<OrdersEvents>,
  request: Omit<TransferOwner, 'kind'>,
  buying: Buying,
): Promise<Result<Placed, Refusal<OrderRefusal>>> =>
  orderForSubscription(work, { kind: 'TRANSFER_OWNER', ...request }, { paymentMethodId: null, poNumber: null }, buying);
