import type { Environment } from '#kernel/config';
import type { HttpRequest, HttpResponse } from '#kernel/serve';
import type { DocumentReader } from './document';
import { type Refused, refusalText, refused } from './errors';
import type { Execution } from './execution';
import type { Identity } from './identity';
import { refusalOf } from './limits';
import { readGraphqlRequest } from './transport';

export interface EndpointOptions {
  readonly environment: Environment;
  readonly identity: Identity;
  readonly documents: DocumentReader;
  readonly execution: Execution;
}

/** One query's walk: transport, identity, document, limits, execution. Whoever is turned away is turned away early. */
export function openGraphqlEndpoint({ environment, identity, documents, execution }: EndpointOptions) {
  return async (request: HttpRequest, requestId: string): Promise<HttpResponse> => {
    const turnAway = (why: Refused) => refusalResponse(why, request, requestId);
    const asked = readGraphqlRequest(request);
    if (!asked.ok) return turnAway(asked.refused);
    const known = await identity.viewerOf(request.headers.authorization);
    if (!known.ok) return turnAway(known.refused);
    const { query, operationName, variables, isReadOnly } = asked.value;
    const read = documents.read(query, operationName);
    if (!read.ok) return turnAway(read.refused);
    const { operation, tokens, shape } = read.value;
    const changesThings = operation.operation !== 'query';
    if (isReadOnly && changesThings) return turnAway(ONLY_READS);
    const viewer = known.value;
    const tooMuch = refusalOf({ shape, tokens, viewer, variables }, environment);
    if (tooMuch) return turnAway(tooMuch);
    // A read ends when its client leaves. A change that was begun is finished: its answer waits under its idempotency key.
    const signal = changesThings ? new AbortController().signal : request.signal;
    const context = { viewer, requestId, signal, silentHouses: new Set<string>() };
    const answer = await execution.run({ query, operationName, variables, accept: request.headers.accept }, context);
    return { ...answer, headers: { 'cache-control': 'no-store', ...answer.headers } };
  };
}

const ONLY_READS = refused(405, 'BAD_REQUEST', 'A mutation is sent by POST.', { headers: { allow: 'POST' } }).refused;

/** Turns a request away in the media type that it accepts (GraphQL over HTTP, §6.4). */
export function refusalResponse(why: Refused, { headers }: HttpRequest, requestId: string): HttpResponse {
  const isGraphql = headers.accept?.includes('application/graphql-response+json') ?? false;
  return {
    status: why.status,
    headers: {
      'content-type': `application/${isGraphql ? 'graphql-response+json' : 'json'}; charset=utf-8`,
      'cache-control': 'no-store',
      ...why.headers,
    },
    body: refusalText(why, requestId),
  };
}
