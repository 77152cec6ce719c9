import type {
  AccountId,
  Id,
  NamespaceId,
  OrderActionId,
  OrderId,
  ReconciliationId,
  RenewalAttemptId,
  SubscriptionId,
  TrialId,
} from '#kernel/ids';
import type { MoneyText } from '#kernel/money';
import type { PlainDate } from '#kernel/time';

/**
 * What neighbours may know of subscriptions. A version event carries the whole agreement, so the newest is enough. It speaks of
 * what holds: a renewal of a term that still runs is told on the day it takes effect.
 */
export interface SubscriptionsEvents {
  'SubscriptionVersionCreated.v1': SubscriptionVersionCreated;
  'SubscriptionsChanged.v1': SubscriptionsChanged;
  'NamespaceChanged.v1': NamespaceChanged;
  'NamespaceMeasured.v1': NamespaceMeasured;
  'SupportActed.v1': SupportActed;
  'StepFailed.v1': SubscriptionStepFailed;
  'ReconciliationNoticed.v1': ReconciliationNoticed;
  'ReconciliationRequested.v1': ReconciliationRequested;
  'ReconciliationEnded.v1': ReconciliationEnded;
  'TermCounted.v1': TermCounted;
  'TrialStarted.v1': TrialStarted;
  'TrialConverted.v1': TrialConverted;
  'TrialExpired.v1': TrialExpired;
  'TemporaryExtensionGranted.v1': TemporaryExtensionGranted;
  'RenewalRequested.v1': RenewalRequested;
  'RenewalNotAttempted.v1': RenewalNotAttempted;
}

export interface SubscriptionVersionCreated {
  readonly subscriptionId: SubscriptionId;
  readonly accountId: AccountId;
  readonly name: string;
  readonly version: number;
  readonly orderId: OrderId | null;
  readonly actionId: OrderActionId | null;
  readonly status: string;
  readonly plan: { readonly sku: string; readonly name: string; readonly tier: string; readonly deployment: string };
  readonly term: { readonly startsOn: PlainDate; readonly endsOn: PlainDate; readonly months: number; readonly kind: string };
  readonly isAutoRenew: boolean;
  readonly namespaceId: NamespaceId | null;
  /** The first day for which it speaks. */
  readonly effectiveOn?: PlainDate;
  /** The day on which it ends by cancellation, as agreed so far. */
  readonly cancelsOn?: PlainDate | null;
  /** What the next renewal will be for, where that is not what is in force. */
  readonly planAtRenewal?: {
    readonly sku: string;
    readonly name: string;
    readonly tier: string;
    readonly deployment: string;
    readonly seats: number | null;
    readonly unitPrice: MoneyText;
  } | null;
  /** For the first version in an account that it was handed to: where it stood before, under the same name. */
  readonly continues?: { readonly accountId: AccountId; readonly subscriptionId: SubscriptionId };
  /** Every charge of the agreement, those of earlier versions included, each until it ends. */
  readonly charges: readonly {
    readonly chargeId: Id<'charge'>;
    readonly sku: string;
    readonly kind: string;
    readonly model: string;
    readonly quantity: number;
    readonly unitPrice: MoneyText;
    readonly startsOn: PlainDate;
    readonly endsOn: PlainDate;
  }[];
}

/** Answer to `SubscriptionChangeRequested.v1`: every version of that order is written. */
export interface SubscriptionsChanged {
  readonly orderId: OrderId;
  readonly accountId: AccountId;
  readonly attempt: number;
  readonly subscriptions: readonly { readonly subscriptionId: SubscriptionId; readonly name: string; readonly version: number }[];
}

export interface NamespaceChanged {
  readonly namespaceId: NamespaceId;
  readonly accountId: AccountId;
  readonly path: string;
  readonly plan: string;
}

/** How many users a namespace had at a moment; who hears it late keeps what was measured last. */
export interface NamespaceMeasured {
  readonly namespaceId: NamespaceId;
  readonly accountId: AccountId;
  readonly seatsInUse: number;
  readonly measuredAt: string;
}

/** The step could not be carried out. Not retryable means: somebody must decide something first. */
export interface SubscriptionStepFailed {
  readonly orderId: OrderId;
  readonly accountId: AccountId;
  readonly step: 'SUBSCRIPTION';
  readonly attempt: number;
  readonly code: string;
  readonly message: string;
  readonly isRetryable: boolean;
}

