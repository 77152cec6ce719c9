/** A client that follows one subscription, writes down when it heard what, and comes back when its connection breaks. */
import { type ClientRequest, request } from 'node:http';

export interface Subscriber {
  readonly heard: { readonly subject: string; readonly at: number }[];
  /** Resolves with the first bytes: from then on nothing is missed. */
  readonly isListening: Promise<void>;
  /** Loses its connection in the middle of whatever is on its way, and opens another. */
  breakAndReturn(): void;
  leave(): void;
}

const EVENT = /^event: next\nid: (.*)\ndata: (.*)$/;

export function openSubscriber(url: string, query: string, token: string): Subscriber {
  const heard: Subscriber['heard'] = [];
  const listening = Promise.withResolvers<void>();
  let lastEventId: string | undefined;
  let connection = open();

  function open(): ClientRequest {
    const opened = request(`${url}/graphql`, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${token}`,
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
    });
    opened.on('error', () => {});
    opened.on('response', response => {
      if (response.statusCode !== 200) listening.reject(new Error(`A subscription was answered ${response.statusCode}.`));
      let rest = '';
      response.setEncoding('utf8');
      response.on('error', () => {});
      response.on('data', (chunk: string) => {
        const at = performance.now();
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) hear(block, at);
        listening.resolve();
      });
    });
    opened.end(JSON.stringify({ query }));
    return opened;
  }

  function hear(block: string, at: number): void {
    const [, id, data] = EVENT.exec(block) ?? [];
    if (!data) return;
    lastEventId = id;
    heard.push({ subject: /"subject":"(\d+)"/.exec(data)?.[1] ?? '', at });
  }

  return {
    heard,
    isListening: listening.promise,
    breakAndReturn() {
      connection.destroy();
      connection = open();
    },
    leave: () => void connection.destroy(),
  };
}
