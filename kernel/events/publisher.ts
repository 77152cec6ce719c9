import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../db/database';
import type { Log } from '../log';
import { type HttpHandler, json } from '../serve';
import { placeEvents, readLog } from './log';

/** A house's own log, served to its neighbours. */
export interface Publisher {
  /** Answers `GET /events?after=N&limit=&types=&wait=`: at once when there is something, else when there is, or at `wait` seconds. */
  readonly route: HttpHandler;
  stop(): Promise<void>;
}

const LIMIT_MAX = 500;
const WAIT_MAX_S = 30;
const RETRY_MIN_MS = 2;
const RETRY_MAX_MS = 250;

/**
 * Places events as transactions commit and wakes those who wait for them. The database's notification starts it, so an
 * idle house does nothing; only while an older transaction is still running somewhere does it look again.
 */
export async function startPublisher(house: string, database: Database, log: Log): Promise<Publisher> {
  const waiting = new Set<() => void>();
  const stopped = new AbortController();
  let isPlacing = false;
  let isAskedAgain = false;

  const wake = () => {
    for (const resume of waiting) resume();
    waiting.clear();
  };

  async function place(): Promise<void> {
    if (isPlacing) {
      isAskedAgain = true;
      return;
    }
    isPlacing = true;
    for (let retryMs = RETRY_MIN_MS; !stopped.signal.aborted; ) {
      isAskedAgain = false;
      const { placed, unplaced } = await placeEvents(database.orm).catch(fault => {
        log.warn('events could not be placed', { house, fault });
        return { placed: 0, unplaced: 1 };
      });
      if (unplaced === 0 && !isAskedAgain) break;
      retryMs = placed > 0 ? RETRY_MIN_MS : Math.min(retryMs * 2, RETRY_MAX_MS);
      if (unplaced > 0) await pause(retryMs);
    }
    isPlacing = false;
  }

  await database.listen('event_log', () => void place());
  await database.listen('events_placed', wake);

  async function page(query: URLSearchParams, signal: AbortSignal) {
    const after = bounded(query.get('after'), 0, Number.MAX_SAFE_INTEGER);
    const limit = bounded(query.get('limit') ?? '200', 1, LIMIT_MAX);
    const waitS = bounded(query.get('wait') ?? '0', 0, WAIT_MAX_S);
    if (after === null || limit === null || waitS === null) return null;
    const types = query.get('types')?.split(',') ?? null;
    const until = performance.now() + waitS * 1000;
    for (;;) {
      const placed = new Promise<void>(resume => waiting.add(resume));
      const found = await readLog(database.orm, house, { after, limit, types });
      const leftMs = until - performance.now();
      if (found.events.length > 0 || leftMs <= 0 || signal.aborted || stopped.signal.aborted) return found;
      await Promise.race([placed, pause(leftMs, null, { signal, ref: false }).catch(() => {})]);
    }
  }

  return {
    route: async request => {
      const found = await page(request.query, AbortSignal.any([request.signal, stopped.signal]));
      return found ? json(200, found) : json(400, { message: 'after, limit and wait are whole numbers within their bounds.' });
    },
    stop: async () => {
      stopped.abort();
      wake();
    },
  };
}

function bounded(text: string | null, min: number, max: number): number | null {
  const value = Number(text);
  return text !== null && /^\d+$/.test(text) && value >= min && value <= max ? value : null;
}
