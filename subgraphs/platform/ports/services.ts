import type { ClockOfHouse } from './clock-of-house';

/** What the platform talks to outside itself. */
export interface PlatformServices {
  /** False where the clock on the wall is the only one. */
  readonly isClockMovable: boolean;
  /** Every house of the deployment, this one included. */
  readonly houses: () => readonly string[];
  readonly clockOf: ClockOfHouse;
}
