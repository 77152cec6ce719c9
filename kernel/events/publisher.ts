import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../db/database';
import type { Log } from '../log';
import { type HttpHandler, json } from '../serve';
import { type LogPage, placeEvents, readLog } from './log';
import { openTail, type PageRequest } from './tail';

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
  const wake = () => {
    for (const resume of waiting) resume();
    waiting.clear();
  };
  const place = placer(house, database, log, stopped.signal);
  const tail = await openTail(house, database);
  const takeIn = () => tail.refresh().then(wake, fault => log.warn('new events could not be read', { house, fault }));
  await database.listen('event_log', () => void place());
  await database.listen('events_placed', () => void takeIn());

  async function pageFor(request: PatientRequest, signal: AbortSignal): Promise<LogPage> {
    const until = performance.now() + request.waitS * 1000;
    for (;;) {
      const placed = new Promise<void>(resume => waiting.add(resume));
      const page = tail.page(request) ?? (await readLog(database.orm, house, request));
      const leftMs = until - performance.now();
      if (page.events.length > 0 || leftMs <= 0 || signal.aborted) return page;
      await Promise.race([placed, pause(leftMs, null, { signal, ref: false }).catch(() => {})]);
    }
  }

  return {
    route: async request => {
      const asked = pageRequestFrom(request.query);
      if (!asked) return json(400, { message: 'after, limit and wait are whole numbers within their bounds.' });
      return json(200, await pageFor(asked, AbortSignal.any([request.signal, stopped.signal])));
    },
    stop: async () => {
      stopped.abort();
      wake();
    },
  };
}

/** One placing at a time; whoever asks meanwhile is served by one more round. */
function placer(house: string, database: Database, log: Log, stopped: AbortSignal): () => Promise<void> {
  let isPlacing = false;
  let isAskedAgain = false;
  return async () => {
    isAskedAgain = true;
    if (isPlacing) return;
    isPlacing = true;
    for (let retryMs = RETRY_MIN_MS; isAskedAgain && !stopped.aborted; ) {
      isAskedAgain = false;
      const { placed, unplaced } = await placeEvents(database.orm).catch(fault => {
        if (!stopped.aborted) log.warn('events could not be placed', { house, fault });
        return { placed: 0, unplaced: 1 };
      });
      if (unplaced === 0) continue;
      // An older transaction still runs, here or in another database of the server.
      isAskedAgain = true;
      retryMs = placed > 0 ? RETRY_MIN_MS : Math.min(retryMs * 2, RETRY_MAX_MS);
      await pause(retryMs);
    }
    isPlacing = false;
  };
}

interface PatientRequest extends PageRequest {
  readonly waitS: number;
}

function pageRequestFrom(query: URLSearchParams): PatientRequest | null {
  const after = bounded(query.get('after'), 0, Number.MAX_SAFE_INTEGER);
  const limit = bounded(query.get('limit') ?? '200', 1, LIMIT_MAX);
  const waitS = bounded(query.get('wait') ?? '0', 0, WAIT_MAX_S);
  if (after === null || limit === null || waitS === null) return null;
  return { after, limit, waitS, types: query.get('types')?.split(',') ?? null };
}

function bounded(text: string | null, min: number, max: number): number | null {
  const value = Number(text);
  return text !== null && /^\d+$/.test(text) && value >= min && value <= max ? value : null;
}
