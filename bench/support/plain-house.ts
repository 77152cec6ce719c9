/** A house that costs next to nothing, so that a measurement sees the gateway: it knows facts, and no GraphQL. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PlainHouse {
  readonly name: string;
  readonly url: string;
  /** How it behaves until told otherwise. */
  mood: 'up' | 'slow' | 'hangs' | 'resets' | 'refuses';
  close(): Promise<void>;
}

export const SLOW_MS = 2_000;

/** `answerTo` is told what was asked and says what the answer is, as text. */
export async function openPlainHouse(name: string, answerTo: (body: string) => string): Promise<PlainHouse> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += chunk));
    request.on('end', () => reply(body, response));
  });
  server.keepAliveTimeout = 60_000;
  const reply = (body: string, response: ServerResponse) => {
    if (house.mood === 'hangs') return;
    if (house.mood === 'resets') return void response.socket?.resetAndDestroy();
    if (house.mood === 'refuses') return void response.writeHead(503).end('{}');
    const text = body.startsWith('{"query"') ? answerTo(body) : '{"events":[],"through":0}';
    const send = () => void response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    if (house.mood === 'slow') setTimeout(send, SLOW_MS);
    else send();
  };
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const house: PlainHouse = {
    name,
    url: `http://127.0.0.1:${port}`,
    mood: 'up',
    close: () =>
      new Promise(done => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return house;
}
