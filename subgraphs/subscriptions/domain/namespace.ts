import { accept, refuse } from '#kernel/result';
import { addDays, type Period, type PlainDate } from '#kernel/time';
import { type Standed, statusOn } from './subscription';

/** The plan of a namespace that no subscription stands behind. */
export const FREE_PLAN = 'FREE';

/** Policy value (L7): so many days after a term's end the namespace keeps its plan. */
export const GRACE_DAYS = 14;

const PATH_LENGTH_MAX = 255;
const PATH_SEGMENT = /^[a-z0-9_][a-z0-9_.-]*$/;
const RESERVED_ENDING = /(\.|\.git|\.atom)$/;

/** The least that a namespace's plan needs of a base subscription that stands on it. */
export interface BaseSubscription extends Standed {
  readonly tier: string;
}

/**
 * The plan of a namespace on a day, computed from the base subscriptions that stand on it and never stored: the tier of
 * the one in force, else of one that ended less than fourteen days ago, else free. A suspended, cancelled or
 * future-dated subscription gives no plan.
 */
export function planOn(bases: readonly BaseSubscription[], on: PlainDate): string {
  const inForce = bases.find(base => statusOn(base, on) === 'ACTIVE') ?? bases.find(base => isInGrace(base, on));
  return inForce?.tier ?? FREE_PLAN;
}

/** True from a term's end until the plan falls to free. */
export function isInGrace(base: Standed, on: PlainDate): boolean {
  return base.standing === 'AGREED' && on >= base.term.endsOn && on < addDays(base.term.endsOn, GRACE_DAYS);
}

/** The days on which a namespace's plan changes by the calendar alone, because of this term. */
export const daysOfChange = (term: Period): readonly PlainDate[] => [term.startsOn, addDays(term.endsOn, GRACE_DAYS)];

/** Users beyond the seats bought; never negative. */
export const seatsOwed = (seatsInUse: number, seats: number): number => Math.max(seatsInUse - seats, 0);

/** True when another base subscription stands on the namespace on some day of the wanted term: one at a time. */
export function isTaken(bases: readonly Standed[], wanted: Period): boolean {
  return bases.some(({ standing, term }) => standing !== 'CANCELLED' && term.startsOn < wanted.endsOn && wanted.startsOn < term.endsOn);
}

/**
 * Reads the path of a group, in small letters. It holds the letters a to z, digits, `_`, `-` and `.` in parts divided by
 * `/`; refuses what cannot be a group's path, so that two paths that look alike are one.
 */
export function namespacePath(text: string) {
  const path = text.trim().toLowerCase();
  const parts = path.split('/');
  const isPath = path.length <= PATH_LENGTH_MAX && parts.every(part => PATH_SEGMENT.test(part) && !RESERVED_ENDING.test(part));
  return isPath
    ? accept(path)
    : refuse('NAMESPACE_PATH_INVALID', 'A group path holds letters, digits, "_", "-" and ".", for example "acme/web".', { path: ['path'] });
}
