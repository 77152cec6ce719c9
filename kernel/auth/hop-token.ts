import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../time';
import type { Viewer } from './viewer';

/** What a signed call between two of our own processes says about itself. */
export interface Hop {
  /** The house that is called. */
  readonly audience: string;
  /** The exact bytes sent; for a request without a body, its path with its query. */
  readonly body: string | Uint8Array;
  readonly viewer: Viewer;
  readonly correlationId: string;
  /** The moment on the wall: both sides of a call must read the same clock. */
  readonly now: Instant;
}

/** Who asks, as a verified hop token says. */
export interface HopClaims {
  readonly viewer: Viewer;
  readonly correlationId: string;
}

const LIFE_SECONDS = 30;
/** Clocks of two machines differ; a token from the future is taken within this. */
const SKEW_SECONDS = 5;
const TOKEN_LENGTH_MAX = 16_384;
const HEADER = encode('{"alg":"HS256","typ":"JWT"}');
const SCHEME = 'Hop ';

/**
 * Signs one call: an HS256 token that lives for 30 seconds and fits only this house and this body. It is on the path of
 * every request, which is why it is made with node:crypto alone.
 */
export function signHop(secret: string, { audience, body, viewer, correlationId, now }: Hop): string {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const claims = { aud: audience, iat: issuedAt, exp: issuedAt + LIFE_SECONDS, bh: hashOf(body), cid: correlationId, v: viewer };
  const signed = `${HEADER}.${encode(JSON.stringify(claims))}`;
  return `${signed}.${macOf(secret, signed).toString('base64url')}`;
}

/** The value of the `authorization` header that carries a hop token. */
export const hopHeader = (token: string): string => `${SCHEME}${token}`;

/** The token in an `authorization` header, or null when it carries none. */
export const hopTokenFrom = (header: string | undefined): string | null =>
  header?.startsWith(SCHEME) ? header.slice(SCHEME.length) : null;

/**
 * Verifies a call: signed with one of our secrets (two are live while a secret is changed), for this house and this
 * body, and still alive. Answers who asks, or null; why not is nobody's business.
 */
export function verifyHop(
  secrets: readonly string[],
  audience: string,
  body: string | Uint8Array,
  token: string | null | undefined,
  now: Instant,
): HopClaims | null {
  if (!token || token.length > TOKEN_LENGTH_MAX) return null;
  const [header, payload, signature, ...rest] = token.split('.');
  if (header !== HEADER || !payload || !signature || rest.length > 0) return null;
  const mac = decode(signature);
  const json = decode(payload);
  // Every secret is tried, and each comparison takes the same time.
  const isOurs = secrets.reduce((found, secret) => (mac !== null && isSame(macOf(secret, `${header}.${payload}`), mac)) || found, false);
  if (!isOurs || !json) return null;
  const claims = JSON.parse(json.toString()) as Record<string, unknown>;
  const seconds = now.getTime() / 1000;
  const isAlive = Number(claims.exp) > seconds && Number(claims.iat) <= seconds + SKEW_SECONDS;
  if (!isAlive || claims.aud !== audience || claims.bh !== hashOf(body)) return null;
  return { viewer: claims.v as Viewer, correlationId: claims.cid as string };
}

const hashOf = (body: string | Uint8Array): string => hash('sha256', body, 'base64url');
const macOf = (secret: string, text: string): Buffer => createHmac('sha256', secret).update(text).digest();
const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** Reads base64url, or answers null when it is not in the one form we write: no padding, spaces or loose bits. */
function decode(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
}
