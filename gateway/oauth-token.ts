import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { z } from 'zod';
import { anonymous } from '#kernel/auth/viewer';
import type { Log } from '#kernel/log';
import { type HttpRequest, type HttpResponse, json } from '#kernel/serve';
import type { Clock } from '#kernel/time';
import type { HouseCaller } from './house-caller';
import { HouseSilent } from './house-silent';
import { claimsFor, GATEWAY_ISSUER } from './identity';
import type { SigningKey } from './signing-key';
import type { Trust } from './trust';

const TOKEN_SECONDS = 900;
const MINUTE_SECONDS = 60;
const REQUESTS_PER_CLIENT = 30;
const REQUESTS_PER_ADDRESS = 120;

export interface OauthOptions {
  readonly key: SigningKey;
  readonly caller: HouseCaller;
  readonly trust: Pick<Trust, 'isAllowedFrom'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly addressOf: (request: HttpRequest) => string;
}

/** The token endpoint: a partner's system shows its id and secret and gets a token for 15 minutes (RFC 6749 §4.4). */
export function openTokenEndpoint(options: OauthOptions): (request: HttpRequest, requestId: string) => Promise<HttpResponse> {
  const byClient = new RateLimiterMemory({ points: REQUESTS_PER_CLIENT, duration: MINUTE_SECONDS });
  const byAddress = new RateLimiterMemory({ points: REQUESTS_PER_ADDRESS, duration: MINUTE_SECONDS });
  return async (request, requestId) => {
    const asked = readRequest(request);
    if ('status' in asked) return asked;
    const address = options.addressOf(request);
    // Counted for the client at this address: a stranger who knows a client's id cannot lock the client out.
    const waitMs = Math.max(await waitOf(byAddress, address), await waitOf(byClient, `${address} ${asked.clientId}`));
    if (waitMs > 0) return tooMany(waitMs);
    const client = await authenticate(asked, options, requestId);
    if ('status' in client) return client;
    if (!options.trust.isAllowedFrom(client.clientId, address))
      return failure(403, 'access_denied', 'The client is not used from this address.');
    const scopes = asked.scopes ?? client.scopes;
    const missing = scopes.find(scope => !client.scopes.includes(scope));
    if (missing !== undefined) return failure(400, 'invalid_scope', 'The client does not have a scope that was asked for.');
    const scope = scopes.join(' ');
    const claims = {
      sub: `partner:${client.clientId}`,
      roles: ['PARTNER'],
      scope,
      partner_id: client.partnerId,
      client_id: client.clientId,
    };
    const token = await options.key.sign(claimsFor(GATEWAY_ISSUER, claims), { issuedAt: options.clock.now(), seconds: TOKEN_SECONDS });
    return json(200, { access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope }, NOT_STORED);
  };
}

interface TokenRequest {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Null when the client wants every scope it has. */
  readonly scopes: readonly string[] | null;
  readonly isBasic: boolean;
}

function readRequest({ method, headers, body }: HttpRequest): TokenRequest | HttpResponse {
  if (method !== 'POST')
    return { ...failure(405, 'invalid_request', 'Tokens are asked for by POST.'), headers: { ...NOT_STORED, allow: 'POST' } };
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    return failure(400, 'invalid_request', 'The body is application/x-www-form-urlencoded.');
  }
  const form = new URLSearchParams(body);
  const names = [...form.keys()];
  if (new Set(names).size < names.length) return failure(400, 'invalid_request', 'A parameter is given twice.');
  const grantType = form.get('grant_type');
  if (!grantType) return failure(400, 'invalid_request', 'grant_type is missing.');
  if (grantType !== 'client_credentials') return failure(400, 'unsupported_grant_type', 'Only client_credentials is granted here.');
  const credentials = readCredentials(headers.authorization, form);
  if ('status' in credentials) return credentials;
  const scope = form.get('scope');
  if (scope !== null && !SCOPE.test(scope)) return failure(400, 'invalid_scope', 'scope is a list of names separated by single spaces.');
  return { ...credentials, scopes: scope === null ? null : [...new Set(scope.split(' '))] };
}

