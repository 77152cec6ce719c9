import type { AccountId, InvoiceId, OrderId, PaymentId, PaymentMethodId } from '#kernel/ids';
import { type Currency, money, moneyText } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import type {
  DeliveryRequested,
  InvoiceRequested,
  LicenseRequested,
  PaymentRequested,
  PlannedInvoiceLine,
  PlannedVersion,
  PublishedCharge,
  SubscriptionChangeRequested,
} from '../events/published';
import type { PlannedAction, PlannedLine } from './plan';

/** What the handing over of a step needs to know of its order. */
export interface HandedOver {
  readonly id: OrderId;
  readonly number: string;
  readonly accountId: AccountId;
  readonly currency: Currency;
  readonly sellingEntity: string;
  readonly poNumber: string | null;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly subtotalMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  readonly invoiceId: InvoiceId;
  readonly paymentId: PaymentId | null;
  readonly paymentMethodId: PaymentMethodId | null;
}

/** For billing: the amount to reserve on the card. The payment keeps its id through every try and every card. */
export function paymentRequest(order: HandedOver, attempt: number): PaymentRequested {
  const { paymentId, paymentMethodId } = order;
  if (!paymentId || !paymentMethodId) throw new Error(`Order ${order.number} is not paid by card.`);
  return { ...reference(order), attempt, paymentId, paymentMethodId, amount: amountOf(order, order.totalMinor) };
}

/** For subscriptions: one version for each action, with the charges that it adds. */
export function subscriptionRequest(
  order: HandedOver,
  attempt: number,
  actions: readonly PlannedAction[],
  lines: readonly PlannedLine[],
): SubscriptionChangeRequested {
  const linesByAction = Map.groupBy(lines, line => line.actionId);
  const changes = actions.map(action => versionOf(order, action, linesByAction.get(action.id) ?? []));
  return { ...reference(order), attempt, changes };
}

/** For billing: the invoice, line for line as it was priced and taxed. */
export function invoiceRequest(order: HandedOver, attempt: number, lines: readonly PlannedLine[]): InvoiceRequested {
  const { invoiceId, currency, sellingEntity, poNumber, issuedOn, dueOn, paymentMethodId, paymentId } = order;
  return {
    ...reference(order),
    attempt,
    invoiceId,
    currency,
    sellingEntity,
    poNumber,
    issuedOn,
    dueOn,
    lines: lines.map(line => invoiceLineOf(order, line)),
    subtotal: amountOf(order, order.subtotalMinor),
    tax: amountOf(order, order.taxMinor),
    total: amountOf(order, order.totalMinor),
    paymentId: paymentMethodId ? paymentId : null,
  };
}

/** For licences: each subscription once, whatever number of actions touched it. */
export function licenseRequest(order: HandedOver, attempt: number, actions: readonly PlannedAction[]): LicenseRequested {
  const bySubscription = new Map(actions.map(action => [action.subscriptionId, action]));
  const grants = [...bySubscription.values()].map(({ id: actionId, subscriptionId, planDeployment: deployment }) => ({
    actionId,
    subscriptionId,
    deployment,
  }));
  return { ...reference(order), attempt, grants };
}

/** For licences: which subscriptions the mail to Sold-To is about. */
export function deliveryRequest(order: HandedOver, attempt: number, actions: readonly PlannedAction[]): DeliveryRequested {
  return { ...reference(order), attempt, subscriptionIds: [...new Set(actions.map(action => action.subscriptionId))] };
}

/** The order as every event about it names it. */
export const reference = ({ id: orderId, number: orderNumber, accountId }: Pick<HandedOver, 'id' | 'number' | 'accountId'>) => ({
  orderId,
  orderNumber,
  accountId,
});

/** An added product is one more charge for its subscription, exactly as added seats are. */
function versionOf(order: HandedOver, action: PlannedAction, lines: readonly PlannedLine[]): PlannedVersion {
  return {
    actionId: action.id,
    subscriptionId: action.subscriptionId,
    kind: action.kind === 'CREATE_SUBSCRIPTION' ? 'CREATE' : 'ADD_SEATS',
    effectiveOn: action.effectiveOn,
    plan: { sku: action.planSku, name: action.planName, tier: action.planTier, deployment: action.planDeployment },
    term: { startsOn: action.termStartsOn, endsOn: action.termEndsOn, months: action.termMonths },
    isAutoRenew: action.isAutoRenew,
    namespaceId: action.namespaceId,
    charges: lines.map(line => chargeOf(order, line)),
  };
}

function chargeOf(order: HandedOver, line: PlannedLine): PublishedCharge {
  const { chargeId, sku, kind, model, quantity, periodStartsOn: startsOn, periodEndsOn: endsOn } = line;
  return { chargeId, sku, kind, model, quantity, unitPrice: amountOf(order, line.unitPriceMinor), startsOn, endsOn };
}

function invoiceLineOf(order: HandedOver, line: PlannedLine): PlannedInvoiceLine {
  const { id: lineId, actionId, subscriptionId, sku, description, quantity, days, working } = line;
  return {
    lineId,
    actionId,
    subscriptionId,
    sku,
    description,
    quantity,
    unitPrice: amountOf(order, line.unitPriceMinor),
    days,
    amount: amountOf(order, line.amountMinor),
    tax: amountOf(order, line.taxMinor),
    working,
    servicePeriod: { startsOn: line.periodStartsOn, endsOn: line.periodEndsOn },
  };
}

const amountOf = ({ currency }: HandedOver, minor: bigint) => moneyText(money(minor, currency));
