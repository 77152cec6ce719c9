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

/** Signs one call: an HS256 token that lives for 30 seconds and fits only this house and this body. */
export const signHop = (secret: string, { body, ...hop }: Hop): string => openHopSigner(secret).sign({ ...hop, bodyHash: hashOf(body) });

/** A call to be signed by somebody who knows its body's hash already. */
export interface HashedHop extends Omit<Hop, 'body'> {
  readonly bodyHash: string;
}

/** Signs call after call with one secret. */
export interface HopSigner {
  sign(hop: HashedHop): string;
}

/**
 * Prepares what the tokens of one secret have in common. Every request signs a token for each house that it asks: the
 * secret is turned into HMAC's two keys once, and what a token says of its viewer is written once for each viewer.
 */
export function openHopSigner(secret: string): HopSigner {
  const mac = openMac(secret);
  const startByViewer = new WeakMap<Viewer, string>();
  return {
    sign({ audience, bodyHash, viewer, correlationId, now }) {
      let start = startByViewer.get(viewer);
      if (start === undefined) {
        start = `${HEADER}.${encode(inThrees(`{"v":${JSON.stringify(viewer)}`))}`;
        startByViewer.set(viewer, start);
      }
      const issuedAt = Math.floor(now.getTime() / 1000);
      const [aud, cid] = [JSON.stringify(audience), JSON.stringify(correlationId)];
      const signed = `${start}${encode(`,"aud":${aud},"iat":${issuedAt},"exp":${issuedAt + LIFE_SECONDS},"bh":"${bodyHash}","cid":${cid}}`)}`;
      return `${signed}.${mac(signed)}`;
    },
  };
}

/** Spaces, which JSON allows, up to a length at which base64 can be cut: three bytes are four letters. */
const inThrees = (text: string): string => text + ' '.repeat((3 - (Buffer.byteLength(text) % 3)) % 3);

const BLOCK_BYTES = 64;
const INNER = 0x36;
const OUTER = 0x5c;

/**
 * HMAC-SHA256 (RFC 2104) of ASCII text, as base64url. Its two hashes are made by `crypto.hash`, which takes a third of
 * the time of an Hmac object; a test holds it against `createHmac`.
 */
export function openMac(secret: string): (text: string) => string {
  const given = Buffer.from(secret);
  const key = Buffer.alloc(BLOCK_BYTES);
  (given.length > BLOCK_BYTES ? hash('sha256', given, 'buffer') : given).copy(key);
  const inner = Buffer.from(key.map(byte => byte ^ INNER));
  const outer = Buffer.concat([key.map(byte => byte ^ OUTER), Buffer.alloc(32)]);
  let scratch = Buffer.concat([inner, Buffer.alloc(4_096)]);
  return text => {
    if (text.length > scratch.length - BLOCK_BYTES) scratch = Buffer.concat([inner, Buffer.alloc(text.length)]);
    const length = BLOCK_BYTES + scratch.write(text, BLOCK_BYTES, 'latin1');
    hash('sha256', scratch.subarray(0, length), 'buffer').copy(outer, BLOCK_BYTES);
    return hash('sha256', outer, 'base64url');
  };
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

/** The hash by which a token is tied to a body. */
export const hashOf = (body: string | Uint8Array): string => hash('sha256', body, 'base64url');
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
