import { accept, refuse } from '#kernel/result';
import { addMonths, dayOf, type Instant, startOfDay } from '#kernel/time';

/** The life of a movement of the clock. */
export const MOVEMENT_STATES = ['RUNNING', 'DONE'] as const;
export type MovementState = (typeof MOVEMENT_STATES)[number];

/** One movement goes at most so far: a slip of the pen in the year would keep a deployment busy for days. */
export const MOVEMENT_MONTHS_MAX = 60;

/** What deciding about a movement needs to know. */
export interface Movable {
  readonly isMovable: boolean;
  readonly isMoving: boolean;
  readonly now: Instant;
}

/** Decides whether the clock may be moved: only forward, not too far at once, and one movement after the other. */
export function decideMovement({ isMovable, isMoving, now }: Movable, to: Instant) {
  if (!isMovable)
    return refuse('CLOCK_NOT_MOVABLE', 'This deployment follows the clock on the wall. Only a test deployment can move time.');
  if (isMoving)
    return refuse('CLOCK_IS_MOVING', 'Time is being moved already. Wait until that movement is done, and send this again.', {
      retryable: true,
    });
  if (to <= now)
    return refuse('CLOCK_MOVES_BACK', `It is ${now.toISOString()} here, and time only goes forward. Name a later moment.`, {
      path: ['to'],
    });
  const last = startOfDay(addMonths(dayOf(now), MOVEMENT_MONTHS_MAX));
  if (to > last)
    return refuse('CLOCK_MOVES_TOO_FAR', `Time can be moved by ${MOVEMENT_MONTHS_MAX} months at once. Go on in several movements.`, {
      path: ['to'],
    });
  return accept({ from: now, to });
}
