import { type Refusal, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { OrderRefusal } from '../domain/refusals';
import type { ActionRequest } from '../domain/request';
import type { OrdersEvents } from '../events/published';
import { accountOfSubscription } from '../store/agreements';
import { type Placed, placeOrder } from './placeOrder';
import type { Buying } from './situation-of';

/** How an order of one action is paid. */
export interface Paid {
  readonly paymentMethodId: string | null;
  readonly poNumber: string | null;
}

/** Places an order of one action on one subscription, for the account that the subscription belongs to. */
export async function orderForSubscription(
  work: Work<OrdersEvents>,
  action: ActionRequest & { readonly subscriptionName: string },
  { paymentMethodId, poNumber }: Paid,
  buying: Buying,
): Promise<Result<Placed, Refusal<OrderRefusal>>> {
  const accountId = await accountOfSubscription(work.tx, action.subscriptionName);
  if (!accountId || !buying.maySee(accountId)) {
    return refuse('SUBSCRIPTION_NOT_FOUND', 'No such subscription.', { path: ['subscriptionName'] });
  }
  const order = {
    billingAccountId: accountId,
    actions: [action],
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
