import type { HttpRequest } from '#kernel/serve';
import { granted, type OrRefused, refused } from './errors';
import { isNestedDeeperThan, isRecord, parseJson } from './safe-json';

/** A GraphQL request as it came over HTTP, before anybody looked into its document. */
export interface GraphqlRequest {
  /** The document, where it was sent in full. */
  readonly query: string | undefined;
  /** The SHA-256 of a document that was sent before or is trusted. At least one of the two is there. */
  readonly hash: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** A GET may read only. */
  readonly isReadOnly: boolean;
  /** Whether only the price is asked for. */
  readonly isDryRun: boolean;
  /** What a caller wants to know about how the answer came to be. */
  readonly wants: ReadonlySet<string>;
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
    documentId: query.get('documentId') ?? undefined,
    operationName: query.get('operationName') ?? undefined,
    variables: jsonIn(query.get('variables')),
    extensions: jsonIn(query.get('extensions')),
  };
  if (asked.variables === INVALID || asked.extensions === INVALID)
    return refused(400, 'BAD_REQUEST', 'variables and extensions are JSON objects.');
  return readFields(asked, true);
}

function readPost({ headers, body }: HttpRequest): OrRefused<GraphqlRequest> {
  if (!isJsonInUtf8(headers['content-type'])) {
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
  { query, documentId, operationName, variables, extensions }: Readonly<Record<string, unknown>>,
  isReadOnly: boolean,
): OrRefused<GraphqlRequest> {
  if (!isAbsent(extensions) && !isRecord(extensions)) return refused(400, 'BAD_REQUEST', 'extensions is a JSON object.');
  if (!isAbsent(operationName) && typeof operationName !== 'string') return refused(400, 'BAD_REQUEST', 'operationName is text.');
  if (!isAbsent(variables) && !isRecord(variables)) return refused(400, 'BAD_REQUEST', 'variables is a JSON object.');
  if (isRecord(variables) && isNestedDeeperThan(variables, VARIABLE_LEVELS_MAX)) {
    return refused(400, 'LIMIT_EXCEEDED', `Variables are nested at most ${VARIABLE_LEVELS_MAX} levels deep.`);
  }
  const wishes = isRecord(extensions) ? extensions : NO_WISHES;
  const hash = hashIn(documentId, wishes['persistedQuery']);
  if (!hash.ok) return hash;
  const isText = typeof query === 'string' && query.trim() !== '';
  if (!isText && (hash.value === undefined || !isAbsent(query))) {
    return refused(400, 'BAD_REQUEST', 'The field query holds a GraphQL document.');
  }
  if (wishes['dryRun'] !== undefined && wishes['dryRun'] !== 'cost') return refused(400, 'BAD_REQUEST', 'extensions.dryRun is "cost".');
  return granted({
    query: isText ? query : undefined,
    hash: hash.value,
    operationName: typeof operationName === 'string' ? operationName : undefined,
    variables: isRecord(variables) ? variables : {},
    isReadOnly,
    isDryRun: wishes['dryRun'] === 'cost',
    wants: wishes === NO_WISHES ? NOTHING : new Set(['plan', 'trace'].filter(name => wishes[name] === true)),
  });
}

const NO_WISHES: Readonly<Record<string, unknown>> = {};
const NOTHING: ReadonlySet<string> = new Set();

/** No input of the graph comes near; what is nested deeper is meant to exhaust a stack. */
const VARIABLE_LEVELS_MAX = 32;
const SHA256 = /^[0-9a-f]{64}$/;

/** A document's hash, as Apollo's clients write it or as the specification's draft on persisted documents does. */
function hashIn(documentId: unknown, persisted: unknown): OrRefused<string | undefined> {
  if (isAbsent(documentId) && isAbsent(persisted)) return granted(undefined);
  const isVersionOne = isRecord(persisted) && persisted['version'] === 1;
  const given = isAbsent(documentId) ? (isVersionOne ? persisted['sha256Hash'] : null) : documentId;
  const hash = typeof given === 'string' ? given.replace(/^sha256:/, '').toLowerCase() : '';
  if (!SHA256.test(hash)) return refused(400, 'BAD_REQUEST', 'A document is known by the SHA-256 of its text, in 64 hexadecimal digits.');
  return granted(hash);
}

const INVALID = Symbol('invalid');

function jsonIn(text: string | null): unknown {
  if (text === null || text === '') return undefined;
  try {
    return parseJson(text);
  } catch {
    return INVALID;
  }
}

/** Nearly all clients write it one of these ways; every other spelling is read with care. */
const USUAL_TYPES = new Set(['application/json', 'application/json; charset=utf-8']);

function isJsonInUtf8(header: string | undefined): boolean {
  if (header !== undefined && USUAL_TYPES.has(header)) return true;
  const match = /^\s*([\w.+-]+\/[\w.+-]+)\s*((?:;[^;]*)*)$/.exec(header ?? '');
  if (!match) return false;
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)"?/i.exec(match[2] ?? '')?.[1] ?? 'utf-8';
  return match[1]?.toLowerCase() === 'application/json' && ['utf-8', 'utf8'].includes(charset.toLowerCase());
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;
