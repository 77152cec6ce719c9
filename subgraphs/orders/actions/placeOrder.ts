import { displayOf, money, moneyText } from '#kernel/money';
import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { begun } from '../domain/flow';
import { needlessSteps, reference } from '../domain/handing-over';
import type { OrderPlan, PlannedChange } from '../domain/plan';
import { planOrder } from '../domain/plan-order';
import type { Progress } from '../domain/progress';
import type { OrderRefusal } from '../domain/refusals';
import { type PurchaseRequest, wellFormed } from '../domain/request';
import { screened, screenedValues } from '../domain/screening';
import type { OrdersEvents } from '../events/published';
import { insertPurchase, type Purchase, timelineOf } from '../store/orders';
import { restrictionsMet } from '../store/restrictions';
import { draftOf } from './draft-order';
import { announceProgress } from './go-on';
import { type Buying, situationOf } from './situation-of';

/** An order as it was placed, and what it changes. */
export interface Placed extends Purchase {
  readonly changes: readonly PlannedChange[];
}

/**
 * Places an order: what is true now is loaded, the purchase is decided as a whole, and the order is saved as a plan that
 * its neighbours carry out. A preview runs through here as well and is rolled back, so it shows what an order would do.
 */
export async function placeOrder(
  work: Work<OrdersEvents>,
  request: PurchaseRequest,
  buying: Buying,
): Promise<Result<Placed, Refusal<OrderRefusal>>> {
  const formed = wellFormed(request);
  if (!formed.ok) return formed;
  const situation = await situationOf(work, request, buying);
  if (!situation.ok) return situation;

  const plan = planOrder(request, situation.value);
  if (!plan.ok) return plan;

  const { account } = situation.value;
  const screening = screened(await restrictionsMet(work.tx, screenedValues(account)));
  const draft = await draftOf(work, request, account, plan.value, buying.channel);
  const placed = `Placed for ${displayOf(money(draft.totalMinor, draft.currency))}.`;
  const progress = begun(draft, screening, placed, work, needlessSteps(plan.value));
  const purchase = purchaseOf(work, draft, plan.value, progress);

  await insertPurchase(work.tx, purchase);
  if (screening.isClear) announceAccepted(work, purchase);
  else announceRejected(work, purchase, screening.reason);
  await announceProgress(work, purchase.order, progress, purchase);

  return accept({ ...purchase, changes: screening.isClear ? plan.value.changes : [] });
}

/**
 * The same order, as a preview asks for it: a buyer reads the price before agreeing to the terms. What would be rejected
 * is refused here, since there is no order whose state could tell.
 */
export async function previewOrder(
  work: Work<OrdersEvents>,
  request: PurchaseRequest,
  buying: Buying,
): Promise<Result<Placed, Refusal<OrderRefusal>>> {
  const placed = await placeOrder(work, { ...request, termsAccepted: true }, buying);
  if (!placed.ok || placed.value.order.state !== 'REJECTED') return placed;
  const screening = placed.value.steps.find(step => step.kind === 'SCREENING');
  return refuse('ORDER_REJECTED', screening?.lastError ?? 'This purchase cannot be accepted.');
}

/** The rows of an order as it was decided. */
export function purchaseOf(
  work: Work<OrdersEvents>,
  draft: Purchase['order'],
  plan: OrderPlan,
  { state, fulfilledAt, steps, entries }: Progress,
): Purchase {
  const { accountId, id: orderId, currency } = draft;
  const key = { accountId, orderId };
  return {
    order: { ...draft, state, fulfilledAt, timelineLength: entries.length },
    actions: plan.actions.map(action => ({ ...action, ...key })),
    lines: plan.lines.map(line => ({ ...line, ...key, currency })),
    steps: steps.map(step => ({ ...step, ...key })),
    timeline: timelineOf(draft, entries),
    instalments: [...new Set(plan.lines.flatMap(line => line.invoicedOn ?? []))].map(invoicedOn => ({
      ...key,
      invoicedOn,
      invoiceId: work.newId('invoice'),
      requestedAt: null,
      postedAt: null,
    })),
  };
}

/** Tells the neighbours what was bought. */
export function announceAccepted(work: Work<OrdersEvents>, { order, actions }: Purchase): void {
  work.announce(
    'OrderAccepted.v1',
    { subject: order.id, accountId: order.accountId },
    {
      ...reference(order),
      placedAt: order.placedAt.toISOString(),
      channel: order.channel,
      dealType: order.dealType,
      total: moneyText(money(order.totalMinor, order.currency)),
      metrics: order.metrics,
      actions: actions.map(({ id: actionId, kind, subscriptionId, sku, quantity }) => ({ actionId, kind, subscriptionId, sku, quantity })),
    },
  );
}

/** Tells the neighbours that nothing is carried out. */
export function announceRejected(work: Work<OrdersEvents>, { order }: Purchase, reason: string): void {
  work.announce(
    'OrderRejected.v1',
    { subject: order.id, accountId: order.accountId },
    { ...reference(order), code: 'RESTRICTED_PARTY', reason },
  );
}
