import type { MoneyText } from '#kernel/money';
import { earlier, type Period, type PlainDate } from '#kernel/time';

/** The life of a subscription as a reader sees it on a day. */
export const SUBSCRIPTION_STATUSES = ['DRAFT', 'PENDING', 'ACTIVE', 'SUSPENDED', 'CANCELLED', 'EXPIRED', 'TRANSFERRED'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** What was agreed about a subscription, whatever the day: the part of its status that somebody decided. */
export const STANDINGS = ['DRAFT', 'AGREED', 'SUSPENDED', 'CANCELLED', 'TRANSFERRED'] as const;
export type Standing = (typeof STANDINGS)[number];

/** A first stretch of a subscription, or one that follows it. */
export const TERM_KINDS = ['INITIAL', 'RENEWAL'] as const;
export type TermKind = (typeof TERM_KINDS)[number];

/** Why a version was written: one reason for each. */
export const VERSION_KINDS = [
  'CREATE',
  'ADD_SEATS',
  'SET_AUTO_RENEW',
  'RENEW',
  'CANCEL',
  'CHANGE_PLAN',
  'PLAN_AT_RENEWAL',
  'REMOVE_PRODUCT',
  'TRANSFER_NAMESPACE',
  'CHANGE_TERMS',
  'SUSPEND',
  'RESUME',
  'TRANSFER_OWNER',
  'RAMP_STEP',
] as const;
export type VersionKind = (typeof VERSION_KINDS)[number];

/** A term with the number of months that it was sold for. */
export interface Term extends Period {
  readonly kind: TermKind;
  readonly months: number;
}

/** What the next renewal is for; the seats as they are then, where no number was said. The price is foretold, not agreed. */
export interface PlanAtRenewal {
  readonly sku: string;
  readonly name: string;
  readonly tier: string;
  readonly deployment: string;
  readonly seats: number | null;
  readonly unitPrice: MoneyText;
}

/** The least that a status needs: what was agreed, and for when. */
export interface Standed {
  readonly standing: Standing;
  readonly term: Period;
  /** The day from which on it is cancelled, where that was agreed ahead. */
  readonly cancelsOn?: PlainDate | null;
}

/** The least that finding the version of a day needs. */
export interface Dated {
  readonly number: number;
  readonly effectiveOn: PlainDate;
  readonly kind?: VersionKind;
}

/** Versions of these kinds replace what was agreed before them for the same days and later ones. */
const REPLACING: readonly (VersionKind | undefined)[] = ['CANCEL', 'CHANGE_PLAN', 'CHANGE_TERMS', 'SUSPEND', 'RESUME', 'TRANSFER_OWNER'];

/**
 * The version that speaks for a day: of those in effect by then the one that took effect last, and of several from one
 * day the newest. Before any is in effect it is the first that will be. A cancellation and a change of plan replace what was
 * agreed before them for later days, such as seats bought ahead. Null only when there is no version at all.
 */
export function versionOn<Version extends Dated>(versions: readonly Version[], on: PlainDate): Version | null {
  const replacing = versions.filter(({ kind }) => REPLACING.includes(kind));
  const standing = versions.filter(one => !replacing.some(by => by.number > one.number && by.effectiveOn <= one.effectiveOn));
  return standing.reduce<Version | null>((best, next) => (best === null || speaksRather(next, best, on) ? next : best), null);
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
 * future-dated subscription never reads as current. Only a cancellation or a draft says so on every day, and a cancellation
 * that was agreed ahead from its day on.
 */
export function statusOn({ standing, term, cancelsOn }: Standed, on: PlainDate): SubscriptionStatus {
  if (standing === 'DRAFT' || standing === 'CANCELLED' || standing === 'TRANSFERRED') return standing;
  if (cancelsOn && on >= cancelsOn) return 'CANCELLED';
  if (on < term.startsOn) return 'PENDING';
  if (on >= term.endsOn) return 'EXPIRED';
  return standing === 'SUSPENDED' ? 'SUSPENDED' : 'ACTIVE';
}

/** True when nothing may be added any more: the agreement is cancelled, or its term is over by that day. */
export function isOver(agreement: Standed, on: PlainDate): boolean {
  const status = statusOn(agreement, on);
  return status === 'CANCELLED' || status === 'EXPIRED' || status === 'TRANSFERRED';
}

/** The least that telling whether a version waits needs. */
interface Waiting extends Dated, Standed {
  readonly term: Period & { readonly id: string };
}

/**
 * True when neighbours are not told of a version before its day: it takes effect later, and would displace a term or a
 * standing that holds today. They keep the newest they hear of, and would take a running term for one to come.
 */
export function waitsForItsDay(version: Waiting, before: readonly Waiting[], today: PlainDate): boolean {
  const present = versionOn(before, today);
  if (!present || version.effectiveOn <= today || isOver(present, today) || today < present.term.startsOn) return false;
  return present.term.id !== version.term.id || present.standing !== version.standing;
}

/** The stretches that a subscription stands for: each of its terms, as far as no cancellation cuts it short. */
export function stretchesOf(versions: readonly Waiting[]): readonly Standed[] {
  const byTerm = new Map(versions.map(version => [version.term.id, version.term]));
  const cancelled = versions
    .filter(({ standing }) => standing === 'CANCELLED' || standing === 'TRANSFERRED')
    .map(version => version.effectiveOn);
  const ahead = newest(versions)?.cancelsOn;
  const end = [...cancelled, ...(ahead ? [ahead] : [])].toSorted()[0];
  return [...byTerm.values()]
    .map(term => ({
      standing: 'AGREED' as const,
      term: { startsOn: term.startsOn, endsOn: end ? earlier(term.endsOn, end) : term.endsOn },
    }))
    .filter(({ term }) => term.startsOn < term.endsOn);
}
