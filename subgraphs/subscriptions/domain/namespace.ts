import { accept, refuse } from '#kernel/result';
import { addDays, addMs, type Instant, later, type Period, type PlainDate } from '#kernel/time';
import { type Standed, statusOn } from './subscription';
import { isAbove, isTrialInForce, type Tried } from './trial';

/** The plan of a namespace that no subscription stands behind. */
const FREE_PLAN = 'FREE';

/** Policy value (L7): so many days after a term's end the namespace keeps its plan. */
const GRACE_DAYS = 14;

const PATH_LENGTH_MAX = 255;
const SEATS_IN_USE_MAX = 100_000_000;
/** Two machines' clocks may differ by so much; a moment further ahead would outlive every true measurement. */
const CLOCK_DIFFERENCE_MAX_MS = 5 * 60_000;
const PATH_SEGMENT = /^[a-z0-9_][a-z0-9_.-]*$/;
const RESERVED_ENDING = /(\.|\.git|\.atom)$/;

/** The least that a namespace's plan needs of a base subscription that stands on it. */
interface BaseSubscription extends Standed {
  readonly tier: string;
  /** R5: the day until which support put the end of its term off. */
  readonly extendedUntil?: PlainDate | null;
}

/**
 * The plan of a namespace on a day, computed from the base subscriptions that stand on it and never stored: the tier of
 * the one in force, else of one that ended less than fourteen days ago or whose end was put off, else free; and that of a trial
 * while it runs and gives more. A suspended, cancelled or future-dated subscription gives no plan.
 */
export function planOn(bases: readonly BaseSubscription[], on: PlainDate, trial: Tried | null = null): string {
  const inForce = bases.find(base => statusOn(base, on) === 'ACTIVE') ?? bases.find(base => isInGrace(base, on));
  const paid = inForce?.tier ?? FREE_PLAN;
  return trial && isTrialInForce(trial, on) && isAbove(trial.kind, paid) ? trial.kind : paid;
}

function isInGrace({ standing, term, extendedUntil }: BaseSubscription, on: PlainDate): boolean {
  const until = later(addDays(term.endsOn, GRACE_DAYS), extendedUntil ?? term.endsOn);
  return standing === 'AGREED' && on >= term.endsOn && on < until;
}

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

/** A count of a namespace's users at a moment. */
export interface Measurement {
  readonly seatsInUse: number;
  readonly measuredAt: Instant;
}

/** Decides whether a measurement can be kept: a count of users, at a moment that has been. */
export function acceptMeasurement(measurement: Measurement, now: Instant) {
  const { seatsInUse, measuredAt } = measurement;
  if (!Number.isSafeInteger(seatsInUse) || seatsInUse < 0 || seatsInUse > SEATS_IN_USE_MAX) {
    return refuse('SEATS_IN_USE_INVALID', `The users of a namespace are 0 to ${SEATS_IN_USE_MAX}.`, { path: ['seatsInUse'] });
  }
  if (measuredAt > addMs(now, CLOCK_DIFFERENCE_MAX_MS)) {
    return refuse('MEASURED_IN_FUTURE', 'The moment of the measurement has not come yet. Check the clock.', { path: ['measuredAt'] });
  }
  return accept(measurement);
}
