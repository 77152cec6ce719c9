import { isSignedIn } from '#kernel/auth/viewer';
import type { HttpRequest } from '#kernel/serve';
import { refused } from '../errors';
import type { Identity } from '../identity';
import { refusalResponse } from '../refusal-response';
import type { Route } from '../routing';
import type { PartnerGraph } from './partner-graph';

export interface PartnerSchemaOptions {
  readonly identity: Pick<Identity, 'viewerOf'>;
  readonly addressOf: (request: HttpRequest) => string;
  readonly graph: PartnerGraph;
}

/** The schema of partners as text, for tools that generate types from it: for whoever may ask the graph itself. */
export function openPartnerSchema({ identity, addressOf, graph }: PartnerSchemaOptions): Route {
  return async (request, requestId) => {
    if (request.method !== 'GET') return { status: 405, headers: { allow: 'GET' } };
    const viewer = await identity.viewerOf(request.headers.authorization, addressOf(request));
    if (!viewer.ok) return refusalResponse(viewer.refused, request, requestId);
    if (!isSignedIn(viewer.value)) return refusalResponse(NOBODY, request, requestId);
    const sdl = graph.sdl();
    if (sdl === null) return refusalResponse(NOTHING, request, requestId);
    return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }, body: sdl };
  };
}

const NOBODY = refused(401, 'UNAUTHENTICATED', 'Say who you are first.', { headers: { 'www-authenticate': 'Bearer' } }).refused;
const NOTHING = refused(404, 'NOT_FOUND', 'Nothing in this graph is for partners.').refused;
