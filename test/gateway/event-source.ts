/** A client of GraphQL-SSE: one connection, and what has come over it so far. */
import { setTimeout as after } from 'node:timers/promises';

export interface ServerEvent {
  readonly event: string;
  readonly id: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of an answer
  readonly data: any;
}

export async function openEventSource(url: string, body: object, headers: Readonly<Record<string, string>>) {
  const left = new AbortController();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify(body),
    signal: left.signal,
  });
  const events: ServerEvent[] = [];
  const state = { isOpen: true, beats: 0, rest: '' };
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const blocks = (state.rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      state.rest = blocks.pop() ?? '';
      for (const block of blocks) {
        if (block === ':') state.beats += 1;
        else events.push(eventIn(block));
      }
    }
  })()
    .catch(() => {})
    .finally(() => {
      state.isOpen = false;
    });
  return {
    response,
    events,
    state,
    text: () => state.rest,
    /** Waits until so many events have come, or fails to: then what came is in the message. */
    async until(isEnough: () => boolean, ms = 3_000) {
      for (const end = performance.now() + ms; !isEnough(); await after(5)) {
        if (performance.now() > end) throw new Error(`Not within ${ms} ms: ${JSON.stringify(events)} ${state.rest}`);
      }
    },
    async leave() {
      left.abort();
      await reading;
    },
  };
}

function eventIn(block: string): ServerEvent {
  const fields = new Map(block.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]));
  const data = fields.get('data');
  return { event: fields.get('event') ?? 'message', id: fields.get('id'), data: data ? JSON.parse(data) : null };
}
