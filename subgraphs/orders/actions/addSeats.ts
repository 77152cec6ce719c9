import { type Refusal, type Result, refuse } from '#kernel/result';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { OrderRefusal } from '../domain/refusals';
import type { OrdersEvents } from '../events/published';
import { accountOfSubscription } from '../store/agreements';
import { type Placed, placeOrder } from './placeOrder';
import type { Buying } from './situation-of';

/** More seats on one subscription. */
export interface AddSeatsRequest {
  readonly subscriptionName: string;
  readonly quantity: number;
  readonly effectiveOn: PlainDate | null;
  readonly paymentMethodId: string | null;
  readonly poNumber: string | null;
}

/** Adds seats: an order of one action, for the account that the subscription belongs to. */
export async function addSeats(
  work: Work<OrdersEvents>,
  request: AddSeatsRequest,
  buying: Buying,
): Promise<Result<Placed, Refusal<OrderRefusal>>> {
  const { subscriptionName, quantity, effectiveOn, paymentMethodId, poNumber } = request;
  const accountId = await accountOfSubscription(work.tx, subscriptionName);
  if (!accountId || !buying.maySee(accountId)) {
    return refuse('SUBSCRIPTION_NOT_FOUND', 'No such subscription.', { path: ['subscriptionName'] });
  }
  const order = {
    billingAccountId: accountId,
    actions: [{ kind: 'ADD_SEATS', subscriptionName, quantity, effectiveOn } as const],
    paymentMethodId,
    poNumber,
    termsAccepted: false,
    expectedTotal: null,
  };
  const placed = await placeOrder(work, order, buying);
  return placed.ok ? placed : { ok: false, refusal: shortened(placed.refusal) };
}

/** The buyer sent one flat input: where the order's refusal points into its only action, this one points to the field. */
function shortened<Code extends string>(refusal: Refusal<Code>): Refusal<Code> {
  const [list, , , ...field] = refusal.path ?? [];
  return list === 'actions' ? { ...refusal, path: field } : refusal;
}
