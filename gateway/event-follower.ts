import { setTimeout as pause } from 'node:timers/promises';
import { Agent } from 'undici';
import type { LoggedEvent } from '#kernel/events/event';
import { fetchPage } from '#kernel/events/fetch-page';
import type { Log } from '#kernel/log';

/** Hears what a house says, from a position on, for as long as the gateway lives. */
export interface EventFollower {
  /** Resolves when everything that was said before the follower began has been heard. */
  readonly caughtUp: Promise<void>;
  /** The position up to which everything was heard. */
  readonly position: () => number;
  /** Reads a stretch of the log that was said earlier: at most one page after a position. */
  past(after: number): Promise<readonly LoggedEvent[]>;
  stop(): Promise<void>;
}

export interface FollowerOptions {
  readonly house: string;
  readonly address: string | undefined;
  readonly hopSecret: string;
  /** Null for events of any type. */
  readonly types: readonly string[] | null;
  /** From the first event there is, or from the next one on. */
  readonly from: 'first' | 'next';
  readonly onEvents: (events: readonly LoggedEvent[]) => void;
  readonly log: Log;
}

const PAGE = 500;
const WAIT_S = 25;
const RETRY_MAX_MS = 500;
/** No event bears this name: asked for it, a house tells how far its log goes and sends nothing. */
const NO_TYPE = ['-'];

/**
 * Follows the log of a house without keeping a place in it: a gateway that starts again hears again what it needs. The
 * house answers when there is something, so it is heard within moments, by every replica alike.
 */
export function followEvents({ house, address, hopSecret, types, from, onEvents, log }: FollowerOptions): EventFollower {
  const stopped = new AbortController();
  const agent = new Agent({ connections: 2, headersTimeout: (WAIT_S + 10) * 1_000, bodyTimeout: 30_000 });
  const asked = { source: house, address, reader: 'gateway', hopSecret };
  const ask = (after: number, limit: number, waitS: number, wanted = types) =>
    fetchPage({ ...asked, after, limit, waitS, types: wanted }, agent, stopped.signal);
  let position: number | null = from === 'first' ? 0 : null;
  const first = Promise.withResolvers<void>();

  async function next(isCaughtUp: boolean): Promise<boolean> {
    if (position === null) {
      position = (await ask(0, 1, 0, NO_TYPE)).through;
      return true;
    }
    const page = await ask(position, PAGE, isCaughtUp ? WAIT_S : 0);
    position = page.through;
    if (page.events.length > 0) onEvents(page.events);
    return page.events.length < PAGE;
  }

  async function follow(): Promise<void> {
    let isCaughtUp = false;
    for (let failures = 0; !stopped.signal.aborted; ) {
      try {
        isCaughtUp = await next(isCaughtUp);
        if (isCaughtUp) first.resolve();
        failures = 0;
      } catch (fault) {
        if (stopped.signal.aborted) return;
        if (failures++ === 3) log.warn('A house does not tell its events.', { house, fault });
        await pause(Math.min(25 * 2 ** failures, RETRY_MAX_MS), null, { signal: stopped.signal }).catch(() => {});
      }
    }
  }

  const running = follow();
  return {
    caughtUp: first.promise,
    position: () => position ?? 0,
    past: async after => (await ask(after, PAGE, 0)).events,
    async stop() {
      stopped.abort();
      await running;
      await agent.destroy();
    },
  };
}
