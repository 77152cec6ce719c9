import type { Id, NamespaceId, OrderActionId, PaymentMethodId, SubscriptionId } from '#kernel/ids';
import type { Currency, Money } from '#kernel/money';
import type { Period, PlainDate } from '#kernel/time';
import type { ChargeModel, DealType, ProductKind } from './catalog';
import type { Priced } from './pricing';
import type { ActionKind } from './request';
import type { SellingEntity } from './tax';

/** What an order changes, kind by kind, as a buyer reads it before buying. */
export const CHANGE_KINDS = ['SUBSCRIPTION_CREATED', 'SEATS_ADDED', 'PRODUCT_ADDED', 'CARD_CHARGED', 'INVOICE_POSTED'] as const;
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
}

/** What one action comes to, before lines get their numbers and taxes. */
export interface PlannedPart {
  readonly action: PlannedAction;
  readonly lines: readonly PricedLine[];
  readonly changes: readonly PlannedChange[];
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
}
