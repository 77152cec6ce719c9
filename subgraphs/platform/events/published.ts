/** What neighbours may know of the platform. */
export interface PlatformEvents {
  'ClockMoved.v1': ClockMoved;
}

/** Time has moved, and every house keeps its copy. The one with the highest number holds. */
export interface ClockMoved {
  readonly number: number;
  /** Where the clock stands while it is moved; null while it runs. */
  readonly standsAt: string | null;
  /** How far it runs ahead of the clock on the wall. */
  readonly shiftMs: number;
}
