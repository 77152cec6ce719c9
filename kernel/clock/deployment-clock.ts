import type { Database } from '../db/database';
import { addMs, type Clock, type Instant, wallClock } from '../time';
import { type ClockState, readClock } from './clock-row';

/** The time of a deployment whose clock can be moved, as one of its houses keeps it. */
export interface DeploymentClock extends Clock {
  readonly state: ClockState;
  /** Takes over what was kept. Called whenever the row has changed. */
  refresh(): Promise<ClockState>;
  /** Shows another time without keeping it: for many houses in one process, which keep it when there is something to do. */
  show(state: ClockState): void;
}

/** Opens the house's copy of the clock, which outlives the process, and follows it. */
export async function openDeploymentClock(database: Database): Promise<DeploymentClock> {
  let state: ClockState = await readClock(database.orm);
  const show = (next: ClockState) => {
    if (next.number >= state.number) state = next;
  };
  const refresh = async () => {
    show(await readClock(database.orm));
    return state;
  };
  await database.listen('deployment_clock', () => void refresh().catch(() => {}));
  return {
    get state() {
      return state;
    },
    now: () => shownAt(state),
    refresh,
    show,
  };
}

/** What a clock in this state shows now. */
export const shownAt = ({ standsAt, shiftMs }: ClockState): Instant => standsAt ?? addMs(wallClock.now(), shiftMs);
