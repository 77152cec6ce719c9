import { addDays, dayOf, type Instant, startOfDay } from '../time';
import type { Standing } from './timers';

/**
 * The next moment at which time has to stop on its way: the next midnight, the next timer of any house, or the end of the way.
 * Whatever is due at a stop is done before time goes on, so timers come in their order.
 */
export function nextStop(from: Instant, to: Instant, standings: readonly StopAt[]): Instant {
  const midnight = startOfDay(addDays(dayOf(from), 1));
  const timers = standings.flatMap(({ nextJobAt, nextDueAt }) => [nextJobAt, nextDueAt]);
  return [midnight, ...timers].reduce<Instant>((first, next) => (next && next > from && next < first ? next : first), to);
}

export interface StopAt extends Pick<Standing, 'nextJobAt'> {
  /** The next entry of the house's calendar on the same day. */
  readonly nextDueAt: Instant | null;
}
