import type {
  AccountId,
  Id,
  InvoiceId,
  NamespaceId,
  OrderActionId,
  OrderId,
  PartnerId,
  PaymentId,
  PaymentMethodId,
  ReconciliationId,
  RenewalAttemptId,
  SubscriptionId,
} from '#kernel/ids';
import type { Currency, MoneyText } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import type { PublishedCharge, PublishedPlan } from './published-charge';
import type { PartiesRestricted, PartnerOrderDeclined, PricesListed } from './published-to-partners';

export type { PartiesRestricted, PartnerOrderDeclined, PricesListed, PublishedCharge, PublishedPlan };

/**
 * What neighbours may know of orders. An accepted order is a plan, and each `…Requested` event hands one part of it to
 * the house that carries it out. Owners answer with an event of their own that names the order, or with `StepFailed.v1`.
 */
export interface OrdersEvents {
  'OrderAccepted.v1': OrderAccepted;
  'OrderRejected.v1': OrderRejected;
  'PaymentRequested.v1': PaymentRequested;
  'SubscriptionChangeRequested.v1': SubscriptionChangeRequested;
  'InvoiceRequested.v1': InvoiceRequested;
  'CreditRequested.v1': CreditRequested;
  'AgreementRequested.v1': AgreementRequested;
  'LicenseRequested.v1': LicenseRequested;
  'DeliveryRequested.v1': DeliveryRequested;
  'OrderFulfilled.v1': OrderFulfilled;
  'OrderStopped.v1': OrderStopped;
  'ReconciliationOrdered.v1': ReconciliationOrdered;
  'ReconciliationRefused.v1': ReconciliationRefused;
  'PartnerOrderDeclined.v1': PartnerOrderDeclined;
  'PricesListed.v1': PricesListed;
  'PartiesRestricted.v1': PartiesRestricted;
  'RenewalOrdered.v1': RenewalOrdered;
  'RenewalRefused.v1': RenewalRefused;
}

interface OrderReference {
  readonly orderId: OrderId;
  readonly orderNumber: string;
  readonly accountId: AccountId;
}

interface StepReference extends OrderReference {
  /** 1 for the first try; an answer repeats it, so a late answer to an old try is told apart. */
  readonly attempt: number;
}

export interface OrderAccepted extends OrderReference {
  readonly placedAt: string;
  readonly channel: string;
  readonly dealType: string;
  readonly total: MoneyText;
  /** How it counts among the bookings: nine metrics, each defined among the words. */
  readonly metrics: PublishedMetrics | null;
  readonly actions: readonly {
    readonly actionId: OrderActionId;
    readonly kind: string;
    readonly subscriptionId: SubscriptionId;
    readonly sku: string;
    readonly quantity: number;
  }[];
}

export interface PublishedMetrics {
  readonly orderType: string;
  readonly amount: MoneyText;
  readonly arr: MoneyText;
  readonly arrBasis: MoneyText;
  readonly netArr: MoneyText;
  readonly bookedArr: MoneyText;
  readonly trueUp: MoneyText;
  readonly services: MoneyText;
  readonly other: MoneyText;
  readonly arrFromSeats: MoneyText;
  readonly arrFromPrice: MoneyText;
  readonly arrFromTier: MoneyText;
}

export interface OrderRejected extends OrderReference {
  readonly code: string;
  readonly reason: string;
}

/** For billing: reserve this amount on this card. */
export interface PaymentRequested extends StepReference {
  readonly paymentId: PaymentId;
  readonly paymentMethodId: PaymentMethodId;
  readonly amount: MoneyText;
}

/** For subscriptions: write one version for each of these. */
export interface SubscriptionChangeRequested extends StepReference {
  /** DIRECT, RESALE, REFERRAL or MSP: who stands between the seller and the user of the product. */
  readonly dealType?: string;
  /** The partner that sold them to the customer. Absent: we did. */
  readonly resalePartnerId?: PartnerId;
  readonly changes: readonly PlannedVersion[];
}

