import type { AccountId, PaymentMethodId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import type { ReconciliationEnded, ReconciliationRequested } from '../../subscriptions/events/published';
import { abandoned } from '../domain/flow';
import { reference } from '../domain/handing-over';
import type { OrdersEvents } from '../events/published';
import { accountCopy } from '../store/accounts';
import { newestCard } from '../store/cards';
import { orderOfReconciliation, stoppedReconciliations } from '../store/reconciliations';
import type { OrderRow } from '../store/tables';
import { goOn } from './go-on';
import { placeOrder } from './placeOrder';
import { retryPayment } from './retryPayment';

type Orders = Work<OrdersEvents>;

/**
 * Q1: places the order of a reconciliation, on the path of every other one: with the account's newest card where it is to be
 * charged by itself, else on the account's terms. A request that is heard again is answered again and orders nothing more.
 */
export async function orderReconciliation(work: Orders, request: ReconciliationRequested): Promise<void> {
  const { accountId, reconciliationId, subscriptionName, seats: quantity, effectiveOn, monthsLeft, amount } = request;
  const known = await orderOfReconciliation(work.tx, accountId, reconciliationId);
  if (known) return announceOrdered(work, known, request);

  const account = await accountCopy(work.tx, accountId);
  const reconciles = { reconciliationId, monthsLeft, amount };
  const purchase = {
    billingAccountId: accountId,
    actions: [{ kind: 'ADD_SEATS', subscriptionName, quantity, effectiveOn, reconciles }] as const,
    paymentMethodId: account?.isAutoPay ? await newestCard(work.tx, accountId) : null,
    poNumber: null,
    termsAccepted: false,
    expectedTotal: null,
  };
  const placed = await placeOrder(work, purchase, { maySee: () => true, channel: 'WEB_DIRECT' });
  if (!placed.ok) {
    const { code, message, retryable = false } = placed.refusal;
    return announceRefused(work, request, { code, message, isRetryable: retryable });
  }
  const { order } = placed.value;
  if (order.state !== 'REJECTED') return announceOrdered(work, order, request);
  announceRefused(work, request, { code: 'ORDER_REJECTED', message: 'The order was rejected.', isRetryable: false });
}

/** Q2: the card of an account has changed: what was declined is paid with the new one. */
export async function payReconciliations(work: Orders, accountId: AccountId, paymentMethodId: PaymentMethodId): Promise<void> {
  for (const { id: orderId } of await stoppedReconciliations(work.tx, accountId)) {
    // What stopped at another step than its payment is refused here, and stays for a person.
    await retryPayment(work, { orderId, paymentMethodId }, () => true);
  }
}

/** Q2: a reconciliation was given up: its order is not to be paid any more. One that was paid by then goes on. */
export async function abandonReconciliation(work: Orders, { accountId, orderId, status }: ReconciliationEnded): Promise<void> {
  if (status !== 'FAILED' || !orderId) return;
  await goOn(work, { accountId, id: orderId }, (order, steps) => abandoned(order, steps, work));
}

function announceOrdered(work: Orders, order: OrderRow, { reconciliationId }: ReconciliationRequested): void {
  const about = { subject: order.id, accountId: order.accountId };
  work.announce('ReconciliationOrdered.v1', about, { ...reference(order), reconciliationId });
}

function announceRefused(
  work: Orders,
  { reconciliationId, accountId }: ReconciliationRequested,
  refused: { readonly code: string; readonly message: string; readonly isRetryable: boolean },
): void {
  work.announce('ReconciliationRefused.v1', { subject: reconciliationId, accountId }, { reconciliationId, accountId, ...refused });
}
