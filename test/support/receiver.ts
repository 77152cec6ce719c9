/** A receiver of webhooks on this machine, in whatever mood. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export async function openReceiver() {
  const told: Told[] = [];
  const state = { status: 200, location: '', isCutOff: false };
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += chunk));
    request.on('end', () => {
      told.push({ headers: request.headers, body });
      if (state.isCutOff) return void response.destroy();
      response.writeHead(state.status, state.location ? { location: state.location } : {}).end('ok');
    });
  });
  await new Promise<void>(open => server.listen(0, '127.0.0.1', open));
  const { port } = server.address() as AddressInfo;
  return { told, state, port, url: `http://127.0.0.1:${port}/hook`, close: () => new Promise(closed => server.close(closed)) };
}
