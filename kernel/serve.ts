import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpRequest {
  readonly method: string;
  /** Path and query as sent: `/events?after=12`. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly remoteAddress: string;
  /** Aborts when the client has left. */
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Whether each character of the body is ASCII: it is then sent as it is, without being measured and encoded. */
  readonly isAscii?: boolean;
  /** Sent piece by piece instead of a body. It ends by itself, soon after the client has left. */
  readonly stream?: AsyncIterable<string | Buffer>;
}

export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

export interface ServeOptions {
  readonly host?: string;
  readonly port: number;
  /** Bytes of a request's body; more is answered 413 without being read. */
  readonly bodyMax: number;
  readonly handle: HttpHandler;
  /** Is told of a fault that the handler did not answer itself; the client gets 500 and nothing more. */
  readonly onFault: (fault: unknown) => void;
  /** Words the refusal of a body that is too large; the request's own body is empty. */
  readonly refuseBody?: HttpHandler;
}

export interface Served {
  readonly url: string;
  readonly port: number;
  /** Takes no new connection, waits for what runs, at most so long, then cuts the rest off. */
  close(drainMs?: number): Promise<void>;
}

export const json = (status: number, content: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(content),
});

const DRAIN_MS = 20_000;

/** A plain HTTP server: reads the whole body, bounded, and hands over a request with its abort signal. */
export async function serve(options: ServeOptions): Promise<Served> {
  const running = new Running();
  const server = createServer((request, response) => {
    running.count += 1;
    void answer(request, response, options).finally(() => running.end());
  });
  server.keepAliveTimeout = 65_000;
  await listening(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://${options.host ?? '127.0.0.1'}:${port}`,
    close: async (drainMs = DRAIN_MS) => {
      const closed = new Promise<void>(done => server.close(() => done()));
      server.closeIdleConnections();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>(done => (timer = setTimeout(done, drainMs)));
      await Promise.race([running.drained(), late]);
      clearTimeout(timer);
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Requests that wait for their answer, and whoever waits for the last of them. */
class Running {
  count = 0;
  private onDrained = () => {};

  end(): void {
    this.count -= 1;
    if (this.count === 0) this.onDrained();
  }

  drained(): Promise<void> {
    return new Promise(done => {
      this.onDrained = done;
      if (this.count === 0) done();
    });
  }
}

function listening(server: Server, { host = '127.0.0.1', port }: ServeOptions): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.removeListener('error', failed);
      done();
    });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, options: ServeOptions): Promise<void> {
  const left = new AbortController();
  // A connection also closes behind an answer that was read: then nobody has left, and aborting would only cost.
  response.on('close', () => response.writableFinished || left.abort());
  let reply: HttpResponse;
  try {
    const body = await bodyOf(request, options.bodyMax);
    const target = request.url ?? '/';
    const mark = target.indexOf('?');
    const [path, search] = mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
    const { method = 'GET', headers, socket } = request;
    const remoteAddress = socket.remoteAddress ?? '';
    const query = new URLSearchParams(search);
    const whole = { method, target, path, query, headers, body: body ?? '', remoteAddress, signal: left.signal };
    if (body !== null) {
      reply = await options.handle(whole);
    } else {
      const refusal = options.refuseBody ? await options.refuseBody(whole) : tooLarge(options.bodyMax);
      reply = { ...refusal, headers: { ...refusal.headers, connection: 'close' } };
    }
  } catch (fault) {
    if (!left.signal.aborted) options.onFault(fault);
    reply = json(500, { errors: [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
  }
  if (response.writableEnded || response.destroyed) return;
  if (reply.stream) {
    return sendPieces(response, reply, reply.stream).catch(fault => {
      options.onFault(fault);
      response.destroy();
    });
  }
  sendWhole(response, reply);
}

function sendWhole(response: ServerResponse, { status, headers, body = '', isAscii = false }: HttpResponse): void {
  response.writeHead(status, { ...headers, 'content-length': isAscii ? body.length : Buffer.byteLength(body) });
  // Text in one piece goes to the socket together with the head, in one call.
  if (typeof body === 'string') response.end(body, isAscii ? 'latin1' : 'utf8');
  else response.end(body);
}

const tooLarge = (bytesMax: number): HttpResponse =>
  json(413, { errors: [{ message: `The request's body may hold ${bytesMax} bytes.`, extensions: { code: 'BODY_TOO_LARGE' } }] });

/** Waits while the client does not read, so that a slow one holds no memory but what is on its way. */
async function sendPieces(
  response: ServerResponse,
  { status, headers }: HttpResponse,
  pieces: AsyncIterable<string | Buffer>,
): Promise<void> {
  response.writeHead(status, headers);
  response.flushHeaders();
  for await (const piece of pieces) {
    if (response.destroyed) break;
    if (!response.write(piece)) await readOrGone(response);
  }
  response.end();
}

const readOrGone = (response: ServerResponse): Promise<void> =>
  new Promise(resume => {
    const goOn = () => {
      response.off('drain', goOn).off('close', goOn);
      resume();
    };
    response.once('drain', goOn).once('close', goOn);
  });

/** The body as text, or null when it is too large: then the rest is not read. */
function bodyOf(request: IncomingMessage, bytesMax: number): Promise<string | null> {
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > bytesMax) {
        request.removeAllListeners('data');
        request.resume();
        done(null);
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => {
      const [only] = chunks;
      done(only && chunks.length === 1 ? only.toString() : Buffer.concat(chunks).toString());
    });
    // A client that leaves before its request was read is a fault of this kind too.
    request.on('error', failed);
  });
}
