import type { AccountId, ActivationId, Id, LicenseId, OrderId, SubscriptionId } from '#kernel/ids';
import type { PlainDate } from '#kernel/time';

/** What neighbours may know of licences. Codes and keys never travel in events. */
export interface LicensesEvents {
  'LicensesGranted.v1': LicensesGranted;
  'LicenseIssued.v1': LicenseIssued;
  'LicensesDelivered.v1': LicensesDelivered;
  'InstanceActivated.v1': InstanceActivated;
  'InstanceDeactivated.v1': InstanceDeactivated;
  'SeatUsageReported.v1': SeatUsageReported;
  'SeatAlertRaised.v1': SeatAlertRaised;
  'SupportActed.v1': SupportActed;
  'StepFailed.v1': LicenseStepFailed;
}

/** Answer to `LicenseRequested.v1`: every subscription of the order has what its fulfilment target gives. */
export interface LicensesGranted {
  readonly orderId: OrderId;
  readonly accountId: AccountId;
  readonly attempt: number;
  readonly grants: readonly {
    readonly subscriptionId: SubscriptionId;
    /** The fulfilment target: CLOUD_ACTIVATION, NAMESPACE, LICENSE_FILE, DEDICATED_TENANT, and whatever is plugged in. */
    readonly kind: string;
    readonly activationId: ActivationId | null;
    /** What it is, for the order's timeline. */
    readonly detail?: string;
  }[];
}

export interface LicenseIssued {
  readonly licenseId: LicenseId;
  readonly accountId: AccountId;
  readonly subscriptionId: SubscriptionId;
  /** ONLINE_CLOUD, OFFLINE_CLOUD or LEGACY_FILE. */
  readonly kind?: string;
  readonly plan: string;
  readonly seats: number;
  readonly startsOn: PlainDate;
  readonly expiresOn: PlainDate;
}

/** Answer to `DeliveryRequested.v1`: the mail to Sold-To was handed to the mail server. */
export interface LicensesDelivered {
  readonly orderId: OrderId;
  readonly accountId: AccountId;
  readonly attempt: number;
  readonly deliveryId: Id<'delivery'>;
}

export interface InstanceActivated {
  readonly accountId: AccountId;
  readonly subscriptionId: SubscriptionId;
  readonly activationId: ActivationId;
  readonly instanceId: Id<'instance'>;
  readonly activatedAt: string;
}

export interface InstanceDeactivated {
  readonly accountId: AccountId;
  readonly activationId: ActivationId;
  readonly instanceId: Id<'instance'>;
  readonly cause: 'OWNER' | 'SUPPORT' | 'ITSELF' | 'MOVED';
}

/** Seats run out: once for a term, a number of seats and a level. */
export interface SeatAlertRaised {
  readonly accountId: AccountId;
  readonly subscriptionId: SubscriptionId;
  readonly level: 'FEW_LEFT' | 'NONE_LEFT';
  readonly users: number;
  readonly seats: number;
  readonly on: PlainDate;
}

/** Somebody from support acted on what belongs to an account, and said why. */
export interface SupportActed {
  readonly accountId: AccountId;
  readonly act: 'LICENSE_ISSUED' | 'LICENSE_REVOKED' | 'LICENSE_RESENT' | 'INSTANCE_DEACTIVATED';
  /** The id of what was acted on. */
  readonly subject: string;
  readonly actor: string;
  readonly reason: string;
  readonly ticket: string | null;
}

export interface SeatUsageReported {
  readonly accountId: AccountId;
  readonly subscriptionId: SubscriptionId;
  readonly instanceId: Id<'instance'>;
  readonly on: PlainDate;
  readonly billableUsers: number;
  readonly usersMax: number;
  readonly seats: number;
}

/** The step could not be carried out. Not retryable means: somebody must decide something first. */
export interface LicenseStepFailed {
  readonly orderId: OrderId;
  readonly accountId: AccountId;
  readonly step: 'LICENSE' | 'DELIVERY';
  readonly attempt: number;
  readonly code: string;
  readonly message: string;
  readonly isRetryable: boolean;
}