/** RFC 6749 §3.3: printable ASCII without quotes and backslashes, separated by one space. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/;

/** The credentials of a client, in the header or in the body, or the refusal that they earn. */
export function readCredentials(authorization: string | undefined, form: URLSearchParams): Omit<TokenRequest, 'scopes'> | HttpResponse {
  const bodyId = form.get('client_id');
  const bodySecret = form.get('client_secret');
  if (authorization === undefined) {
    if (!bodyId || !bodySecret) return failure(401, 'invalid_client', 'Client credentials are missing.');
    return { clientId: bodyId, clientSecret: bodySecret, isBasic: false };
  }
  if (bodySecret !== null) return failure(400, 'invalid_request', 'Credentials are given in the header or in the body, not in both.');
  const encoded = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  const pair = encoded ? /^([^:]+):(.+)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) : null;
  const clientId = formDecoded(pair?.[1]);
  const clientSecret = formDecoded(pair?.[2]);
  if (!clientId || !clientSecret || (bodyId !== null && bodyId !== clientId)) return invalidClient(true);
  return { clientId, clientSecret, isBasic: true };
}

/** RFC 6749 §2.3.1: both halves of the Basic pair are form-encoded before they are joined. */
function formDecoded(part: string | undefined): string | null {
  if (part === undefined) return null;
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

const clientAnswer = z.object({ clientId: z.string(), partnerId: z.string(), scopes: z.array(z.string()) });

/** Asks the house that keeps the secrets. The gateway never learns more than yes, whose client it is, and its scopes. */
export async function authenticate(
  { clientId, clientSecret, isBasic }: Omit<TokenRequest, 'scopes'>,
  { caller, log }: Pick<OauthOptions, 'caller' | 'log'>,
  requestId: string,
): Promise<z.infer<typeof clientAnswer> | HttpResponse> {
  try {
    const { status, json: answer } = await caller.call('partners', {
      path: '/clients/authenticate',
      body: JSON.stringify({ clientId, clientSecret }),
      viewer: { ...anonymous, subject: 'house:gateway', roles: ['SERVICE'] },
      correlationId: requestId,
      signal: new AbortController().signal,
      isRepeatable: true,
    });
    if (status === 401) return invalidClient(isBasic);
    const client = clientAnswer.safeParse(answer);
    if (status === 200 && client.success) return client.data;
    log.error('The partners house answered a client check with something else.', { house: 'partners', status, requestId });
  } catch (fault) {
    if (!(fault instanceof HouseSilent)) throw fault;
    log.warn('A house is silent.', { house: 'partners', reason: fault.reason, requestId, fault });
  }
  const busy = failure(503, 'temporarily_unavailable', 'Clients cannot be checked at the moment.');
  return { ...busy, headers: { ...busy.headers, 'retry-after': '5' } };
}

export async function waitOf(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (rejected) {
    if (rejected instanceof RateLimiterRes) return Math.max(1, rejected.msBeforeNext);
    throw rejected;
  }
}

export const NOT_STORED = { 'cache-control': 'no-store', pragma: 'no-cache' } as const;

export const failure = (status: number, error: string, description: string): HttpResponse =>
  json(status, { error, error_description: description }, NOT_STORED);

function invalidClient(isBasic: boolean): HttpResponse {
  const answer = failure(401, 'invalid_client', 'The client is unknown, or its secret is not valid.');
  return isBasic ? { ...answer, headers: { ...answer.headers, 'www-authenticate': 'Basic realm="purchasing-graph"' } } : answer;
}

export function tooMany(waitMs: number): HttpResponse {
  const answer = failure(429, 'temporarily_unavailable', 'Too many tokens were asked for. A token lives for 15 minutes: keep it.');
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(Math.ceil(waitMs / 1000)) } };
}
