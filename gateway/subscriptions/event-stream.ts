import type { HttpResponse } from '#kernel/serve';

/** One client's server-sent events: what is put in leaves in order, as fast as the client reads. */
export interface EventStream extends AsyncIterable<string> {
  /** Puts an answer in. A client that reads too slowly is let go; it comes back and goes on where it was. */
  next(json: string, id: string): void;
  /** Keeps proxies from thinking that nobody is there. */
  beat(): void;
  /** Says that nothing more will come. */
  complete(): void;
  /** Ends without saying so: the client comes back, to this gateway or another. */
  end(): void;
  readonly isOver: boolean;
}

const WAITING_MAX = 1_000;
const BEAT = ':\n\n';
const COMPLETE = 'event: complete\ndata:\n\n';

/** Opens a stream by the GraphQL-SSE protocol, distinct connections mode; it ends when the client leaves. */
export function openEventStream(signal: AbortSignal): EventStream {
  const waiting: string[] = [];
  let wake = () => {};
  let isOver = false;
  const put = (text: string) => {
    if (isOver) return;
    waiting.push(text);
    if (waiting.length > WAITING_MAX) isOver = true;
    wake();
  };
  const end = () => {
    isOver = true;
    wake();
  };
  signal.addEventListener('abort', end);
  return {
    next: (json, id) => put(`event: next\nid: ${id}\ndata: ${json}\n\n`),
    beat() {
      if (waiting.length === 0) put(BEAT);
    },
    complete() {
      put(COMPLETE);
      end();
    },
    end,
    get isOver() {
      return isOver;
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const text = waiting.splice(0).join('');
        if (text !== '') yield text;
        if (waiting.length > 0) continue;
        if (isOver || signal.aborted) return;
        await new Promise<void>(resume => (wake = resume));
      }
    },
  };
}

export const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
} as const;

/** An answer that is known whole, for a client that reads events: it is the first, and the last. */
export const onlyEvent = ({ body }: HttpResponse): HttpResponse => ({
  status: 200,
  headers: STREAM_HEADERS,
  body: `event: next\ndata: ${String(body).trimEnd()}\n\n${COMPLETE}`,
});