/** Somebody from support acted on what belongs to an account, and said why. */
export interface SupportActed {
  readonly accountId: AccountId;
  readonly act: 'NAMESPACE_TRANSFERRED' | 'TEMPORARY_EXTENSION_GRANTED';
  /** The id of what was acted on. */
  readonly subject: string;
  readonly actor: string;
  readonly reason: string;
  readonly ticket: string | null;
}

/** A quarter ended with more users than seats: the customer is told, and the overage is charged on that day. */
export interface ReconciliationNoticed {
  readonly reconciliationId: ReconciliationId;
  readonly accountId: AccountId;
  readonly subscriptionId: SubscriptionId;
  readonly name: string;
  readonly quarter: number;
  readonly usersMax: number;
  readonly seats: number;
  readonly overageSeats: number;
  readonly chargeOn: PlainDate;
  /** Before tax, at the price of the newest seats, for the months left of the term. */
  readonly amount: MoneyText;
}

/** For orders: sell these seats, at this amount before tax or not at all. Answered by `ReconciliationOrdered.v1` or `ReconciliationRefused.v1`. */
export interface ReconciliationRequested {
  readonly reconciliationId: ReconciliationId;
  readonly accountId: AccountId;
  readonly subscriptionId: SubscriptionId;
  readonly subscriptionName: string;
  readonly seats: number;
  /** The first day of the seats: the day after the quarter's last. */
  readonly effectiveOn: PlainDate;
  readonly monthsLeft: number;
  readonly amount: MoneyText;
}

/** A reconciliation has ended: PROCESSED, FAILED or SKIPPED, and why. Where it failed, its order is not to be paid any more. */
export interface ReconciliationEnded {
  readonly reconciliationId: ReconciliationId;
  readonly accountId: AccountId;
  readonly subscriptionId: SubscriptionId;
  readonly name: string;
  readonly quarter: number;
  readonly status: string;
  readonly reason: string | null;
  readonly overageSeats: number;
  readonly orderId: OrderId | null;
}

/** What a true-up with the renewal is counted from: the most users of a term so far, and whether its quarters were reconciled. */
export interface TermCounted {
  readonly accountId: AccountId;
  readonly subscriptionId: SubscriptionId;
  readonly termStartsOn: PlainDate;
  readonly usersMax: number;
  readonly isReconciled: boolean;
}

interface TrialReference {
  readonly trialId: TrialId;
  readonly accountId: AccountId;
  readonly namespaceId: NamespaceId;
  readonly kind: string;
}

/** A group tries a tier, from a day to a day, for so many users. It is no subscription and counts in no revenue. */
export interface TrialStarted extends TrialReference {
  readonly days: number;
  readonly seats: number;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}

/** The group of a trial bought a plan: the trial became this subscription, and what was left of it is dropped. */
export interface TrialConverted extends TrialReference {
  readonly subscriptionId: SubscriptionId;
  readonly convertedOn: PlainDate;
}

/** A trial is over, and nothing was bought. */
export interface TrialExpired extends TrialReference {
  readonly expiredOn: PlainDate;
}

/** R5: the end of a term is put off, so that its renewal can be arranged. What it grants goes on until then. */
export interface TemporaryExtensionGranted {
  readonly accountId: AccountId;
  readonly subscriptionId: SubscriptionId;
  readonly termEndsOn: PlainDate;
  readonly endsOn: PlainDate;
}

/** A term has come to its last day and is to be renewed (R1). Answered by `RenewalOrdered.v1` or `RenewalRefused.v1`. */
export interface RenewalRequested {
  readonly attemptId: RenewalAttemptId;
  readonly accountId: AccountId;
  readonly subscriptionId: SubscriptionId;
  readonly name: string;
  /** The seats of the term that ends, or its users where those are more. */
  readonly seats: number;
  readonly months: number;
}

/** A term has come to its last day and is not renewed by itself, for all of these reasons (R2). */
export interface RenewalNotAttempted {
  readonly attemptId: RenewalAttemptId;
  readonly accountId: AccountId;
  readonly subscriptionId: SubscriptionId;
  readonly name: string;
  readonly reasons: readonly string[];
}
