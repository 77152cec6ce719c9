import { Pool } from 'undici';
import { hashOf, hopHeader, openHopSigner } from '#kernel/auth/hop-token';
import type { Viewer } from '#kernel/auth/viewer';
import { wallClock } from '#kernel/time';
import { traceHeaders } from '#kernel/trace-context';
import { HouseSilent } from './house-silent';
import { exchange, type WireAnswer } from './house-wire';
import { parseJson } from './safe-json';

export interface HouseCall {
  readonly path: string;
  readonly body: string;
  /** The body's hash, for a caller that has worked it out already (`hashOf`). */
  readonly bodyHash?: string;
  readonly viewer: Viewer;
  readonly correlationId: string;
  readonly signal: AbortSignal;
  /** A read may be sent a second time when the connection broke; a write never, since it may have been done. */
  readonly isRepeatable: boolean;
}

export interface HouseAnswer {
  readonly status: number;
  readonly json: unknown;
}

export interface HouseCaller {
  readonly houses: readonly string[];
  /** Calls to a house that wait until a connection is free. */
  queued(house: string): number;
  /** Rejects with `HouseSilent` when no answer came; whatever came is returned. */
  ask(house: string, call: HouseCall): Promise<WireAnswer>;
  /** Does the same, and rejects as well when the answer is no JSON. */
  call(house: string, call: HouseCall): Promise<HouseAnswer>;
  close(): Promise<void>;
}

export interface HouseCallerOptions {
  /** Base address of each house by its name. The supergraph's own addresses are never used. */
  readonly houses: Readonly<Record<string, string>>;
  readonly hopSecret: string;
  readonly deadlineMs: number;
}

/** A house that is busy accepts late; one that is gone refuses at once. */
const CONNECT_MS_MAX = 3_000;
/** A write happens whether it is waited for or not, so its caller waits longer rather than not know. */
const WRITE_PATIENCE = 3;
const CONNECTIONS_MAX = 128;
const ANSWER_BYTES_MAX = 32 * 1024 * 1024;

/** Sends signed requests to the houses over connections that stay open. */
export function openHouseCaller({ houses, hopSecret, deadlineMs }: HouseCallerOptions): HouseCaller {
  const doors = new Map(Object.entries(houses).map(([house, url]) => [house, openDoor(url, deadlineMs)]));
  const signer = openHopSigner(hopSecret);
  return {
    houses: [...doors.keys()],
    queued: house => doors.get(house)?.pool.stats.queued ?? 0,
    ask(house, { path, body, bodyHash = hashOf(body), viewer, correlationId, signal, isRepeatable }) {
      const door = doors.get(house);
      if (!door) return Promise.reject(new HouseSilent(house, 'unknown-house'));
      const headers = {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        authorization: hopHeader(signer.sign({ audience: house, bodyHash, viewer, correlationId, now: wallClock.now() })),
        'x-correlation-id': correlationId,
        ...traceHeaders(),
      };
      const patienceMs = isRepeatable ? deadlineMs : deadlineMs * WRITE_PATIENCE;
      return exchange(door.pool, { house, path: door.basePath + path, headers, body, signal, deadlineMs: patienceMs, isRepeatable });
    },
    async call(house, call) {
      const { status, text } = await this.ask(house, call);
      try {
        return { status, json: text === '' ? null : parseJson(text) };
      } catch (fault) {
        throw new HouseSilent(house, 'not-json', fault);
      }
    },
    async close() {
      await Promise.all([...doors.values()].map(({ pool }) => pool.destroy()));
    },
  };
}

interface Door {
  readonly pool: Pool;
  readonly basePath: string;
}

function openDoor(url: string, deadlineMs: number): Door {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, {
    connections: CONNECTIONS_MAX,
    connect: { timeout: Math.min(CONNECT_MS_MAX, deadlineMs) },
    maxResponseSize: ANSWER_BYTES_MAX,
    // Each exchange has one deadline for all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return { pool, basePath: pathname.replace(/\/$/, '') };
}
