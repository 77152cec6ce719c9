import type { AccountId, Id, InvoiceId, NamespaceId, OrderActionId, PaymentMethodId, SubscriptionId } from '#kernel/ids';
import type { Currency, Money, MoneyText } from '#kernel/money';
import type { Period, PlainDate } from '#kernel/time';
import type { ChargeModel, DealType, ProductKind } from './catalog';
import type { BookingMetrics } from './order-type';
import type { Priced } from './pricing';
import type { ActionKind } from './request';
import type { SellingEntity } from './tax';

/** What an order changes, kind by kind, as a buyer reads it before buying. */
export const CHANGE_KINDS = [
  'SUBSCRIPTION_CREATED',
  'SEATS_ADDED',
  'PRODUCT_ADDED',
  'TERM_RENEWED',
  'SUBSCRIPTION_CANCELLED',
  'PLAN_CHANGED',
  'RENEWAL_PLANNED',
  'PRODUCT_REMOVED',
  'TERM_CHANGED',
  'SUBSCRIPTION_SUSPENDED',
  'SUBSCRIPTION_RESUMED',
  'OWNER_CHANGED',
  'LICENSE_GRANTED',
  'TRUE_UP_CHARGED',
  'CARD_CHARGED',
  'INVOICE_POSTED',
  'INVOICE_PLANNED',
  'CREDIT_GIVEN',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One value that an order changes; `before` is null where nothing was. */
export interface PlannedChange {
  readonly kind: ChangeKind;
  readonly subject: string;
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** One action of an order, with all that its owner needs to carry it out. */
export interface PlannedAction {
  readonly id: OrderActionId;
  readonly position: number;
  readonly kind: ActionKind;
  readonly subscriptionId: SubscriptionId;
  readonly subscriptionName: string | null;
  readonly sku: string;
  readonly quantity: number;
  readonly effectiveOn: PlainDate;
  readonly planSku: string;
  readonly planName: string;
  readonly planTier: string;
  readonly planDeployment: string;
  readonly termStartsOn: PlainDate;
  readonly termEndsOn: PlainDate;
  readonly termMonths: number;
  readonly isAutoRenew: boolean;
  readonly namespaceId: NamespaceId | null;
  /** What it changes of a subscription otherwise than by adding to it. */
  readonly amendment: Amendment | null;
}

/** How an action changes what is in force, and on what it was priced. */
export interface Amendment {
  readonly reason: string | null;
  /** The charges that end early: those of these products, or all. Null: none. */
  readonly ends: { readonly on: PlainDate; readonly skus: readonly string[] | null } | null;
  readonly pricedOn: { readonly sku: string; readonly seats: number } | null;
  /** What is kept for the renewal instead of being changed now. */
  readonly atRenewal: { readonly seats: number | null; readonly unitPrice: MoneyText } | null;
  /** The term that becomes longer, as it was. */
  readonly termBefore?: Period;
  /** Whose it is from now on, and the id that it has there. */
  readonly transfer?: { readonly toAccountId: AccountId; readonly toSubscriptionId: SubscriptionId };
}

/** What a credit line gives back: a charge, and the invoice line that it was charged with where that is one of ours. */
export interface Credited {
  /** Null when the copy that was priced on does not know it. */
  readonly chargeId: Id<'charge'> | null;
  readonly invoiceId: InvoiceId | null;
  readonly lineId: Id<'invoiceLine'> | null;
}

/** One priced line: a charge of the subscription and a line of the invoice, amount and tax decided. */
export interface PlannedLine {
  readonly id: Id<'invoiceLine'>;
  readonly position: number;
  readonly actionId: OrderActionId;
  readonly subscriptionId: SubscriptionId;
  readonly chargeId: Id<'charge'>;
  readonly sku: string;
  readonly kind: ProductKind;
  readonly model: ChargeModel;
  readonly description: string;
  readonly quantity: number;
  readonly unitPriceMinor: bigint;
  readonly days: number | null;
  readonly amountMinor: bigint;
  readonly working: string;
  readonly taxMinor: bigint;
  readonly taxWorking: string;
  readonly periodStartsOn: PlainDate;
  readonly periodEndsOn: PlainDate;
  /** For a credit line, whose amount is negative: the invoice and the line that it gives back of. */
  readonly creditedInvoiceId: InvoiceId | null;
  readonly creditedLineId: Id<'invoiceLine'> | null;
  /** The day of its own invoice, where it is a later step of a ramp (P7); null: it is invoiced with the order. */
  readonly invoicedOn: PlainDate | null;
}

/** An order as it would be carried out: nothing in it is computed again. */
export interface OrderPlan {
  readonly currency: Currency;
  readonly sellingEntity: SellingEntity;
  readonly dealType: DealType;
  readonly paymentMethodId: PaymentMethodId | null;
  readonly subtotalMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly actions: readonly PlannedAction[];
  readonly lines: readonly PlannedLine[];
  readonly changes: readonly PlannedChange[];
  readonly metrics: BookingMetrics;
}

/** What one action comes to, before lines get their numbers and taxes. */
export interface PlannedPart {
  readonly action: PlannedAction;
  readonly lines: readonly PricedLine[];
  readonly changes: readonly PlannedChange[];
  readonly currency: Currency;
  readonly sellingEntity: SellingEntity;
  readonly dealType: DealType;
}

/** A line that has its price and not yet its tax. */
export interface PricedLine {
  readonly sku: string;
  readonly kind: ProductKind;
  readonly model: ChargeModel;
  readonly description: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly priced: Priced;
  readonly period: Period;
  /** The day of its own invoice, for a later step of a ramp. */
  readonly invoicedOn?: PlainDate;
  /** Present on a credit line. */
  readonly credits?: Credited;
  /** The tax where it is not counted from the amount: a refund gives back what was taken, to the cent. */
  readonly tax?: { readonly tax: Money; readonly working: string };
}
