import { accept, refuse } from '#kernel/result';
import { addDays, earlier, type PlainDate } from '#kernel/time';

/** What can be tried: the tier that a group has while its trial runs. */
export const TRIAL_KINDS = ['PREMIUM', 'ULTIMATE'] as const;
export type TrialKind = (typeof TRIAL_KINDS)[number];

/** The life of a trial. Its end is told by the calendar; a conversion is decided by a purchase. */
export const TRIAL_STATUSES = ['ACTIVE', 'CONVERTED', 'EXPIRED'] as const;
export type TrialStatus = (typeof TRIAL_STATUSES)[number];

/** Why no trial is offered. */
export const TRIAL_REASONS = ['TRIAL_USED', 'NOTHING_TO_TRY'] as const;
export type TrialReason = (typeof TRIAL_REASONS)[number];

/** Policy values: how long a trial lasts on a free group and on a paid one, and for how many users. */
export const FREE_TRIAL_DAYS = 30;
export const PAID_TRIAL_DAYS = 60;
export const TRIAL_SEATS = 100;

/** Tiers from the least to the most; what is not among them counts as free. */
const TIERS: readonly string[] = ['FREE', 'PREMIUM', 'ULTIMATE'];
const rankOf = (tier: string): number => Math.max(TIERS.indexOf(tier), 0);

/** True when a tier can do more than another. */
export const isAbove = (tier: string, other: string): boolean => rankOf(tier) > rankOf(other);

/** The least that the status of a trial needs. */
export interface Tried {
  readonly kind: TrialKind;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly convertedOn: PlainDate | null;
}

/** The status of a trial on a day: converted since its purchase, else active until its last day is over. */
export function trialStatusOn({ endsOn, convertedOn }: Tried, on: PlainDate): TrialStatus {
  if (convertedOn && on >= convertedOn) return 'CONVERTED';
  return on < endsOn ? 'ACTIVE' : 'EXPIRED';
}

/** True while a trial gives its tier: from its first day on, until its last day, or the purchase that drops the rest, is over. */
export const isTrialInForce = ({ startsOn, endsOn }: Tried, on: PlainDate): boolean => startsOn <= on && on < endsOn;

/** What a group is to be told about trials: its paid tier if it has one, and whether it, or its subscription, had one before. */
export interface Trying {
  readonly paidTier: string | null;
  readonly hadTrial: boolean;
}

/** Whether a trial is offered, of what and for how long; and if not, why. */
export interface TrialOffer {
  readonly isEligible: boolean;
  readonly kind: TrialKind | null;
  readonly days: number | null;
  readonly reason: TrialReason | null;
}

/** The trial that a group is offered: of the highest tier, once for a group or subscription, and only of more than it pays for. */
export function offerTrial({ paidTier, hadTrial }: Trying): TrialOffer {
  const kind = TRIAL_KINDS.at(-1)!;
  const none = (reason: TrialReason): TrialOffer => ({ isEligible: false, kind: null, days: null, reason });
  if (hadTrial) return none('TRIAL_USED');
  if (!isAbove(kind, paidTier ?? 'FREE')) return none('NOTHING_TO_TRY');
  return { isEligible: true, kind, days: trialDays(paidTier), reason: null };
}

/** Decides whether a trial starts today, and when it ends. Refused where there was one, or where the group pays for as much. */
export function decideTrial({ paidTier, hadTrial }: Trying, kind: TrialKind, today: PlainDate) {
  if (hadTrial)
    return refuse('TRIAL_USED', 'There was a trial here already: each namespace or subscription has one.', { path: ['namespaceId'] });
  if (!isAbove(kind, paidTier ?? 'FREE')) {
    return refuse('NOTHING_TO_TRY', `The namespace has ${paidTier} already, which gives as much.`, { path: ['kind'] });
  }
  const days = trialDays(paidTier);
  return accept({ kind, days, seats: TRIAL_SEATS, startsOn: today, endsOn: addDays(today, days) });
}

const trialDays = (paidTier: string | null): number => (paidTier === null ? FREE_TRIAL_DAYS : PAID_TRIAL_DAYS);

/**
 * What a purchase makes of the trial of its group: it is converted, and what is left of it is dropped from the purchase's first day
 * on. Null where nothing is converted: the trial is over or converted, or the plan gives less than a paid group is trying.
 */
export function converted(
  trial: Tried,
  purchase: { readonly tier: string; readonly isNew: boolean; readonly startsOn: PlainDate },
  today: PlainDate,
) {
  if (trialStatusOn(trial, today) !== 'ACTIVE') return null;
  if (!purchase.isNew && isAbove(trial.kind, purchase.tier)) return null;
  const from = purchase.startsOn > today ? purchase.startsOn : today;
  return { convertedOn: today, endsOn: earlier(trial.endsOn, from) };
}
