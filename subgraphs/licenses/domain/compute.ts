import { accept, refuse } from '#kernel/result';
import { addDays, type PlainDate } from '#kernel/time';
import { type EntitlingTrial, type EntitlingVersion, entitledOn, type GrantedCharge } from './entitlement';

/** Policy: minutes that each plan includes in a calendar month. */
export const MONTHLY_MINUTES: Readonly<Record<string, number>> = { FREE: 400, PREMIUM: 10_000, ULTIMATE: 50_000 };
/** Policy: minutes of one pack; it lasts as long as its charge says, 12 months. */
export const PACK_MINUTES = 1_000;

const MINUTES_MAX = 100_000_000;
/** A report of minutes may be late by so many days. */
const LATE_DAYS_MAX = 62;

/** Minutes that were used on a day. */
export interface ComputeDay {
  readonly usedOn: PlainDate;
  readonly minutes: number;
}

/** A pack as far as it is used up. */
export interface PackLeft {
  readonly minutes: number;
  readonly minutesLeft: number;
  readonly endsOn: PlainDate;
}

/** Where a target stands with its minutes in the month of a day. */
export interface ComputeStanding {
  readonly monthlyQuota: number;
  readonly usedThisMonth: number;
  readonly quotaLeft: number;
  readonly packs: readonly PackLeft[];
  readonly packMinutesLeft: number;
  /** Minutes of this month that neither quota nor packs covered. */
  readonly overrun: number;
}

/** Decides whether minutes can be true. Refuses impossible counts, and days that have not come or are long gone. */
export function acceptMinutes(day: ComputeDay, today: PlainDate) {
  if (!Number.isInteger(day.minutes) || day.minutes < 0 || day.minutes > MINUTES_MAX) {
    return refuse('MINUTES_OUT_OF_RANGE', `Minutes are counted from 0 to ${MINUTES_MAX}.`, { path: ['minutes'] });
  }
  if (day.usedOn > today) return refuse('REPORT_IN_FUTURE', 'That day has not come yet.', { path: ['on'] });
  if (day.usedOn < addDays(today, -LATE_DAYS_MAX)) {
    return refuse('REPORT_TOO_OLD', `Minutes are taken for the last ${LATE_DAYS_MAX} days.`, { path: ['on'] });
  }
  return accept(day);
}

/**
 * Tells all minutes used so far, day by day: first what the plan of the day includes in its month, and only then packs, the one
 * that ends soonest first. A month's included minutes do not carry over, packs do until they end.
 */
export function computeOn(
  versions: readonly EntitlingVersion[],
  days: readonly ComputeDay[],
  on: PlainDate,
  trial: EntitlingTrial | null = null,
): ComputeStanding {
  const quotaOn = (day: PlainDate): number => MONTHLY_MINUTES[entitledOn(versions, day, trial).plan] ?? 0;
  const packs = packsOf(versions);
  const month = on.slice(0, 7);
  let [monthOfUse, used, overrun] = ['', 0, 0];
  for (const { usedOn, minutes } of days.filter(day => day.usedOn <= on).toSorted((a, b) => (a.usedOn < b.usedOn ? -1 : 1))) {
    if (usedOn.slice(0, 7) !== monthOfUse) [monthOfUse, used, overrun] = [usedOn.slice(0, 7), 0, 0];
    const included = Math.min(minutes, Math.max(quotaOn(usedOn) - used, 0));
    used += minutes;
    overrun += burn(packs, usedOn, minutes - included);
  }
  if (monthOfUse !== month) [used, overrun] = [0, 0];
  const monthlyQuota = quotaOn(on);
  const inForce = packs.filter(pack => pack.startsOn <= on && on < pack.endsOn);
  return {
    monthlyQuota,
    usedThisMonth: used,
    quotaLeft: Math.max(monthlyQuota - used, 0),
    packs: inForce.map(({ minutes, minutesLeft, endsOn }) => ({ minutes, minutesLeft, endsOn })),
    packMinutesLeft: inForce.reduce((sum, pack) => sum + pack.minutesLeft, 0),
    overrun,
  };
}

interface Pack extends GrantedCharge {
  readonly minutes: number;
  minutesLeft: number;
}

/** Each pack once, as the newest version of its subscription has it: the one that ends soonest first. */
function packsOf(versions: readonly EntitlingVersion[]): readonly Pack[] {
  const newest = new Map<string, EntitlingVersion>();
  for (const version of versions) {
    const known = newest.get(version.subscriptionId);
    if (!known || known.version < version.version) newest.set(version.subscriptionId, version);
  }
  return [...newest.values()]
    .flatMap(({ charges }) => charges.filter(charge => charge.kind === 'COMPUTE'))
    .map(charge => ({ ...charge, minutes: charge.quantity * PACK_MINUTES, minutesLeft: charge.quantity * PACK_MINUTES }))
    .toSorted((a, b) => (a.endsOn === b.endsOn ? (a.startsOn < b.startsOn ? -1 : 1) : a.endsOn < b.endsOn ? -1 : 1));
}

/** Takes minutes from the packs in force on a day; answers what was left over. */
function burn(packs: readonly Pack[], on: PlainDate, minutes: number): number {
  let left = minutes;
  for (const pack of packs) {
    if (left === 0) break;
    if (on < pack.startsOn || on >= pack.endsOn) continue;
    const taken = Math.min(left, pack.minutesLeft);
    pack.minutesLeft -= taken;
    left -= taken;
  }
  return left;
}
