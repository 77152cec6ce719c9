import { parseCronItems } from 'graphile-worker';
import type { Queryable } from '../db/database';
import { dayOf, type Instant, type PlainDate, startOfDay } from '../time';

/** A job that starts by the calendar, in UTC: `0 3 * * *` is every day at three. */
export interface Cron {
  readonly job: string;
  readonly match: string;
  /**
   * True when the job would find nothing to do at any moment until then, as things stand now. Where nothing of any house is due for
   * days, a test's clock passes over them in one stop.
   */
  readonly isIdleUntil: (db: Queryable, until: Instant) => Promise<boolean>;
}

const MINUTE_MS = 60_000;
const MINUTES_OF_DAY = 1_440;
/** A job that comes more often than this only looks around: when time is moved it comes once at each stop. */
const STOPS_OF_DAY_MAX = 24;

const minutesByCron = new Map<string, readonly number[]>();

/** The minutes of a day at which a calendar entry comes due, ascending. */
function minutesOn(match: string, on: PlainDate): readonly number[] {
  const isDaily = /^\S+ \S+ \* \* \*$/.test(match);
  const key = isDaily ? match : `${match} ${on}`;
  const known = minutesByCron.get(key);
  if (known) return known;
  const [item] = parseCronItems([{ task: 'job', match, options: { backfillPeriod: 0 } }]);
  const day = startOfDay(on);
  const date = { date: day.getUTCDate(), month: day.getUTCMonth() + 1, dow: day.getUTCDay() };
  const minutes = Array.from({ length: MINUTES_OF_DAY }, (_, minute) => minute).filter(minute =>
    item!.match({ min: minute % 60, hour: Math.floor(minute / 60), ...date }),
  );
  if (isDaily) minutesByCron.set(key, minutes);
  return minutes;
}

const minuteOf = (moment: Instant): number => Math.floor((moment.getTime() - startOfDay(dayOf(moment)).getTime()) / MINUTE_MS);
const momentOf = (on: PlainDate, minute: number): Instant => new Date(startOfDay(on).getTime() + minute * MINUTE_MS);

/**
 * The last moment after `after`, up to `until`, at which an entry came due, or null. What was missed more often comes once,
 * and what is a day old or more is not made up for.
 */
export function lastDue({ match }: Cron, after: Instant, until: Instant): Instant | null {
  for (const on of new Set([dayOf(until), dayOf(new Date(until.getTime() - MINUTES_OF_DAY * MINUTE_MS))])) {
    const upTo = on === dayOf(until) ? minuteOf(until) : MINUTES_OF_DAY;
    const minute = minutesOn(match, on).findLast(one => one <= upTo);
    if (minute === undefined) continue;
    const due = momentOf(on, minute);
    return due > after ? due : null;
  }
  return null;
}

/** The next moment of the same day at which one of the entries comes due, or null when this day has no more. */
export function nextDue(cron: readonly Cron[], after: Instant): Instant | null {
  const on = dayOf(after);
  const from = minuteOf(after);
  const minutes = cron.flatMap(({ match }) => {
    const all = minutesOn(match, on);
    const next = all.length > STOPS_OF_DAY_MAX ? undefined : all.find(minute => minute > from);
    return next === undefined ? [] : [next];
  });
  return minutes.length > 0 ? momentOf(on, Math.min(...minutes)) : null;
}
