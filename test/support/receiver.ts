/** A receiver of webhooks on this machine, in whatever mood. */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface State {
  status: number;
  location: string;
  isCutOff: boolean;
  mood: 'answers' | 'hangs' | 'drips' | 'never ends';
}

/** A head of an answer, a line at a time and without an end. */
function drip(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\n');
  const dripping = setInterval(() => socket.write('x-slow: yes\r\n'), 20);
  socket.once('close', () => clearInterval(dripping)).on('error', () => {});
}

/** A good answer with a body that nobody should read. */
function pour(response: ServerResponse): void {
  response.writeHead(200);
  const pouring = setInterval(() => response.write('more '.repeat(10_000)), 5);
  response.once('close', () => clearInterval(pouring));
}

export async function openReceiver() {
  const told: Told[] = [];
  const state: State = { status: 200, location: '', isCutOff: false, mood: 'answers' };
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += chunk));
    request.on('end', () => {
      told.push({ headers: request.headers, body });
      if (state.isCutOff) return void response.destroy();
      if (state.mood === 'hangs') return;
      if (state.mood === 'drips') return drip(request.socket);
      if (state.mood === 'never ends') return pour(response);
      response.writeHead(state.status, state.location ? { location: state.location } : {}).end('ok');
    });
  });
  await new Promise<void>(open => server.listen(0, '127.0.0.1', open));
  const { port } = server.address() as AddressInfo;
  return {
    told,
    state,
    port,
    url: `http://127.0.0.1:${port}/hook`,
    close: () => {
      server.closeAllConnections();
      return new Promise(closed => server.close(closed));
    },
  };
}
