import type { HttpRequest, HttpResponse } from '#kernel/serve';

const PREFLIGHT_SECONDS = '600';

/**
 * What a browser is told about a page of another origin: that it may ask, when its origin is on the list; otherwise
 * nothing. No origin is ever echoed because it asked.
 */
export function corsHeaders({ headers }: HttpRequest, origins: readonly string[]): Readonly<Record<string, string>> {
  const { origin } = headers;
  if (!origin || !origins.includes(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'x-request-id, retry-after, content-disposition, content-range, etag',
  };
}

/** The answer to a browser that asks before it sends. */
export function preflight(request: HttpRequest, origins: readonly string[]): HttpResponse {
  const allowed = corsHeaders(request, origins);
  if (!('access-control-allow-origin' in allowed)) return { status: 204, headers: allowed };
  return {
    status: 204,
    headers: {
      ...allowed,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers':
        'authorization, content-type, apollo-require-preflight, x-apollo-operation-name, x-request-id, range, if-range',
      'access-control-max-age': PREFLIGHT_SECONDS,
    },
  };
}
