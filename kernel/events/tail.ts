import type { Database } from '../db/database';
import type { LoggedEvent } from './event';
import { type LogPage, readLog } from './log';

/** The end of a log in memory. Readers that keep up, which is nearly always all of them, are answered from it. */
export interface Tail {
  /** Takes in what was placed since; one round at a time. */
  refresh(): Promise<void>;
  /** The page that was asked for, or null when it begins before what is held. */
  page(request: PageRequest): LogPage | null;
}

export interface PageRequest {
  readonly after: number;
  readonly limit: number;
  readonly types: readonly string[] | null;
}

const HELD_MAX = 2_000;
const READ_AT_ONCE = 500;

/** Holds what is placed from now on; what was there before is read from the database by whoever asks for it. */
export async function openTail(house: string, database: Database): Promise<Tail> {
  let held: readonly LoggedEvent[] = [];
  let head = (await readLog(database.orm, house, { after: Number.MAX_SAFE_INTEGER, limit: 1, types: [] })).newest;
  let heldAfter = head;
  let refreshing: Promise<void> | null = null;

  async function readOn(): Promise<void> {
    for (;;) {
      const { events } = await readLog(database.orm, house, { after: head, limit: READ_AT_ONCE, types: null });
      held = [...held, ...events];
      head = events.at(-1)?.position ?? head;
      if (held.length > HELD_MAX) held = held.slice(-HELD_MAX / 2);
      heldAfter = held[0] ? held[0].position - 1 : head;
      if (events.length < READ_AT_ONCE) return;
    }
  }

  return {
    refresh: async () => {
      // Whoever asks while a round runs needs one that begins after it.
      await refreshing?.catch(() => {});
      refreshing ??= readOn().finally(() => {
        refreshing = null;
      });
      await refreshing;
    },
    page: ({ after, limit, types }) => {
      if (after < heldAfter) return null;
      // Positions have no gaps, so the place of an event in memory follows from its number.
      const wanted = held.slice(Math.max(after - heldAfter, 0)).filter(event => types === null || types.includes(event.type));
      const events = wanted.slice(0, limit);
      return { events, through: wanted.length > limit ? events.at(-1)!.position : Math.max(head, after), newest: head };
    },
  };
}
