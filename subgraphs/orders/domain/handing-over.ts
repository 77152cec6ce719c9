import type { AccountId, InvoiceId, OrderId, PartnerId, PaymentId, PaymentMethodId } from '#kernel/ids';
import { type Currency, money, moneyText } from '#kernel/money';
import { later, type PlainDate } from '#kernel/time';
import type {
  CreditRequested,
  DeliveryRequested,
  InvoiceRequested,
  LicenseRequested,
  PaymentRequested,
  PlannedInvoiceLine,
  PlannedVersion,
  PublishedCharge,
  SubscriptionChangeRequested,
} from '../events/published';
import type { OrderPlan, PlannedAction, PlannedLine } from './plan';
import type { ActionKind } from './request';
import type { StepKind } from './steps';
import { isTrueUp } from './true-up';

/** What the handing over of a step needs to know of its order. */
export interface HandedOver {
  readonly id: OrderId;
  readonly number: string;
  readonly accountId: AccountId;
  readonly currency: Currency;
  readonly sellingEntity: string;
  readonly dealType: string;
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

/**
 * Who is invoiced where it is not the account that the order belongs to, and for how much: the invoice owner's own price.
 * The order's lines keep the customer's price, so that neither sees what the other pays (C5).
 */
export interface Billing {
  readonly invoiceAccountId: AccountId;
  readonly resalePartnerId: PartnerId;
  readonly subtotalMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  readonly lines: readonly BilledLine[];
}

/** The money of one line as the invoice owner owes it; everything else is the order's own line, under the same id. */
export type BilledLine = Pick<PlannedLine, 'id' | 'unitPriceMinor' | 'amountMinor' | 'working' | 'taxMinor' | 'taxWorking'>;

/** For billing: the amount to reserve on the card. The payment keeps its id through every try and every card. */
export function paymentRequest(order: HandedOver, attempt: number): PaymentRequested {
  const { paymentId, paymentMethodId } = order;
  if (!paymentId || !paymentMethodId) throw new Error(`Order ${order.number} is not paid by card.`);
  return { ...reference(order), attempt, paymentId, paymentMethodId, amount: amountOf(order, order.totalMinor) };
}

/** For subscriptions: one version for each action, with the charges that it adds and those that it ends. */
export function subscriptionRequest(
  order: HandedOver,
  attempt: number,
  actions: readonly PlannedAction[],
  lines: readonly PlannedLine[],
  billing: Billing | null = null,
): SubscriptionChangeRequested {
  const linesByAction = Map.groupBy(lines, line => line.actionId);
  const changes = actions.map(action => versionOf(order, action, linesByAction.get(action.id) ?? []));
  const { dealType } = order;
  return { ...reference(order), attempt, dealType, changes, ...(billing && { resalePartnerId: billing.resalePartnerId }) };
}

/** For billing: the invoice, line for line as it was priced and taxed. The later years of a ramp have invoices of their own. */
export function invoiceRequest(
  order: HandedOver,
  attempt: number,
  planned: readonly PlannedLine[],
  day: PlainDate | null = null,
  billing: Billing | null = null,
): InvoiceRequested {
  const lines = asBilled(
    planned.filter(line => line.invoicedOn === day),
    billing,
  );
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
    ...totalsOf(order, lines),
    paymentId: paymentMethodId ? paymentId : null,
    ...(billing && { invoiceOwner: { accountId: billing.invoiceAccountId } }),
  };
}

/** For licences: each subscription once, whatever number of actions touched it. */
export function licenseRequest(order: HandedOver, attempt: number, actions: readonly PlannedAction[]): LicenseRequested {
  const bySubscription = new Map(actions.filter(grantsSomething).map(action => [action.subscriptionId, action]));
  const grants = [...bySubscription.values()].map(({ id: actionId, subscriptionId, planDeployment: deployment }) => ({
    actionId,
    subscriptionId,
    deployment,
  }));
  return { ...reference(order), attempt, grants };
}

/** For licences: which subscriptions the mail to Sold-To is about. */
export function deliveryRequest(order: HandedOver, attempt: number, actions: readonly PlannedAction[]): DeliveryRequested {
  return {
    ...reference(order),
    attempt,
    subscriptionIds: [...new Set(actions.filter(grantsSomething).map(action => action.subscriptionId))],
  };
}

