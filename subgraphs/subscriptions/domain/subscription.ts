import type { Period, PlainDate } from '#kernel/time';

/** The life of a subscription as a reader sees it on a day. */
export const SUBSCRIPTION_STATUSES = ['DRAFT', 'PENDING', 'ACTIVE', 'SUSPENDED', 'CANCELLED', 'EXPIRED'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** What was agreed about a subscription, whatever the day: the part of its status that somebody decided. */
export const STANDINGS = ['DRAFT', 'AGREED', 'SUSPENDED', 'CANCELLED'] as const;
export type Standing = (typeof STANDINGS)[number];

/** A first stretch of a subscription, or one that follows it. */
export const TERM_KINDS = ['INITIAL', 'RENEWAL'] as const;
export type TermKind = (typeof TERM_KINDS)[number];

/** Why a version was written: one reason for each. */
export const VERSION_KINDS = ['CREATE', 'ADD_SEATS', 'SET_AUTO_RENEW'] as const;
export type VersionKind = (typeof VERSION_KINDS)[number];

/** A term with the number of months that it was sold for. */
export interface Term extends Period {
  readonly kind: TermKind;
  readonly months: number;
}

/** The least that a status needs: what was agreed, and for when. */
export interface Standed {
  readonly standing: Standing;
  readonly term: Period;
}

/** The least that finding the version of a day needs. */
export interface Dated {
  readonly number: number;
  readonly effectiveOn: PlainDate;
}

/**
 * The version that speaks for a day: of those in effect by then the one that took effect last, and of several from one
 * day the newest. Before any is in effect it is the first that will be. Null only when there is no version at all.
 */
export function versionOn<Version extends Dated>(versions: readonly Version[], on: PlainDate): Version | null {
  return versions.reduce<Version | null>((best, next) => (best === null || speaksRather(next, best, on) ? next : best), null);
}

function speaksRather(next: Dated, best: Dated, on: PlainDate): boolean {
  const isInEffect = next.effectiveOn <= on;
  if (isInEffect !== best.effectiveOn <= on) return isInEffect;
  if (next.effectiveOn === best.effectiveOn) return next.number > best.number;
  return isInEffect === next.effectiveOn > best.effectiveOn;
}

/** The newest version, which holds the customer's latest wishes whatever its effective day. */
export function newest<Version extends Dated>(versions: readonly Version[]): Version | null {
  return versions.reduce<Version | null>((best, next) => (best === null || next.number > best.number ? next : best), null);
}

/**
 * The status on a day. A term that has not begun is pending and one that is over has expired, whatever was agreed; so a
 * future-dated subscription never reads as current. Only a cancellation or a draft says so on every day.
 */
export function statusOn({ standing, term }: Standed, on: PlainDate): SubscriptionStatus {
  if (standing === 'DRAFT' || standing === 'CANCELLED') return standing;
  if (on < term.startsOn) return 'PENDING';
  if (on >= term.endsOn) return 'EXPIRED';
  return standing === 'SUSPENDED' ? 'SUSPENDED' : 'ACTIVE';
}

/** True when nothing may be added any more: the agreement is cancelled, or its term is over by that day. */
export function isOver(agreement: Standed, on: PlainDate): boolean {
  const status = statusOn(agreement, on);
  return status === 'CANCELLED' || status === 'EXPIRED';
}
