import type { OrderId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import type { Channel } from '../domain/catalog';
import type { OrderPlan } from '../domain/plan';
import type { PurchaseRequest } from '../domain/request';
import type { BuyingAccount } from '../domain/situation';
import type { OrdersEvents } from '../events/published';
import { claimOrderNumber } from '../store/orders';
import type { OrderRow } from '../store/tables';

/** The order before anything happened to it. The invoice and the payment have their ids from here, so no retry makes a second one. */
export async function draftOf(
  work: Work<OrdersEvents>,
  { poNumber, quoted, actions }: Pick<PurchaseRequest, 'poNumber' | 'quoted' | 'actions'>,
  { accountId, paymentTermsDays }: Pick<BuyingAccount, 'accountId' | 'paymentTermsDays'>,
  plan: OrderPlan,
  channel: Channel,
  id: OrderId = work.newId('order'),
): Promise<OrderRow> {
  const { dealType, sellingEntity, currency, paymentMethodId, subtotalMinor, taxMinor, totalMinor, issuedOn, dueOn } = plan;
  return {
    accountId,
    id,
    number: await claimOrderNumber(work.tx, { accountId, id }),
    state: 'DRAFT',
    channel,
    dealType,
    sellingEntity,
    currency,
    subtotalMinor,
    taxMinor,
    totalMinor,
    paymentMethodId,
    paymentId: paymentMethodId ? work.newId('payment') : null,
    paymentTermsDays,
    poNumber: poNumber?.trim() || null,
    invoiceId: work.newId('invoice'),
    issuedOn,
    dueOn,
    placedBy: work.actor,
    placedAt: work.now,
    fulfilledAt: null,
    correlationId: work.correlationId,
    timelineLength: 0,
    quoteId: quoted?.quoteId ?? null,
    metrics: plan.metrics,
    reconciliationId:
      actions.flatMap(action => ('reconciles' in action && action.reconciles ? [action.reconciles.reconciliationId] : []))[0] ?? null,
  };
}