/** For billing: what is given back, as positive amounts, each line with the invoice and the line that it is credited of. */
export function creditRequest(
  order: HandedOver,
  actions: readonly PlannedAction[],
  planned: readonly PlannedLine[],
  billing: Billing | null = null,
): CreditRequested {
  const lines = asBilled(planned, billing);
  const { subtotalMinor, taxMinor, totalMinor } = billing ?? order;
  const { currency, sellingEntity, issuedOn } = order;
  return {
    ...reference(order),
    currency,
    sellingEntity,
    issuedOn,
    // P8: what is undone within 45 days goes back to where it came from; unused days are kept as the account's credit (P3).
    isRefunded: actions.some(action => action.kind === 'CANCEL' && action.amendment?.ends),
    reason: actions.find(action => action.amendment?.reason)?.amendment?.reason ?? null,
    lines: lines.map(line => ({
      ...invoiceLineOf(order, line),
      amount: amountOf(order, -line.amountMinor),
      tax: amountOf(order, -line.taxMinor),
      creditedInvoiceId: line.creditedInvoiceId,
      creditedLineId: line.creditedLineId,
    })),
    subtotal: amountOf(order, -subtotalMinor),
    tax: amountOf(order, -taxMinor),
    total: amountOf(order, -totalMinor),
  };
}

/** True when an action brings a licence or an entitlement; what only lengthens or ends one follows from the subscription. */
export const grantsSomething = ({ kind, amendment }: Pick<PlannedAction, 'kind' | 'amendment'>): boolean =>
  kind === 'CREATE_SUBSCRIPTION' || kind === 'ADD_SEATS' || kind === 'ADD_PRODUCT' || (kind === 'CHANGE_PLAN' && !amendment?.atRenewal);

/** The steps that have nothing to do for an order: nobody waits for them. */
export const needlessSteps = ({ actions, lines }: Pick<OrderPlan, 'actions' | 'lines'>): readonly StepKind[] => [
  ...(lines.length === 0 ? (['INVOICE'] as const) : []),
  ...(actions.some(grantsSomething) ? [] : (['LICENSE', 'DELIVERY'] as const)),
];

/** The order as every event about it names it. */
export const reference = ({ id: orderId, number: orderNumber, accountId }: Pick<HandedOver, 'id' | 'number' | 'accountId'>) => ({
  orderId,
  orderNumber,
  accountId,
});

/** An added product is one more charge for its subscription, exactly as added seats are. */
function versionOf(order: HandedOver, action: PlannedAction, lines: readonly PlannedLine[]): PlannedVersion {
  const { ends = null, pricedOn = null, atRenewal = null, termBefore, transfer } = action.amendment ?? {};
  const isWish = atRenewal !== null || (action.kind === 'CANCEL' && !ends);
  return {
    actionId: action.id,
    subscriptionId: action.subscriptionId,
    kind: atRenewal ? 'PLAN_AT_RENEWAL' : VERSION_KIND[action.kind],
    // What is agreed now for the end of a term is a version of today.
    effectiveOn: isWish ? later(order.issuedOn, action.termStartsOn) : action.effectiveOn,
    plan: { sku: action.planSku, name: action.planName, tier: action.planTier, deployment: action.planDeployment },
    term: { startsOn: action.termStartsOn, endsOn: action.termEndsOn, months: action.termMonths },
    isAutoRenew: action.isAutoRenew,
    namespaceId: action.namespaceId,
    charges: lines.filter(isCharge).map(line => chargeOf(order, line)),
    ...(ends && { ends }),
    ...(pricedOn && { pricedOn }),
    ...(atRenewal && { atRenewal }),
    ...(termBefore && { termBefore }),
    ...(transfer && { transfer }),
  };
}

/** Credits take back, and a true-up is paid for what has been: neither grants anything. */
const isCharge = (line: PlannedLine): boolean => line.amountMinor >= 0n && !isTrueUp(line);

const VERSION_KIND: Readonly<Record<ActionKind, PlannedVersion['kind']>> = {
  CREATE_SUBSCRIPTION: 'CREATE',
  ADD_SEATS: 'ADD_SEATS',
  ADD_PRODUCT: 'ADD_SEATS',
  RENEW: 'RENEW',
  CANCEL: 'CANCEL',
  CHANGE_PLAN: 'CHANGE_PLAN',
  REMOVE_PRODUCT: 'REMOVE_PRODUCT',
  CHANGE_TERMS: 'CHANGE_TERMS',
  SUSPEND: 'SUSPEND',
  RESUME: 'RESUME',
  TRANSFER_OWNER: 'TRANSFER_OWNER',
};

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

function totalsOf(order: HandedOver, lines: readonly PlannedLine[]) {
  const subtotal = lines.reduce((all, line) => all + line.amountMinor, 0n);
  const tax = lines.reduce((all, line) => all + line.taxMinor, 0n);
  return { subtotal: amountOf(order, subtotal), tax: amountOf(order, tax), total: amountOf(order, subtotal + tax) };
}

function asBilled(lines: readonly PlannedLine[], billing: Billing | null): readonly PlannedLine[] {
  if (!billing) return lines;
  const billedById = new Map(billing.lines.map(line => [line.id, line]));
  return lines.map(line => ({ ...line, ...billedById.get(line.id) }));
}

const amountOf = ({ currency }: HandedOver, minor: bigint) => moneyText(money(minor, currency));
