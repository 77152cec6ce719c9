import { type Agent, request } from 'undici';
import { signHop } from '../auth/hop-token';
import { anonymous, type Viewer } from '../auth/viewer';
import { wallClock } from '../time';
import type { LogPage } from './log';

/** A question to the log of a house: what comes after a position. */
export interface PageRequest {
  /** Where the house answers, and what it is called. */
  readonly address: string | undefined;
  readonly source: string;
  /** The process that asks: a neighbour by its name, or the gateway. */
  readonly reader: string;
  readonly hopSecret: string;
  readonly after: number;
  readonly limit: number;
  /** The house answers when there is something, at most so many seconds later. */
  readonly waitS: number;
  /** Null for events of any type. */
  readonly types: readonly string[] | null;
}

/** Asks a house for a page of its log, in a signed call. Throws when the house does not answer with one. */
export async function fetchPage(asked: PageRequest, agent: Agent, signal: AbortSignal): Promise<LogPage> {
  const { address, source, reader, after, limit, waitS, types } = asked;
  const target = `/events?after=${after}&limit=${limit}&wait=${waitS}${types ? `&types=${types.join(',')}` : ''}`;
  const viewer: Viewer = { ...anonymous, subject: `house:${reader}`, roles: ['SERVICE'] };
  const hop = { audience: source, body: target, viewer, correlationId: `reader:${reader}`, now: wallClock.now() };
  const response = await request(`${address}${target}`, {
    dispatcher: agent,
    signal,
    headers: { authorization: `Hop ${signHop(asked.hopSecret, hop)}` },
  });
  const body = await response.body.text();
  if (response.statusCode !== 200) throw new Error(`${source} answered ${response.statusCode} when asked for its events.`);
  return JSON.parse(body) as LogPage;
}
