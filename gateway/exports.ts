import { request as send } from 'undici';
import { hopHeader, signHop } from '#kernel/auth/hop-token';
import type { Viewer } from '#kernel/auth/viewer';
import type { HttpRequest, HttpResponse } from '#kernel/serve';
import { wallClock } from '#kernel/time';
import { refused } from './errors';
import type { HouseCaller } from './house-caller';
import type { Identity } from './identity';
import { rangeOf } from './range';
import { refusalResponse } from './refusal-response';
import type { Route } from './routing';

export interface ExportsOptions {
  /** Where the house that makes files of reports answers, if there is one. */
  readonly reports: string | undefined;
  readonly hopSecret: string;
  readonly deadlineMs: number;
  readonly identity: Identity;
  readonly addressOf: (request: HttpRequest) => string;
  readonly caller: HouseCaller;
}

const FILE = /^\/exports\/(exp_[0-9a-f]{32})\.(csv|jsonl|parquet)$/;

/**
 * Files of reports: asked for with POST, and downloaded in one piece or, with `Range`, from where a download stopped. Who asks is told by
 * the token in the header alone: an address of a file is of no use to whoever finds it.
 */
export function openExports(options: ExportsOptions): Route {
  return async (request, requestId) => {
    const viewer = await options.identity.viewerOf(request.headers.authorization, options.addressOf(request));
    if (!viewer.ok) return refusalResponse(viewer.refused, request, requestId);
    const { reports } = options;
    if (!reports) return refusalResponse(NOT_NOW, request, requestId);
    if (request.path === '/exports') return askFor(options, request, viewer.value, requestId);
    const id = FILE.exec(request.path)?.[1];
    if (!id) return refusalResponse(NO_SUCH_FILE, request, requestId);
    if (request.method !== 'GET') return { status: 405, headers: { allow: 'GET' } };
    const piece = (from: number) => pieceOf({ ...options, reports }, { id, from, viewer: viewer.value, requestId, signal: request.signal });
    try {
      return (await download(request, piece)) ?? refusalResponse(NO_SUCH_FILE, request, requestId);
    } catch {
      return refusalResponse(NOT_NOW, request, requestId);
    }
  };
}

async function askFor({ caller }: ExportsOptions, request: HttpRequest, viewer: Viewer, correlationId: string): Promise<HttpResponse> {
  if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
  if (!/^application\/json *(;|$)/i.test(request.headers['content-type'] ?? '')) return refusalResponse(NO_JSON, request, correlationId);
  const { body, signal } = request;
  try {
    const call = { path: '/exports', body, viewer, correlationId, signal, isRepeatable: false };
    const { status, json } = await caller.call('reports', call);
    return {
      status,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      body: JSON.stringify(json),
    };
  } catch {
    return refusalResponse(NOT_NOW, request, correlationId);
  }
}

interface Piece {
  readonly headers: Readonly<Record<string, string>>;
  readonly fileBytes: number;
  readonly content: Buffer;
}

/** The whole file or a part of it, fetched from the house piece by piece as the client reads. */
async function download(request: HttpRequest, piece: (from: number) => Promise<Piece | null>): Promise<HttpResponse | null> {
  const whole = await piece(0);
  if (!whole) return null;
  const { fileBytes } = whole;
  const headers = { ...whole.headers, 'accept-ranges': 'bytes', 'cache-control': 'private, no-store' };
  const range = rangeOf(request.headers, fileBytes, whole.headers['etag'] ?? '');
  if (range === 'unsatisfiable') return { status: 416, headers: { ...headers, 'content-range': `bytes */${fileBytes}` } };
  const [first, last] = range ?? [0, fileBytes - 1];
  return {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      'content-length': `${last - first + 1}`,
      ...(range && { 'content-range': `bytes ${first}-${last}/${fileBytes}` }),
    },
    stream: piecesBetween(first, last, first === 0 ? whole : null, piece),
  };
}

async function* piecesBetween(
  first: number,
  last: number,
  begun: Piece | null,
  piece: (from: number) => Promise<Piece | null>,
): AsyncGenerator<Buffer> {
  let next = first;
  for (let held = begun ?? (await piece(next)); held && held.content.length > 0; held = await piece(next)) {
    const wanted = held.content.subarray(0, last + 1 - next);
    yield wanted;
    next += wanted.length;
    if (next > last) return;
  }
  throw new Error('A file ended before its end.');
}

interface Asked {
  readonly id: string;
  readonly from: number;
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly signal: AbortSignal;
}

const PASSED_ON = ['content-type', 'content-disposition', 'etag'] as const;

async function pieceOf(
  { reports, hopSecret, deadlineMs }: ExportsOptions,
  { id, from, viewer, requestId, signal }: Asked,
): Promise<Piece | null> {
  const target = `/exports/piece?${new URLSearchParams({ id, from: `${from}` })}`;
  const token = signHop(hopSecret, { audience: 'reports', body: target, viewer, correlationId: requestId, now: wallClock.now() });
  const answer = await send(`${reports}${target}`, {
    headers: { authorization: hopHeader(token) },
    signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
  });
  const content = Buffer.from(await answer.body.arrayBuffer());
  if (answer.statusCode === 403 || answer.statusCode === 404) return null;
  if (answer.statusCode !== 200) throw new Error(`A piece of a file was answered with ${answer.statusCode}.`);
  const kept = PASSED_ON.map(name => [name, String(answer.headers[name] ?? '')] as const);
  return { headers: Object.fromEntries(kept), fileBytes: Number(answer.headers['x-file-bytes']), content };
}

const NO_SUCH_FILE = refused(404, 'NOT_FOUND', 'There is no such file, or not yet, or it is not yours.').refused;
const NO_JSON = refused(415, 'BAD_REQUEST', 'Ask for a file with a body of `application/json`.').refused;
const NOT_NOW = refused(503, 'HOUSE_UNAVAILABLE', 'Files of reports cannot be had at the moment. Try again in a minute.').refused;
