import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { type HttpRequest, type HttpResponse, json } from '#kernel/serve';
import type { DevelopmentIssuer } from './development-issuer';
import type { ExplorerMap } from './explorer-map';

/** The page asks nobody but the gateway that serves it, runs no script of another origin, and stands in no foreign frame. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE_HEADERS = {
  'content-security-policy': PAGE_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
} as const;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

/** Serves the explorer's files and the map of the schema, and in development the personas one can try the graph as. */
export async function openExplorer(folder: string, issuer: DevelopmentIssuer | null, map: ExplorerMap) {
  const fileByPath = await filesUnder(folder);
  return async (request: HttpRequest): Promise<HttpResponse> => {
    if (request.path === '/explorer/personas') return personas(request, issuer);
    if (request.path === '/explorer/sign-in') return signIn(request, issuer);
    if (request.path === '/explorer/map') return map.answer(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, headers: { allow: 'GET, HEAD' } };
    if (request.path === '/explorer') return { status: 308, headers: { location: '/explorer/' } };
    const path = request.path === '/explorer/' ? '/explorer/index.html' : request.path;
    const file = fileByPath.get(path);
    if (!file) return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'There is no such page.' };
    // Built files carry a hash of their content in their name; the page that names them is asked for each time.
    const caching = path.startsWith('/explorer/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    const content = MEDIA_TYPES[extname(file)] ?? 'application/octet-stream';
    return { status: 200, headers: { ...PAGE_HEADERS, 'content-type': content, 'cache-control': caching }, body: await readFile(file) };
  };
}

/** Every file by the address it is served at. Only what was found here is served: an address never becomes a path. */
async function filesUnder(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return new Map(files.map(file => [`/explorer/${relative(folder, file).split(sep).join('/')}`, file]));
}

const NOT_STORED = { 'cache-control': 'no-store' } as const;

async function personas({ method }: HttpRequest, issuer: DevelopmentIssuer | null): Promise<HttpResponse> {
  if (method !== 'GET') return { status: 405, headers: { allow: 'GET' } };
  const known = issuer ? await issuer.personas() : [];
  return json(200, { personas: known.map(({ id, label, description, samples }) => ({ id, label, description, samples })) }, NOT_STORED);
}

async function signIn({ method, headers, body }: HttpRequest, issuer: DevelopmentIssuer | null): Promise<HttpResponse> {
  if (method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
  if (!issuer) return json(404, { error: 'Personas exist in development only.' }, NOT_STORED);
  if (headers['content-type'] !== 'application/json') return json(415, { error: 'The body is application/json.' }, NOT_STORED);
  const session = await issuer.signIn(personaIn(body));
  return session ? json(200, session, NOT_STORED) : json(404, { error: 'There is no such persona.' }, NOT_STORED);
}

function personaIn(body: string): string {
  try {
    const { persona } = JSON.parse(body);
    return typeof persona === 'string' ? persona : '';
  } catch {
    return '';
  }
}
