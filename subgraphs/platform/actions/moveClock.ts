import { accept } from '#kernel/result';
import type { Instant } from '#kernel/time';
import type { Work } from '#kernel/work';
import { decideMovement } from '../domain/movement';
import type { PlatformEvents } from '../events/published';
import { addMovement, lockMovements, stopClock } from '../store/movements';
import type { ClockMovementRow } from '../store/tables';
import { leaveMoving } from './leave-moving';

export interface MoveClock {
  readonly to: Instant;
}

/** Stops the clock where it is, and leaves the job that takes it to its end, stop by stop. */
export async function moveClock(work: Work<PlatformEvents>, isMovable: boolean, { to }: MoveClock) {
  const newest = await lockMovements(work.tx);
  const decision = decideMovement({ isMovable, isMoving: newest?.state === 'RUNNING', now: work.now }, to);
  if (!decision.ok) return decision;

  const movement: ClockMovementRow = {
    id: work.newId('clockMovement'),
    startsAt: work.now,
    endsAt: to,
    reachedAt: work.now,
    state: 'RUNNING',
    startedBy: work.actor,
    waitsFor: [],
  };
  await addMovement(work.tx, movement);
  work.announce('ClockMoved.v1', { subject: movement.id, accountId: null }, await stopClock(work.tx, work.now));
  await leaveMoving(work, movement.id);
  return accept({ movementId: movement.id, movement: { ...movement, startsAt: work.now.toISOString(), endsAt: to.toISOString() } });
}
