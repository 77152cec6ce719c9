import type { ClockMovementId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import type { PlatformEvents } from '../events/published';

/** The job that moves time is due whatever the time is: the queue's own stands still meanwhile. */
const LONG_DUE = new Date(0);
/** It goes on until it is done, however often its process is killed. */
const ATTEMPTS_MAX = 30_000;

/** Leaves the job that takes a movement to its end. */
export const leaveMoving = (work: Work<PlatformEvents>, movementId: ClockMovementId): Promise<void> =>
  work.enqueue('moveTime', { movementId }, { runAt: LONG_DUE, attemptsMax: ATTEMPTS_MAX });
