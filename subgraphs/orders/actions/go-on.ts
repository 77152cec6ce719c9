import type { Work } from '#kernel/work';
import {
  creditRequest,
  deliveryRequest,
  invoiceRequest,
  licenseRequest,
  paymentRequest,
  reference,
  subscriptionRequest,
} from '../domain/handing-over';
import type { Progress } from '../domain/progress';
import type { OrdersEvents } from '../events/published';
import { billingOf } from '../store/billings';
import { actionsOf, linesOf, type OrderKey, orderForUpdate, type Purchase, saveProgress } from '../store/orders';
import type { OrderRow, OrderStepRow } from '../store/tables';

/**
 * Moves an order by one decision: locks it, decides, saves how it went on, and tells those who must act. Answers the
 * order as it is then, or null when there is no such order or nothing was decided.
 */
export async function goOn(
  work: Work<OrdersEvents>,
  key: OrderKey,
  decide: (order: OrderRow, steps: readonly OrderStepRow[]) => Progress | null,
): Promise<OrderRow | null> {
  const found = await orderForUpdate(work.tx, key);
  const progress = found && decide(found.order, found.steps);
  return found && progress ? saveAndAnnounce(work, found.order, progress) : null;
}

/** Saves a decision that was taken on a locked order, and tells those who must act. */
export async function saveAndAnnounce(work: Work<OrdersEvents>, order: OrderRow, progress: Progress): Promise<OrderRow> {
  const saved = await saveProgress(work.tx, order, progress);
  await announceProgress(work, saved, progress);
  return saved;
}

/** Tells those who must act after a decision: the owner of the next step, the clock of a retry, a person, or everybody. */
export async function announceProgress(
  work: Work<OrdersEvents>,
  order: OrderRow,
  { request, retry, stopped, fulfilledAt, steps }: Progress,
  plan?: Pick<Purchase, 'actions' | 'lines'>,
): Promise<void> {
  const about = { subject: order.id, accountId: order.accountId };
  if (request) await handOver(work, order, request, plan);
  const isCreditDue = order.totalMinor < 0n && steps.some(({ kind, state }) => kind === 'INVOICE' && state === 'DONE');
  if (isCreditDue) {
    const actions = plan?.actions ?? (await actionsOf(work.tx, order));
    work.announce(
      'CreditRequested.v1',
      about,
      creditRequest(order, actions, plan?.lines ?? (await linesOf(work.tx, order)), await billingOf(work.tx, order)),
    );
  }
  if (retry) {
    const { kind, attempt, at } = retry;
    const payload = { accountId: order.accountId, orderId: order.id, kind, attempt };
    await work.enqueue('retryStep', payload, { runAt: at, key: `retry ${order.id} ${kind}` });
  }
  if (stopped) {
    const { kind: step, code, message } = stopped;
    work.announce('OrderStopped.v1', about, { ...reference(order), step, code, message });
  }
  if (order.state === 'FULFILLED' && fulfilledAt) {
    const placedAt = order.placedAt.toISOString();
    work.announce('OrderFulfilled.v1', about, { ...reference(order), fulfilledAt: fulfilledAt.toISOString(), placedAt });
  }
}

/** Hands a step over to the house that carries it out, with the part of the plan that it needs. */
async function handOver(
  work: Work<OrdersEvents>,
  order: OrderRow,
  { kind, attempt }: NonNullable<Progress['request']>,
  plan?: Pick<Purchase, 'actions' | 'lines'>,
): Promise<void> {
  const about = { subject: order.id, accountId: order.accountId };
  const actions = async () => plan?.actions ?? actionsOf(work.tx, order);
  const lines = async () => plan?.lines ?? linesOf(work.tx, order);
  switch (kind) {
    case 'PAYMENT':
      return work.announce('PaymentRequested.v1', about, paymentRequest(order, attempt));
    case 'SUBSCRIPTION': {
      const billing = await billingOf(work.tx, order);
      return work.announce(
        'SubscriptionChangeRequested.v1',
        about,
        subscriptionRequest(order, attempt, await actions(), await lines(), billing),
      );
    }
    case 'INVOICE':
      return work.announce(
        'InvoiceRequested.v1',
        about,
        invoiceRequest(order, attempt, await lines(), null, await billingOf(work.tx, order)),
      );
    case 'AGREEMENT':
      return work.announce('AgreementRequested.v1', about, { ...reference(order), attempt });
    case 'LICENSE':
      return work.announce('LicenseRequested.v1', about, licenseRequest(order, attempt, await actions()));
    case 'DELIVERY':
      return work.announce('DeliveryRequested.v1', about, deliveryRequest(order, attempt, await actions()));
    case 'SCREENING':
    case 'BOOKING':
      throw new Error(`${kind} is our own work and is never handed over.`);
  }
}
