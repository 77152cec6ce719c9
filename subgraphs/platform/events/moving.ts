import { setTimeout as pause } from 'node:timers/promises';
import type { ClockQuestion, StandingAtStop } from '#kernel/clock/house-clock';
import { nextStop } from '#kernel/clock/steps';
import { isAtRest } from '#kernel/clock/timers';
import type { ClockMovementId } from '#kernel/ids';
import type { JobContext } from '#kernel/jobs';
import { leaveMoving } from '../actions/leave-moving';
import { finishMovement, noteWaiting, stopAt } from '../actions/take-stops';
import type { PlatformServices } from '../ports/services';
import { clockNumber, movementById } from '../store/movements';
import type { ClockMovementRow } from '../store/tables';
import type { PlatformEvents } from './published';

type Moving = JobContext<PlatformEvents, PlatformServices>;

const PAUSE_MS = { first: 2, max: 250 } as const;
/** Who takes longer than this is named to whoever looks at the movement. */
const LONG_MS = 1_000;
const AFTER_FAULT_MS = 500;

/**
 * Takes a movement to its end. It goes from stop to stop, and at each one waits until all houses are there and nothing
 * is due any more. Whatever fails on the way is tried again here, in the machine's time: the queue's own stands still.
 */
export async function moveTime(job: Moving, id: ClockMovementId): Promise<void> {
  let before: readonly StandingAtStop[] = [];
  while (!job.signal.aborted) {
    try {
      const [movement] = await movementById.batch(job.db, [id]);
      if (movement?.state !== 'RUNNING') return;
      const standings = await untilAtRest(job, movement, before);
      if (!standings) break;
      before = standings;
      await goOn(job, movement, standings);
    } catch {
      // Nothing is lost by another round: what was reached is kept.
      await pause(AFTER_FAULT_MS, null, { signal: job.signal }).catch(() => {});
    }
  }
  // Whoever opens next takes it from here.
  await job.write(work => leaveMoving(work, id));
}

const goOn = (job: Moving, { id, reachedAt, endsAt }: ClockMovementRow, standings: readonly StandingAtStop[]): Promise<void> =>
  job.write(work => (reachedAt >= endsAt ? finishMovement(work, id) : stopAt(work, id, nextStop(reachedAt, endsAt, standings))));

/** First every house sees the same time; only then do their timers go, so that none acts on what another takes for tomorrow. */
async function untilAtRest(
  job: Moving,
  { id }: ClockMovementRow,
  before: readonly StandingAtStop[],
): Promise<readonly StandingAtStop[] | null> {
  const since = new Map(before.map(({ house, newest }) => [house, newest]));
  const number = await clockNumber(job.db);
  const hasFollowed = (standing: StandingAtStop | null) => standing !== null && standing.number >= number;
  let isTimersGo = false;
  let named = '';
  const startedAt = performance.now();
  for (let pauseMs: number = PAUSE_MS.first; !job.signal.aborted; pauseMs = Math.min(pauseMs * 1.5, PAUSE_MS.max)) {
    const names = job.services.houses();
    const answers = await Promise.all(names.map(house => standingOf(job, house, { number, isTimersGo, since: since.get(house) ?? 0 })));
    const standings = answers.filter(answer => answer !== null);
    if (isTimersGo && standings.length === names.length && isAtRest(standings, number)) return standings;
    if (!isTimersGo && answers.every(hasFollowed)) {
      isTimersGo = true;
      continue;
    }
    const waitsFor = names.filter((_, index) => !hasFollowed(answers[index] ?? null) || answers[index]!.unfinished > 0);
    if (performance.now() - startedAt > LONG_MS && waitsFor.join() !== named) {
      named = waitsFor.join();
      await job.write(work => noteWaiting(work, id, waitsFor));
    }
    await pause(pauseMs, null, { signal: job.signal }).catch(() => {});
  }
  return null;
}

/** A house that does not answer is away, and is waited for. */
const standingOf = (job: Moving, house: string, question: ClockQuestion) =>
  job.services.clockOf(house, { ...question, exceptJob: 'moveTime' }, job.signal).catch(() => null);
