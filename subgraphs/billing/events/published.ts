import type { AccountId, InvoiceId, OrderId, PaymentId, PaymentMethodId, SubscriptionId } from '#kernel/ids';
import type { MoneyText } from '#kernel/money';
import type { PlainDate } from '#kernel/time';

/** What neighbours may know of billing. */
export interface BillingEvents {
  'PaymentMethodAdded.v1': PaymentMethodAdded;
  'PaymentAuthorized.v1': PaymentAuthorized;
  'PaymentReceived.v1': PaymentReceived;
  'InvoicePosted.v1': InvoicePosted;
  'InvoiceVoided.v1': InvoiceVoided;
  'CreditMemoPosted.v1': CreditMemoPosted;
  'CreditApplied.v1': CreditApplied;
  'PaymentRefunded.v1': PaymentRefunded;
  'InvoiceOverdue.v1': InvoiceOverdue;
  'AccountOverdue.v1': AccountOverdue;
  'AccountSettled.v1': AccountSettled;
  'PeriodClosed.v1': PeriodClosed;
  'PeriodReopened.v1': PeriodReopened;
  'StepFailed.v1': BillingStepFailed;
}

export interface PaymentMethodAdded {
  readonly paymentMethodId: PaymentMethodId;
  readonly accountId: AccountId;
  readonly brand: string;
  readonly lastFour: string;
  /** The month in which the card ends; not told by events from before this was kept. */
  readonly expiryMonth?: number;
  readonly expiryYear?: number;
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
  /** The account of the order, where another one is invoiced: a partner that sells on. */
  readonly orderAccountId?: AccountId;
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

/** An invoice was taken back as a whole, before anything of it was paid or credited. Nothing is owed on it. */
export interface InvoiceVoided {
  readonly invoiceId: InvoiceId;
  readonly accountId: AccountId;
  readonly number: string;
  readonly orderId: OrderId | null;
  readonly voidedOn: PlainDate;
  readonly total: MoneyText;
}

/** A part or all of an invoice was taken back. What the invoice did not take is kept as the account's credit. */
export interface CreditMemoPosted {
  readonly number: string;
  readonly accountId: AccountId;
  readonly invoiceId: InvoiceId;
  readonly invoiceNumber: string;
  readonly postedOn: PlainDate;
  readonly subtotal: MoneyText;
  readonly tax: MoneyText;
  readonly total: MoneyText;
  readonly applied: MoneyText;
  readonly kept: MoneyText;
  readonly invoiceBalance: MoneyText;
}

/** Credit of the account paid a part or all of an invoice. */
export interface CreditApplied {
  readonly accountId: AccountId;
  readonly invoiceId: InvoiceId;
  readonly invoiceNumber: string;
  readonly orderId: OrderId | null;
  readonly amount: MoneyText;
  readonly balance: MoneyText;
  /** What is left of the account's credit in this currency. */
  readonly credit: MoneyText;
}

/** Money went back to the card that paid, out of the account's credit. */
export interface PaymentRefunded {
  readonly number: string;
  readonly accountId: AccountId;
  readonly paymentId: PaymentId;
  readonly invoiceId: InvoiceId;
  readonly orderId: OrderId | null;
  readonly amount: MoneyText;
  readonly refundedOn: PlainDate;
}

/** An invoice has been due and unpaid for as long as a step of the policy says: a reminder is to be sent. Once for each step. */
export interface InvoiceOverdue {
  readonly invoiceId: InvoiceId;
  readonly accountId: AccountId;
  readonly number: string;
  readonly dueOn: PlainDate;
  /** The step, by its number of days: 7, 14, 30. */
  readonly step: number;
  readonly daysOverdue: number;
  readonly balance: MoneyText;
}

/** An account has left an invoice unpaid for more than 90 days: it is to be held until `AccountSettled.v1`. */
export interface AccountOverdue {
  readonly accountId: AccountId;
  readonly hold: 'SUPPORT';
  readonly oldestDueOn: PlainDate;
  readonly daysOverdue: number;
  readonly invoices: readonly { readonly number: string; readonly balance: MoneyText }[];
}

/** Nothing is unpaid for so long any more: the hold that `AccountOverdue.v1` asked for is to be lifted. */
export interface AccountSettled {
  readonly accountId: AccountId;
  readonly hold: 'SUPPORT';
  readonly settledOn: PlainDate;
}

/** A month of the books was closed: no entry is dated in it any more. */
export interface PeriodClosed {
  /** The first day of the month. */
  readonly month: PlainDate;
  readonly closedAt: string;
}

/** A closed month of the books was opened again: what was reported of it may change. */
export interface PeriodReopened {
  readonly month: PlainDate;
  readonly reopenedAt: string;
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
