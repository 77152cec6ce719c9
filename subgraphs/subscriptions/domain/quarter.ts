import type { Id } from '#kernel/ids';
import { addDays, addMonths, later, type Period, type PlainDate } from '#kernel/time';
import type { Term } from './subscription';

/** Q1: what is reconciled of a term: its first three quarters. The fourth ends with the renewal. */
export const RECONCILED_QUARTERS = [1, 2, 3] as const;

/** Q1: only a term of this length is reconciled, in quarters of three months. */
export const RECONCILED_TERM_MONTHS = 12;
const QUARTER_MONTHS = 3;

/** Q1: self-managed instances get so many days to send their last counts of a quarter. */
const SELF_MANAGED_DELAY_DAYS = 6;

/** A quarter of a term: its days, and the day on which it is looked at. The period ends on the day after its last. */
export interface Quarter extends Period {
  readonly termId: Id<'term'>;
  readonly quarter: number;
  readonly countedOn: PlainDate;
  /** The whole months of the term that are left after it. */
  readonly monthsLeft: number;
}

/**
 * Q1: the quarters of a term that are looked at, each as soon as it is over, or six days later where the counts come from a
 * customer's own instance. All are counted from the term's first day, so that a month's end does not drift. A term that is no
 * year has them as well, as far as they end within it: they are looked at and skipped, with the reason.
 */
export function quartersOf({ id, startsOn, endsOn, months }: Term & { readonly id: Id<'term'> }, deployment: string): readonly Quarter[] {
  const delayDays = deployment === 'SELF_MANAGED' ? SELF_MANAGED_DELAY_DAYS : 0;
  return RECONCILED_QUARTERS.map(quarter => {
    const end = addMonths(startsOn, quarter * QUARTER_MONTHS);
    return {
      termId: id,
      quarter,
      startsOn: addMonths(startsOn, (quarter - 1) * QUARTER_MONTHS),
      endsOn: end,
      countedOn: addDays(end, delayDays),
      monthsLeft: months - quarter * QUARTER_MONTHS,
    };
  }).filter(quarter => quarter.endsOn < endsOn);
}

/** What a subscription's calendar is read from. */
interface Scheduled {
  readonly deployment: string;
  readonly term: Term & { readonly id: Id<'term'> };
}

/** The first quarter that is looked at on a day or later; null when none is left in the terms that are known. */
export function quarterFrom(versions: readonly Scheduled[], from: PlainDate): Quarter | null {
  const all = allQuarters(versions).filter(quarter => quarter.countedOn >= from);
  return all.reduce<Quarter | null>((first, next) => (first && first.countedOn <= next.countedOn ? first : next), null);
}

/**
 * The quarters that are to be looked at by a day: those since the calendar stood still, which are not recorded. More than one
 * when the calendar was late. Where a plan moved between deployments, the day moved by as much, and no quarter is lost.
 */
export function quartersDue(
  versions: readonly Scheduled[],
  stoodAt: PlainDate,
  today: PlainDate,
  recorded: readonly Pick<Quarter, 'termId' | 'quarter'>[],
): readonly Quarter[] {
  const isRecorded = ({ termId, quarter }: Quarter) => recorded.some(one => one.termId === termId && one.quarter === quarter);
  return allQuarters(versions)
    .filter(quarter => quarter.countedOn <= today && quarter.endsOn >= addDays(stoodAt, -SELF_MANAGED_DELAY_DAYS))
    .filter(quarter => !isRecorded(quarter))
    .toSorted((a, b) => (a.endsOn < b.endsOn ? -1 : 1));
}

/**
 * The day on which a subscription is looked at next, after a change of what was agreed: the day it had; where it had none, the
 * first of the term, but quarters that were over when it was written down stay as they are. A plan that moved to another
 * deployment has its days counted anew.
 */
export function nextLookOn(stoodAt: PlainDate | null, version: Scheduled, today: PlainDate, isMoved: boolean): PlainDate | null {
  if (stoodAt && !isMoved) return stoodAt;
  const from = isMoved ? addDays(today, -SELF_MANAGED_DELAY_DAYS) : later(today, version.term.startsOn);
  return quarterFrom([version], from)?.countedOn ?? null;
}

/** Each term once, as it was agreed last: one that was made longer takes the place of the one that began on the same day. */
function allQuarters(versions: readonly Scheduled[]): readonly Quarter[] {
  const byStart = new Map(versions.map(version => [version.term.startsOn, version]));
  return [...byStart.values()].flatMap(({ term, deployment }) => quartersOf(term, deployment));
}
