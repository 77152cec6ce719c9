import { Temporal } from 'temporal-polyfill';

declare const plainDate: unique symbol;

/** A moment, everywhere the same: a point on the UTC line. */
export type Instant = Date;

/** A day of the calendar without a time or a zone: `2026-02-28`. Days compare as text. */
export type PlainDate = string & { readonly [plainDate]: true };

/** A stretch of days. It includes its start and excludes its end, so periods that touch share one date. */
export interface Period {
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}

/** Tells the moment. It is always an argument; a test or a demonstration passes one that it can move. */
export interface Clock {
  now(): Instant;
}

/** The clock on the wall: the only place where the machine's time is read. */
export const wallClock: Clock = { now: () => new Date() };

/** A clock that stands still, until it is set. */
export function stoppedClock(at: Instant): Clock & { set(to: Instant): void } {
  let moment = at;
  return {
    now: () => moment,
    set: to => {
      moment = to;
    },
  };
}

/** The day of a moment in UTC: the day on which all terms, invoices and renewals are counted. */
export const dayOf = (moment: Instant): PlainDate => moment.toISOString().slice(0, 10) as PlainDate;

/** The first moment of a day, 00:00 UTC. */
export const startOfDay = (day: PlainDate): Instant => new Date(`${day}T00:00:00Z`);

/** Reads `YYYY-MM-DD`, or answers null when there is no such day: 2026-02-29 does not exist. Years 1900 to 2199. */
export function plainDateFrom(text: string): PlainDate | null {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return null;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text) ? (text as PlainDate) : null;
}

/** A day written in the code, such as a policy date. Throws when there is no such day. */
export function day(text: string): PlainDate {
  const read = plainDateFrom(text);
  if (!read) throw new RangeError(`"${text}" is not a day.`);
  return read;
}

/** The day so many days later, or earlier when negative. */
export const addDays = (from: PlainDate, days: number): PlainDate => Temporal.PlainDate.from(from).add({ days }).toString() as PlainDate;

/**
 * The same day of the month so many months later; where that month is shorter, its last day. Count from a term's
 * start, never from a shortened end: 31 January + 1 is 28 February, + 2 is 31 March.
 */
export const addMonths = (from: PlainDate, months: number): PlainDate =>
  Temporal.PlainDate.from(from).add({ months }, { overflow: 'constrain' }).toString() as PlainDate;

/** Calendar days from one day to another: 0 for the same day, negative when `to` is earlier. */
export const daysBetween = (from: PlainDate, to: PlainDate): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;

/** Whole months from one day to another, a started month not counted. */
export const monthsBetween = (from: PlainDate, to: PlainDate): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'months' }).months;

export const period = (startsOn: PlainDate, endsOn: PlainDate): Period => ({ startsOn, endsOn });
export const daysIn = ({ startsOn, endsOn }: Period): number => daysBetween(startsOn, endsOn);
export const includes = ({ startsOn, endsOn }: Period, on: PlainDate): boolean => startsOn <= on && on < endsOn;
export const earlier = (a: PlainDate, b: PlainDate): PlainDate => (a <= b ? a : b);
export const later = (a: PlainDate, b: PlainDate): PlainDate => (a >= b ? a : b);

/** A moment so many milliseconds later. */
export const addMs = (moment: Instant, ms: number): Instant => new Date(moment.getTime() + ms);
