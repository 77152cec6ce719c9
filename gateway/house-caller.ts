import { Pool } from 'undici';
import { hopHeader, signHop } from '#kernel/auth/hop-token';
import type { Viewer } from '#kernel/auth/viewer';
import { wallClock } from '#kernel/time';
import { traceHeaders } from '#kernel/trace-context';
import { exchange, NoAnswer, type WireAnswer } from './house-wire';
import { parseJson } from './safe-json';

/** A call to a house that brought no answer. The reason is for the log; a caller reads only that the house is silent. */
export class HouseSilent extends Error {
  override readonly name = 'HouseSilent';
  constructor(
    readonly house: string,
    readonly reason: 'deadline' | 'connection' | 'client-left' | 'not-json' | 'overloaded' | 'unknown-house',
    cause?: unknown,
  ) {
    super(`The house "${house}" gave no answer (${reason}).`, { cause });
  }
}

export interface HouseCall {
  readonly path: string;
  readonly body: string;
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
  /** Throws `HouseSilent` when no answer came; whatever came is returned. */
  ask(house: string, call: HouseCall): Promise<WireAnswer>;
  /** Does the same, and throws as well when the answer is no JSON. */
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
  return {
    houses: [...doors.keys()],
    async ask(house, call) {
      const door = doors.get(house);
      if (!door) throw new HouseSilent(house, 'unknown-house');
      const { body, viewer, correlationId, signal, isRepeatable } = call;
      const token = signHop(hopSecret, { audience: house, body, viewer, correlationId, now: wallClock.now() });
      const headers = {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        authorization: hopHeader(token),
        'x-correlation-id': correlationId,
        ...traceHeaders(),
      };
      try {
        const patienceMs = isRepeatable ? deadlineMs : deadlineMs * WRITE_PATIENCE;
        return await exchange(door.pool, { path: door.basePath + call.path, headers, body, signal, deadlineMs: patienceMs, isRepeatable });
      } catch (fault) {
        throw new HouseSilent(house, fault instanceof NoAnswer ? fault.reason : 'connection', fault);
      }
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
  });
  return { pool, basePath: pathname.replace(/\/$/, '') };
}
