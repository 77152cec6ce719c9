import type { Id, NamespaceId, SubscriptionId } from '#kernel/ids';
import type { Currency } from '#kernel/money';
import type { Refusal, Result } from '#kernel/result';
import type { Period, PlainDate } from '#kernel/time';
import type { PlannedVersion } from '../../orders/events/published';
import type { AgreedCharge, ChargeKind } from './charge';
import type { PlanAtRenewal, Standed, Standing, Term, VersionKind } from './subscription';

/** Why an order's changes cannot be carried out. Each needs a person's decision; trying again changes nothing. */
export const CHANGE_REFUSALS = [
  'SUBSCRIPTION_NOT_FOUND',
  'SUBSCRIPTION_EXISTS',
  'SUBSCRIPTION_ENDED',
  'TERM_CHANGED',
  'NAMESPACE_NOT_FOUND',
  'NAMESPACE_TAKEN',
  'PLAN_UNUSABLE',
  'AGREEMENT_CHANGED',
] as const;
export type ChangeRefusal = (typeof CHANGE_REFUSALS)[number];

/** What one version of a subscription says. */
export interface Agreement {
  readonly subscriptionId: SubscriptionId;
  readonly number: number;
  readonly effectiveOn: PlainDate;
  readonly standing: Standing;
  readonly sku: string;
  readonly planName: string;
  readonly tier: string;
  readonly deployment: string;
  readonly isAutoRenew: boolean;
  readonly namespaceId: NamespaceId | null;
  readonly cancelsOn: PlainDate | null;
  readonly planAtRenewal: PlanAtRenewal | null;
  readonly term: Term & { readonly id: Id<'term'> };
}

/** As much of a charge as a change of it needs. */
export interface ChargeHeld extends AgreedCharge {
  readonly id: Id<'charge'>;
  readonly sku: string;
  readonly kind: ChargeKind;
  readonly quantity: number;
}

/** A subscription as its newest version left it. */
export interface Held {
  readonly agreement: Agreement;
  /** Null while it has no charge yet. */
  readonly currency: Currency | null;
  readonly charges: readonly ChargeHeld[];
}

/** What this house holds of everything that an order touches. What is missing does not exist, or is another's. */
export interface Known {
  readonly held: ReadonlyMap<SubscriptionId, Held>;
  /** The base subscriptions that stand on each namespace of the account. */
  readonly bases: ReadonlyMap<NamespaceId, readonly Standed[]>;
}

/** One version to be written, and the part of the order that asks for it. */
export interface DecidedVersion {
  readonly kind: VersionKind;
  readonly planned: PlannedVersion;
  readonly agreement: Agreement;
  readonly endings: readonly EndedCharge[];
}

/** A charge that a version ends early. */
export interface EndedCharge {
  readonly chargeId: Id<'charge'>;
  readonly endsOn: PlainDate;
}

/** What one change makes of an agreement. */
export interface Changed {
  readonly agreement: Agreement;
  readonly endings: readonly EndedCharge[];
}

export type Decision<T> = Result<T, Refusal<ChangeRefusal>>;

/** True when two stretches are the same days. */
export const isSameStretch = (a: Period, b: Period): boolean => a.startsOn === b.startsOn && a.endsOn === b.endsOn;
