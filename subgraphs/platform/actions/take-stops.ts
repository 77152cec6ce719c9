import type { ClockMovementId } from '#kernel/ids';
import type { Instant } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { PlatformEvents } from '../events/published';
import { movementForUpdate, runClock, saveMovement, stopClock } from '../store/movements';

type Platform = Work<PlatformEvents>;

/** Takes time to the next stop of a movement, where it stands until everybody is at rest. */
export async function stopAt(work: Platform, id: ClockMovementId, at: Instant): Promise<void> {
  const movement = await movementForUpdate(work.tx, id);
  if (movement?.state !== 'RUNNING' || at <= movement.reachedAt) return;
  await saveMovement(work.tx, { id, reachedAt: at, waitsFor: [] });
  work.announce('ClockMoved.v1', { subject: id, accountId: null }, await stopClock(work.tx, at));
}

/** Ends a movement: from its last stop on the clock runs again. */
export async function finishMovement(work: Platform, id: ClockMovementId): Promise<void> {
  const movement = await movementForUpdate(work.tx, id);
  if (movement?.state !== 'RUNNING') return;
  await saveMovement(work.tx, { id, state: 'DONE', waitsFor: [] });
  work.announce('ClockMoved.v1', { subject: id, accountId: null }, await runClock(work.tx, movement.endsAt));
}

/** Keeps which houses a movement waits for, for whoever looks at it. */
export const noteWaiting = (work: Platform, id: ClockMovementId, waitsFor: readonly string[]): Promise<void> =>
  saveMovement(work.tx, { id, waitsFor });
