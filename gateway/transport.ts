import type { HttpRequest } from '#kernel/serve';
import { granted, type OrRefused, refused } from './errors';

/** A GraphQL request as it came over HTTP, before anybody looked into its document. */
export interface GraphqlRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** A GET may read only. */
  readonly isReadOnly: boolean;
}

export const BODY_BYTES_MAX = 1024 * 1024;

/** Reads a request by GraphQL over HTTP. What a foreign page could send without asking is refused before it is parsed. */
export function readGraphqlRequest(request: HttpRequest): OrRefused<GraphqlRequest> {
  if (request.method === 'GET') return readGet(request);
  if (request.method === 'POST') return readPost(request);
  return refused(405, 'BAD_REQUEST', 'The graph is asked by POST or GET.', { headers: { allow: 'GET, POST' } });
}

/** Headers that a page can set only after the browser has asked for permission. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'];

function readGet({ headers, query }: HttpRequest): OrRefused<GraphqlRequest> {
  if (!PREFLIGHT_HEADERS.some(name => headers[name])) {
    return refused(
      400,
      'BAD_REQUEST',
      `A GET carries one of the headers ${PREFLIGHT_HEADERS.join(', ')}, so that no foreign page can send it unasked.`,
    );
  }
  const names = [...query.keys()];
  if (new Set(names).size < names.length) return refused(400, 'BAD_REQUEST', 'A parameter is given twice.');
  const asked = {
    query: query.get('query') ?? undefined,
    operationName: query.get('operationName') ?? undefined,
    variables: jsonIn(query.get('variables')),
    extensions: jsonIn(query.get('extensions')),
  };
  if (asked.variables === INVALID || asked.extensions === INVALID)
    return refused(400, 'BAD_REQUEST', 'variables and extensions are JSON objects.');
  return readFields(asked, true);
}

function readPost({ headers, body }: HttpRequest): OrRefused<GraphqlRequest> {
  const media = mediaTypeOf(headers['content-type']);
  if (media?.type !== 'application/json' || !['utf-8', 'utf8'].includes(media.charset)) {
    return refused(415, 'BAD_REQUEST', 'The body is application/json in UTF-8.');
  }
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    return refused(415, 'BAD_REQUEST', 'The body is sent as it is, not compressed.', {
      headers: { 'accept-encoding': 'identity' },
    });
  }
  const parsed = jsonIn(body);
  if (parsed === INVALID || parsed === undefined) return refused(400, 'BAD_REQUEST', 'The body is not valid JSON.');
  if (Array.isArray(parsed)) return refused(400, 'BAD_REQUEST', 'One operation is sent at a time; batches are not accepted.');
  if (!isRecord(parsed)) return refused(400, 'BAD_REQUEST', 'The body is a JSON object with the field query.');
  return readFields(parsed, false);
}

function readFields(
  { query, operationName, variables, extensions }: Readonly<Record<string, unknown>>,
  isReadOnly: boolean,
): OrRefused<GraphqlRequest> {
  if (isRecord(extensions) && extensions['persistedQuery'] !== undefined) {
    return refused(400, 'PERSISTED_QUERY_NOT_SUPPORTED', 'Documents are sent in full.');
  }
  if (typeof query !== 'string' || query.trim() === '') return refused(400, 'BAD_REQUEST', 'The field query holds a GraphQL document.');
  if (!isAbsent(operationName) && typeof operationName !== 'string') return refused(400, 'BAD_REQUEST', 'operationName is text.');
  if (!isAbsent(variables) && !isRecord(variables)) return refused(400, 'BAD_REQUEST', 'variables is a JSON object.');
  if (!isAbsent(extensions) && !isRecord(extensions)) return refused(400, 'BAD_REQUEST', 'extensions is a JSON object.');
  return granted({
    query,
    operationName: typeof operationName === 'string' ? operationName : undefined,
    variables: isRecord(variables) ? variables : {},
    isReadOnly,
  });
}

const INVALID = Symbol('invalid');

function jsonIn(text: string | null): unknown {
  if (text === null || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return INVALID;
  }
}

/** The media type and its charset, in lower case, or null when the header is no media type. */
function mediaTypeOf(header: string | undefined): { readonly type: string; readonly charset: string } | null {
  const match = /^\s*([\w.+-]+\/[\w.+-]+)\s*((?:;[^;]*)*)$/.exec(header ?? '');
  if (!match) return null;
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)"?/i.exec(match[2] ?? '')?.[1] ?? 'utf-8';
  return { type: (match[1] ?? '').toLowerCase(), charset: charset.toLowerCase() };
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
