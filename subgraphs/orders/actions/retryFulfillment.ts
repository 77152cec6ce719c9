import { type AccountId, isId } from '#kernel/ids';
import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { resumed } from '../domain/flow';
import type { OrderRefusal } from '../domain/refusals';
import { STEP_KINDS } from '../domain/steps';
import type { OrdersEvents } from '../events/published';
import { orderForUpdate, orderKeyOf } from '../store/orders';
import type { OrderRow } from '../store/tables';
import { saveAndAnnounce } from './go-on';

/** Which order to take up again, and why: the reason stands in its timeline. */
export interface RetryFulfillment {
  readonly orderId: string;
  readonly step: string | null;
  readonly reason: string;
}

const REASON_LENGTH_MAX = 500;

/** Starts the failed step of an order again, at the word of a person who has looked into it. */
export async function retryFulfillment(
  work: Work<OrdersEvents>,
  { orderId, step, reason }: RetryFulfillment,
  maySee: (accountId: AccountId) => boolean,
): Promise<Result<OrderRow, Refusal<OrderRefusal>>> {
  const why = reason.trim().slice(0, REASON_LENGTH_MAX);
  if (why === '') return refuse('REASON_REQUIRED', 'Please say why: it stands in the order’s timeline.', { path: ['reason'] });
  const key = isId('order', orderId) ? await orderKeyOf(work.tx, orderId) : null;
  const found = key && maySee(key.accountId) ? await orderForUpdate(work.tx, key) : null;
  if (!found) return refuse('ORDER_NOT_FOUND', 'No such order.', { path: ['orderId'] });

  const wanted = STEP_KINDS.find(kind => kind === step) ?? null;
  if (step && !wanted) return refuse('NO_FAILED_STEP', 'There is no such step.', { path: ['step'] });
  const again = resumed(found.order, found.steps, wanted, work, why);
  return again.ok ? accept(await saveAndAnnounce(work, found.order, again.value)) : again;
}
