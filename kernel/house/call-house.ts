import { signHop } from '../auth/hop-token';
import { anonymous } from '../auth/viewer';
import { wallClock } from '../time';

/** Sends a body to an address of a house and answers what it says. Throws when it does not answer with 200. */
export type CallHouse = (house: string, path: string, body: object, signal: AbortSignal) => Promise<unknown>;

interface Caller {
  readonly neighbours: () => Readonly<Record<string, string>>;
  readonly hopSecrets: readonly string[];
}

const DEADLINE_MS = 10_000;

/** Signed calls of one house to another. No write of the business waits for one. */
export const callHouse =
  (caller: string, { neighbours, hopSecrets }: Caller): CallHouse =>
  async (house, path, content, signal) => {
    const body = JSON.stringify(content);
    const viewer = { ...anonymous, subject: `house:${caller}`, roles: ['SERVICE'] } as const;
    const token = signHop(hopSecrets[0]!, { audience: house, body, viewer, correlationId: `call:${caller}`, now: wallClock.now() });
    const response = await fetch(`${neighbours()[house]}${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', authorization: `Hop ${token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    });
    if (response.status !== 200) throw new Error(`${house} answered ${response.status} at ${path}.`);
    return response.json();
  };
