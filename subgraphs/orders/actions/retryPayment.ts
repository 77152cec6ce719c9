import { type AccountId, isId } from '#kernel/ids';
import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { resumed } from '../domain/flow';
import type { OrderRefusal } from '../domain/refusals';
import type { OrdersEvents } from '../events/published';
import { orderForUpdate, orderKeyOf, savePaymentMethod } from '../store/orders';
import type { OrderRow } from '../store/tables';
import { saveAndAnnounce } from './go-on';

/** Which order to pay, and with which card. */
export interface RetryPayment {
  readonly orderId: string;
  readonly paymentMethodId: string;
}

/** Pays an order whose card was declined with another card, or with the same one once more. */
export async function retryPayment(
  work: Work<OrdersEvents>,
  { orderId, paymentMethodId }: RetryPayment,
  maySee: (accountId: AccountId) => boolean,
): Promise<Result<OrderRow, Refusal<OrderRefusal>>> {
  const key = isId('order', orderId) ? await orderKeyOf(work.tx, orderId) : null;
  const found = key && maySee(key.accountId) ? await orderForUpdate(work.tx, key) : null;
  if (!found) return refuse('ORDER_NOT_FOUND', 'No such order.', { path: ['orderId'] });
  if (!isId('paymentMethod', paymentMethodId)) {
    return refuse('PAYMENT_METHOD_NOT_FOUND', 'No such payment method.', { path: ['paymentMethodId'] });
  }
  const again = resumed(found.order, found.steps, 'PAYMENT', work, 'The buyer pays again.');
  if (!again.ok) return again;
  const order = await savePaymentMethod(work.tx, found.order, paymentMethodId, work.today);
  return accept(await saveAndAnnounce(work, order, again.value));
}
