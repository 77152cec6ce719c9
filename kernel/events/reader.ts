import { setTimeout as pause } from 'node:timers/promises';
import { Agent } from 'undici';
import { type Delivery, deliver, deliverTogether } from './deliver';
import type { LoggedEvent } from './event';
import { fetchPage } from './fetch-page';
import { positionOf, savePosition } from './inbox';
import type { LogPage } from './log';

export interface ReaderOptions {
  readonly delivery: Delivery;
  /** The house whose log is read, and where it answers. */
  readonly source: string;
  /** Asked for each time, as a neighbour may move. */
  readonly address: () => string | undefined;
  readonly types: readonly string[];
  readonly hopSecret: string;
}

export interface Reader {
  stop(): Promise<void>;
}

const PAGE = 200;
/** Accounts are dealt to so many lanes: one lane is in order, lanes go side by side. */
const LANES = 8;
/** Events of one lane that share a transaction when many are waiting. */
const TOGETHER = 10;
const WAIT_S = 25;
const RETRY_MAX_MS = 1_000;

/**
 * Follows a neighbour's log for as long as the house lives. The neighbour answers when there is something, so nothing is
 * polled. The position moves when every event before it is handled or parked; what was handled twice in between is told
 * by the inbox.
 */
export function startReader(options: ReaderOptions): Reader {
  const stopped = new AbortController();
  const agent = new Agent({ connections: 1, headersTimeout: (WAIT_S + 10) * 1000, bodyTimeout: 30_000 });
  const running = follow(options, agent, stopped.signal);
  return {
    stop: async () => {
      stopped.abort();
      await running;
      await agent.destroy();
    },
  };
}

async function follow(options: ReaderOptions, agent: Agent, signal: AbortSignal): Promise<void> {
  const { delivery, source } = options;
  const asked = { source, reader: delivery.house, hopSecret: options.hopSecret, types: options.types, limit: PAGE, waitS: WAIT_S };
  let after: number | null = null;
  for (let failures = 0; !signal.aborted; ) {
    try {
      after ??= await positionOf(delivery.database.orm, source);
      const page: LogPage = await fetchPage({ ...asked, address: options.address(), after }, agent, signal);
      await handlePage(delivery, page.events, signal);
      if (signal.aborted) return;
      if (page.through > after) await savePosition(delivery.database.orm, source, page.through);
      after = page.through;
      failures = 0;
    } catch (fault) {
      if (signal.aborted) return;
      if (failures++ === 3) delivery.log.warn('a neighbour does not answer', { source, fault });
      // A neighbour that starts again is heard within moments.
      await pause(Math.min(25 * 2 ** failures, RETRY_MAX_MS), null, { signal }).catch(() => {});
    }
  }
}

async function handlePage(delivery: Delivery, events: readonly LoggedEvent[], signal: AbortSignal): Promise<void> {
  const lanes = Map.groupBy(events, event => laneOf(event));
  await Promise.all(
    [...lanes.values()].map(async lane => {
      for (let next = 0; next < lane.length && !signal.aborted; next += TOGETHER) {
        const events = lane.slice(next, next + TOGETHER);
        await (events.length === 1 ? deliver(delivery, events[0]!, signal) : deliverTogether(delivery, events, signal));
      }
    }),
  );
}

/** The last digits of a UUIDv7 are random, so accounts spread evenly. Events without an account share a lane. */
const laneOf = (event: LoggedEvent): number => (event.accountId ? Number.parseInt(event.accountId.slice(-4), 16) % LANES : -1);
