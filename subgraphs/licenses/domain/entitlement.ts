import { addDays, includes, later, type Period, type PlainDate } from '#kernel/time';
import { GRACE_DAYS } from './license';

/** Why a target has access, or has none. */
export const ACCESS_REASONS = [
  'IN_FORCE',
  'IN_GRACE',
  'TRIAL',
  'NOT_STARTED',
  'EXPIRED',
  'CANCELLED',
  'SUSPENDED',
  'NEVER_BOUGHT',
] as const;
export type AccessReason = (typeof ACCESS_REASONS)[number];

/** One line that a subscription grants from a day to a day. */
export interface GrantedCharge extends Period {
  readonly sku: string;
  readonly kind: string;
  readonly quantity: number;
}

/** A subscription as one version left it. */
export interface EntitlingVersion {
  readonly subscriptionId: string;
  readonly version: number;
  readonly effectiveOn: PlainDate;
  readonly status: string;
  readonly tier: string;
  readonly termStartsOn: PlainDate;
  readonly termEndsOn: PlainDate;
  /** R5: the day until which support put the end of this term off. */
  readonly extendedUntil?: PlainDate | null;
  readonly charges: readonly GrantedCharge[];
}

/** A tier that is tried from a day to a day. */
export interface EntitlingTrial extends Period {
  readonly tier: string;
  readonly seats: number;
  /** The subscription that it became: the trial is over on the day on which that is in force. */
  readonly becameId: string | null;
}

/** What somebody has on a day, and why. */
export interface Entitled {
  readonly hasAccess: boolean;
  readonly reason: AccessReason;
  /** The tier of the plan; FREE without one. */
  readonly plan: string;
  readonly seats: number;
  /** The day from which on access ends, as agreed so far; null when there is none to end. */
  readonly endsOn: PlainDate | null;
  readonly addOns: readonly { readonly sku: string; readonly seats: number }[];
  readonly storageGb: number;
  /** Everything that is in force, one line for each charge. */
  readonly grants: readonly GrantedCharge[];
}

const FREE_PLAN = 'FREE';
/** Plans, each above the one before it. */
const LADDER: readonly string[] = [FREE_PLAN, 'PREMIUM', 'ULTIMATE'];
const isAbove = (tier: string, other: string): boolean => LADDER.indexOf(tier) > LADDER.indexOf(other);
/** Policy: what a pack of storage holds. */
const STORAGE_PACK_GB = 10;
/** The best reason wins where several subscriptions speak of one target. */
const RANK: Readonly<Record<AccessReason, number>> = {
  IN_FORCE: 7,
  IN_GRACE: 6,
  TRIAL: 5,
  SUSPENDED: 4,
  NOT_STARTED: 3,
  CANCELLED: 2,
  EXPIRED: 1,
  NEVER_BOUGHT: 0,
};

/** The version of each subscription that speaks for a day: of those in effect by then the newest. */
export function versionsOn<Version extends EntitlingVersion>(versions: readonly Version[], on: PlainDate): readonly Version[] {
  const spoken = new Map<string, Version>();
  for (const version of versions.filter(({ effectiveOn }) => effectiveOn <= on)) {
    const known = spoken.get(version.subscriptionId);
    if (!known || known.version < version.version) spoken.set(version.subscriptionId, version);
  }
  return [...spoken.values()];
}

/**
 * What a target has on a day, computed from every subscription that stands for it and never stored, so that nothing an order
 * does can overwrite it: the plan of the base in force (L7, R5: or within 14 days after its end, or until it was put off), the seats of all base lines, and
 * what was bought beside them. A trial counts while it gives more. Versions of later days are left out.
 */
export function entitledOn(versions: readonly EntitlingVersion[], on: PlainDate, trial: EntitlingTrial | null = null): Entitled {
  const bought = boughtOn(versions, on);
  if (!trial || !includes(trial, on) || !isAbove(trial.tier, bought.plan) || isTakenOver(trial, versions, on)) return bought;
  return {
    ...bought,
    hasAccess: true,
    reason: 'TRIAL',
    plan: trial.tier,
    seats: Math.max(bought.seats, trial.seats),
    endsOn: bought.endsOn ?? trial.endsOn,
  };
}

/** A purchase drops what is left of the trial that it came from, from its first day on. */
const isTakenOver = ({ becameId }: EntitlingTrial, versions: readonly EntitlingVersion[], on: PlainDate): boolean =>
  becameId !== null && versionsOn(versions, on).some(version => version.subscriptionId === becameId && on >= version.termStartsOn);

function boughtOn(versions: readonly EntitlingVersion[], on: PlainDate): Entitled {
  const spoken = versionsOn(versions, on);
  const judged = spoken.map(version => ({ version, reason: reasonOf(version, on) })).toSorted((a, b) => RANK[b.reason] - RANK[a.reason]);
  const best = judged.find(({ version }) => version.charges.some(charge => charge.kind === 'BASE'));
  const future = versions.length > 0 && spoken.length === 0;
  const reason = best?.reason ?? (future ? 'NOT_STARTED' : 'NEVER_BOUGHT');
  const hasAccess = reason === 'IN_FORCE' || reason === 'IN_GRACE';
  // In grace the last day of the term speaks for the seats.
  const grants = judged
    .filter(({ reason: of }) => of === 'IN_FORCE' || of === 'IN_GRACE')
    .flatMap(({ version, reason: of }) => {
      const day = of === 'IN_GRACE' ? addDays(version.termEndsOn, -1) : on;
      return version.charges.filter(charge => includes(charge, day));
    });
  return {
    hasAccess,
    reason,
    plan: hasAccess && best ? best.version.tier : FREE_PLAN,
    seats: hasAccess ? quantityOf(grants, 'BASE') : 0,
    endsOn: hasAccess && best ? (reason === 'IN_GRACE' ? graceUntil(best.version) : best.version.termEndsOn) : null,
    addOns: [
      ...Map.groupBy(
        grants.filter(grant => grant.kind === 'ADD_ON'),
        grant => grant.sku,
      ),
    ].map(([sku, lines]) => ({
      sku,
      seats: quantityOf(lines, 'ADD_ON'),
    })),
    storageGb: quantityOf(grants, 'STORAGE') * STORAGE_PACK_GB,
    grants,
  };
}

const quantityOf = (grants: readonly GrantedCharge[], kind: string): number =>
  grants.filter(grant => grant.kind === kind).reduce((sum, grant) => sum + grant.quantity, 0);

/** L7, R5: what a term granted goes on for 14 days after it, or for as long as its end was put off. */
const graceUntil = ({ termEndsOn, extendedUntil }: EntitlingVersion): PlainDate =>
  later(addDays(termEndsOn, GRACE_DAYS), extendedUntil ?? termEndsOn);

function reasonOf(version: EntitlingVersion, on: PlainDate): AccessReason {
  const { status, termStartsOn, termEndsOn } = version;
  // What went to another account is entitled there.
  if (status === 'CANCELLED' || status === 'TRANSFERRED') return 'CANCELLED';
  if (status === 'SUSPENDED') return 'SUSPENDED';
  if (on < termStartsOn || status === 'DRAFT') return 'NOT_STARTED';
  if (on < termEndsOn) return 'IN_FORCE';
  return on < graceUntil(version) ? 'IN_GRACE' : 'EXPIRED';
}
