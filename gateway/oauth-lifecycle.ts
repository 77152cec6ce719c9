import { RateLimiterMemory } from 'rate-limiter-flexible';
import { anonymous } from '#kernel/auth/viewer';
import type { Log } from '#kernel/log';
import { type HttpRequest, type HttpResponse, json } from '#kernel/serve';
import type { HouseCaller } from './house-caller';
import { HouseSilent } from './house-silent';
import type { Identity } from './identity';
import { authenticate, failure, NOT_STORED, readCredentials, tooMany, waitOf } from './oauth-token';
import type { Route } from './routing';

export interface LifecycleOptions {
  readonly identity: Pick<Identity, 'claimsOf'>;
  readonly caller: HouseCaller;
  readonly log: Log;
  readonly addressOf: (request: HttpRequest) => string;
}

const MINUTE_SECONDS = 60;
const REQUESTS_PER_CLIENT = 120;

/** RFC 7662: a partner's system asks whether a token of its own is still believed. Of any other token it learns only that it is not active. */
export function openIntrospection(options: LifecycleOptions): Route {
  return forClients(options, async (token, clientId) => {
    const claims = await options.identity.claimsOf(token);
    if (claims?.['client_id'] !== clientId) return json(200, { active: false }, NOT_STORED);
    const { sub, scope, exp, iat, iss, aud, jti } = claims;
    return json(200, { active: true, token_type: 'Bearer', client_id: clientId, sub, scope, exp, iat, iss, aud, jti }, NOT_STORED);
  });
}

/**
 * RFC 7009: a partner's system gives a token back. The partners' house announces it, so it dies at every replica within a second.
 * A token that is not the client's, or no token at all, is answered in the same way and changes nothing.
 */
export function openRevocation(options: LifecycleOptions): Route {
  return forClients(options, async (token, clientId, requestId) => {
    const claims = await options.identity.claimsOf(token);
    if (claims?.['client_id'] !== clientId || !claims.jti) return DONE;
    const expiresAt = new Date((claims.exp ?? 0) * 1_000).toISOString();
    try {
      const { status } = await options.caller.call('partners', {
        path: '/tokens/revoke',
        body: JSON.stringify({ clientId, tokenId: claims.jti, expiresAt }),
        viewer: { ...anonymous, subject: 'house:gateway', roles: ['SERVICE'] },
        correlationId: requestId,
        signal: new AbortController().signal,
        isRepeatable: true,
      });
      if (status === 200) return DONE;
      options.log.error('The partners house did not revoke a token.', { house: 'partners', status, requestId });
    } catch (fault) {
      if (!(fault instanceof HouseSilent)) throw fault;
      options.log.warn('A house is silent.', { house: 'partners', reason: fault.reason, requestId, fault });
    }
    const busy = failure(503, 'temporarily_unavailable', 'The token could not be revoked at the moment.');
    return { ...busy, headers: { ...busy.headers, 'retry-after': '5' } };
  });
}

const DONE: HttpResponse = { status: 200, headers: NOT_STORED, body: '' };

type Answer = (token: string, clientId: string, requestId: string) => Promise<HttpResponse>;

/** Both endpoints take a form with a token from a client that shows its secret. */
function forClients(options: LifecycleOptions, answer: Answer): Route {
  const byClient = new RateLimiterMemory({ points: REQUESTS_PER_CLIENT, duration: MINUTE_SECONDS });
  return async (request, requestId) => {
    if (request.method !== 'POST') {
      const refusal = failure(405, 'invalid_request', 'Tokens are spoken of by POST.');
      return { ...refusal, headers: { ...refusal.headers, allow: 'POST' } };
    }
    if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
      return failure(400, 'invalid_request', 'The body is application/x-www-form-urlencoded.');
    }
    const form = new URLSearchParams(request.body);
    const credentials = readCredentials(request.headers.authorization, form);
    if ('status' in credentials) return credentials;
    const waitMs = await waitOf(byClient, `${options.addressOf(request)} ${credentials.clientId}`);
    if (waitMs > 0) return tooMany(waitMs);
    const client = await authenticate(credentials, options, requestId);
    if ('status' in client) return client;
    const token = form.get('token');
    return token ? answer(token, client.clientId, requestId) : failure(400, 'invalid_request', 'token is missing.');
  };
}