export interface PlannedVersion {
  readonly actionId: OrderActionId;
  readonly subscriptionId: SubscriptionId;
  /**
   * CREATE writes version 1; ADD_SEATS adds its charges to what is in force; RENEW begins a term where the last one ends.
   * CANCEL ends what `ends` names, or without it the agreement at its term's end. CHANGE_PLAN and REMOVE_PRODUCT end charges
   * early, and PLAN_AT_RENEWAL keeps what the next renewal will be for. CHANGE_TERMS makes the running term longer, SUSPEND and
   * RESUME pause it, and TRANSFER_OWNER closes it here and goes on with it, under the same name, in another account.
   */
  readonly kind:
    | 'CREATE'
    | 'ADD_SEATS'
    | 'RENEW'
    | 'CANCEL'
    | 'CHANGE_PLAN'
    | 'PLAN_AT_RENEWAL'
    | 'REMOVE_PRODUCT'
    | 'CHANGE_TERMS'
    | 'SUSPEND'
    | 'RESUME'
    | 'TRANSFER_OWNER';
  readonly effectiveOn: PlainDate;
  readonly plan: PublishedPlan;
  readonly term: { readonly startsOn: PlainDate; readonly endsOn: PlainDate; readonly months: number };
  readonly isAutoRenew: boolean;
  readonly namespaceId: NamespaceId | null;
  /** The charges that this version adds. */
  readonly charges: readonly PublishedCharge[];
  /** The charges that end early, from a day on: those of these products, or all of them. */
  readonly ends?: { readonly on: PlainDate; readonly skus: readonly string[] | null };
  /** What was in force when it was priced. Where something else is by then, the change is not carried out. */
  readonly pricedOn?: { readonly sku: string; readonly seats: number };
  /** For PLAN_AT_RENEWAL: the seats of the next renewal, those of then where null, and the price of one for a year as of today. */
  readonly atRenewal?: { readonly seats: number | null; readonly unitPrice: MoneyText };
  /** For CHANGE_TERMS: the running term as it was when the longer one was priced. */
  readonly termBefore?: { readonly startsOn: PlainDate; readonly endsOn: PlainDate };
  /** For TRANSFER_OWNER: the account that it goes to, and the id that it has there. */
  readonly transfer?: { readonly toAccountId: AccountId; readonly toSubscriptionId: SubscriptionId };
}

/** For billing: post this invoice as it is; every amount is decided. */
export interface InvoiceRequested extends StepReference {
  readonly invoiceId: InvoiceId;
  readonly currency: Currency;
  readonly sellingEntity: string;
  readonly poNumber: string | null;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly lines: readonly PlannedInvoiceLine[];
  readonly subtotal: MoneyText;
  readonly tax: MoneyText;
  readonly total: MoneyText;
  /** The authorised payment to capture against the invoice, for card purchases. */
  readonly paymentId: PaymentId | null;
  /** Who is invoiced where it is another account than the order's: a partner that sells on. */
  readonly invoiceOwner?: { readonly accountId: AccountId };
}

/** An amount is negative where unused days are credited; the invoice as a whole never is. */
export interface PlannedInvoiceLine {
  readonly lineId: Id<'invoiceLine'>;
  readonly actionId: OrderActionId;
  readonly subscriptionId: SubscriptionId;
  readonly sku: string;
  readonly description: string;
  readonly quantity: number;
  readonly unitPrice: MoneyText;
  readonly days: number | null;
  readonly amount: MoneyText;
  readonly tax: MoneyText;
  readonly working: string;
  readonly servicePeriod: { readonly startsOn: PlainDate; readonly endsOn: PlainDate };
}

/**
 * For billing: give this back. An order that is worth less than nothing has no invoice; this takes its place. Amounts are
 * positive where something is given back, and negative where the same order charges something. Announced once for an order.
 */
export interface CreditRequested extends OrderReference {
  readonly currency: Currency;
  readonly sellingEntity: string;
  readonly issuedOn: PlainDate;
  /** True: the money goes back to where it came from. False: it is kept as the account's credit. */
  readonly isRefunded: boolean;
  readonly reason: string | null;
  readonly lines: readonly PlannedCreditLine[];
  readonly subtotal: MoneyText;
  readonly tax: MoneyText;
  readonly total: MoneyText;
}

export interface PlannedCreditLine extends PlannedInvoiceLine {
  /** The invoice and the line that are credited. Null where the charge was not ordered here, or the line charges something. */
  readonly creditedInvoiceId: InvoiceId | null;
  readonly creditedLineId: Id<'invoiceLine'> | null;
}

/** For customers: has the customer accepted the licence agreement? Until then no licence is released (C6). */
export interface AgreementRequested extends StepReference {}

/** For licences: what each subscription of the order now grants. */
export interface LicenseRequested extends StepReference {
  readonly grants: readonly PlannedGrant[];
}

export interface PlannedGrant {
  readonly actionId: OrderActionId;
  readonly subscriptionId: SubscriptionId;
  readonly deployment: string;
}

/** For licences: tell Sold-To, never a reseller. */
export interface DeliveryRequested extends StepReference {
  readonly subscriptionIds: readonly SubscriptionId[];
}

export interface OrderFulfilled extends OrderReference {
  readonly fulfilledAt: string;
  readonly placedAt: string;
}

/** The order waits for a person: a step has failed for good. */
export interface OrderStopped extends OrderReference {
  readonly step: string;
  readonly code: string;
  readonly message: string;
}

/** Answers to `ReconciliationRequested.v1`: its seats are ordered, or refused; retryable means that another day may help. */
export type ReconciliationOrdered = OrderReference & Pick<ReconciliationRefused, 'reconciliationId'>;
export interface ReconciliationRefused {
  readonly reconciliationId: ReconciliationId;
  readonly accountId: AccountId;
  readonly code: string;
  readonly message: string;
  readonly isRetryable: boolean;
}

/** Answers to `RenewalRequested.v1`: the renewal is ordered, or could not be. */
export type RenewalOrdered = OrderReference & { readonly attemptId: RenewalAttemptId };
export type RenewalRefused = Omit<ReconciliationRefused, 'reconciliationId' | 'isRetryable'> & Pick<RenewalOrdered, 'attemptId'>;
