import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { FAULT_MESSAGE } from '#kernel/graph/mask-errors';
import type { Log } from '#kernel/log';
import type { HttpRequest, HttpResponse } from '#kernel/serve';
import { compressed } from './compression';
import { corsHeaders, preflight } from './cors';
import { refused } from './errors';
import { refusalResponse } from './refusal-response';
import { BODY_BYTES_MAX } from './transport';

export type Route = (request: HttpRequest, requestId: string) => Promise<HttpResponse>;
export type Routes = Readonly<Record<string, Route>>;

export interface RoutingOptions {
  readonly corsOrigins: readonly string[];
  readonly log: Log;
}

/** Addresses below these are answered together. */
const FOLDERS = ['/explorer', '/documents', '/exports'];

/** Finds who answers an address, and gives every answer what all of them carry. */
export async function answer(request: HttpRequest, routes: Routes, { corsOrigins, log }: RoutingOptions): Promise<HttpResponse> {
  const requestId = requestIdOf(request);
  const path = FOLDERS.find(folder => request.path.startsWith(folder) && request.path[folder.length] === '/') ?? request.path;
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  let response: HttpResponse;
  if (request.method === 'OPTIONS') response = preflight(request, corsOrigins);
  else if (!route) response = refusalResponse(NO_SUCH_ADDRESS, request, requestId);
  else {
    response = await route(request, requestId).catch(fault => {
      log.error('A request failed.', { requestId, fault });
      return refusalResponse(FAULT, request, requestId);
    });
  }
  const headers = {
    ...corsHeaders(request, corsOrigins),
    'x-request-id': requestId,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...response.headers,
  };
  const accepted = request.headers['accept-encoding'];
  return compressed({ ...response, headers }, Array.isArray(accepted) ? accepted.join() : accepted);
}

/** The answer to a body that is too large, at any address. */
export const refuseBody: Route = async (request, requestId) => refusalResponse(BODY_TOO_LARGE, request, requestId);

const NO_SUCH_ADDRESS = refused(404, 'NOT_FOUND', 'The graph is at /graphql, the explorer at /explorer/.').refused;
const BODY_TOO_LARGE = refused(413, 'BODY_TOO_LARGE', `The body of a request holds at most ${BODY_BYTES_MAX} bytes.`).refused;
const FAULT = refused(500, 'INTERNAL_SERVER_ERROR', FAULT_MESSAGE).refused;

const REQUEST_ID = /^[\w-]{8,64}$/;

/** A caller's own request id is kept, so that both sides' logs tell the same story; one that could forge a log line is not. */
function requestIdOf({ headers }: HttpRequest): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** The caller's address as the outermost proxy of ours saw it. What stands further left was written by the caller. */
export function clientAddress({ headers, remoteAddress }: HttpRequest, trustedProxies: number): string {
  const forwarded = headers['x-forwarded-for'];
  if (trustedProxies === 0 || typeof forwarded !== 'string') return remoteAddress;
  const addresses = forwarded.split(',').map(address => address.trim());
  return addresses.at(-trustedProxies) ?? addresses[0] ?? remoteAddress;
}

const NEAR = /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^::1$|^f[cd]/i;

/** Lets only those ask who stand beside the gateway, on a private network and not behind a proxy: whom numbers are for. */
export function forNeighbours(route: Route): Route {
  return async (request, requestId) => {
    const isNear =
      isIP(request.remoteAddress) !== 0 && NEAR.test(request.remoteAddress) && request.headers['x-forwarded-for'] === undefined;
    return isNear ? route(request, requestId) : refusalResponse(NO_SUCH_ADDRESS, request, requestId);
  };
}
