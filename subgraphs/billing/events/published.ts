import type { AccountId, InvoiceId, OrderId, PaymentId, PaymentMethodId, SubscriptionId } from '#kernel/ids';
import type { MoneyText } from '#kernel/money';
import type { PlainDate } from '#kernel/time';

/** What neighbours may know of billing. */
export interface BillingEvents {
  'PaymentMethodAdded.v1': PaymentMethodAdded;
  'PaymentAuthorized.v1': PaymentAuthorized;
  'PaymentReceived.v1': PaymentReceived;
  'InvoicePosted.v1': InvoicePosted;
  'StepFailed.v1': BillingStepFailed;
}

export interface PaymentMethodAdded {
  readonly paymentMethodId: PaymentMethodId;
  readonly accountId: AccountId;
  readonly brand: string;
  readonly lastFour: string;
}

/** Answer to `PaymentRequested.v1`: the amount is reserved and will be captured when the invoice is posted. */
export interface PaymentAuthorized {
  readonly orderId: OrderId;
  readonly accountId: AccountId;
  readonly attempt: number;
  readonly paymentId: PaymentId;
  readonly amount: MoneyText;
}

/** Money arrived against an invoice: a captured card, or a payment of an open invoice. */
export interface PaymentReceived {
  readonly paymentId: PaymentId;
  readonly accountId: AccountId;
  readonly invoiceId: InvoiceId;
  readonly invoiceNumber: string;
  readonly orderId: OrderId | null;
  readonly amount: MoneyText;
  readonly balance: MoneyText;
  readonly receivedAt: string;
}

/** Answer to `InvoiceRequested.v1`. */
export interface InvoicePosted {
  readonly invoiceId: InvoiceId;
  readonly accountId: AccountId;
  readonly number: string;
  readonly orderId: OrderId | null;
  readonly attempt: number;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly total: MoneyText;
  readonly lines: readonly {
    readonly subscriptionId: SubscriptionId;
    readonly sku: string;
    readonly quantity: number;
    readonly amount: MoneyText;
    readonly servicePeriod: { readonly startsOn: PlainDate; readonly endsOn: PlainDate };
  }[];
}

/** The step could not be carried out. Not retryable means: somebody must decide something first. */
export interface BillingStepFailed {
  readonly orderId: OrderId;
  readonly accountId: AccountId;
  readonly step: 'PAYMENT' | 'INVOICE';
  readonly attempt: number;
  readonly code: string;
  readonly message: string;
  readonly isRetryable: boolean;
}
