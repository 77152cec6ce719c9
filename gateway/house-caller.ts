import { Pool } from 'undici';
import { hopHeader, signHop } from '#kernel/auth/hop-token';
import type { Viewer } from '#kernel/auth/viewer';
import { wallClock } from '#kernel/time';
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
  call(house: string, call: HouseCall): Promise<HouseAnswer>;
  close(): Promise<void>;
}

export interface HouseCallerOptions {
  /** Base address of each house by its name. The supergraph's own addresses are never used. */
  readonly houses: Readonly<Record<string, string>>;
  readonly hopSecret: string;
  readonly deadlineMs: number;
}

const CONNECT_MS_MAX = 1_000;
const CONNECTIONS_MAX = 128;
const ANSWER_BYTES_MAX = 32 * 1024 * 1024;

/** Sends signed requests to the houses over connections that stay open. */
export function openHouseCaller({ houses, hopSecret, deadlineMs }: HouseCallerOptions): HouseCaller {
  const doors = new Map(Object.entries(houses).map(([house, url]) => [house, openDoor(url, deadlineMs)]));
  return {
    houses: [...doors.keys()],
    async call(house, call) {
      const door = doors.get(house);
      if (!door) throw new HouseSilent(house, 'unknown-house');
      const deadline = AbortSignal.timeout(deadlineMs);
      const signal = AbortSignal.any([deadline, call.signal]);
      const { body, viewer, correlationId } = call;
      const token = signHop(hopSecret, { audience: house, body, viewer, correlationId, now: wallClock.now() });
      const send = () => sendOnce(door, call, token, signal);
      try {
        return await send().catch(fault => {
          if (call.isRepeatable && !signal.aborted && isBrokenConnection(fault)) return send();
          throw fault;
        });
      } catch (fault) {
        if (fault instanceof SyntaxError) throw new HouseSilent(house, 'not-json', fault);
        throw new HouseSilent(house, call.signal.aborted ? 'client-left' : deadline.aborted ? 'deadline' : 'connection', fault);
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

async function sendOnce({ pool, basePath }: Door, call: HouseCall, token: string, signal: AbortSignal): Promise<HouseAnswer> {
  const { statusCode, body } = await pool.request({
    method: 'POST',
    path: basePath + call.path,
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      authorization: hopHeader(token),
      'x-correlation-id': call.correlationId,
    },
    body: call.body,
    signal,
  });
  return { status: statusCode, json: parseAnswer(await body.text()) };
}

const parseAnswer = (text: string): unknown => (text === '' ? null : parseJson(text));

const BROKEN_CONNECTION = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
const isBrokenConnection = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && typeof fault.code === 'string' && BROKEN_CONNECTION.has(fault.code);
