import { randomUUID } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { anonymous, ROLES, type Role, type Viewer } from '#kernel/auth/viewer';
import { isId } from '#kernel/ids';
import type { Clock } from '#kernel/time';
import { BoundedMap } from './bounded-map';
import type { UserIssuerConfig } from './config';
import { granted, type OrRefused, refused } from './errors';
import type { SigningKey } from './signing-key';
import type { Doubt, Trust } from './trust';

/** Finds out who asks. */
export interface Identity {
  /** Known at once for nobody, and for a token that was verified before. */
  viewerOf(authorization: string | undefined, address: string): OrRefused<Viewer> | Promise<OrRefused<Viewer>>;
  /** What a token says, while it is believed; null for any other text. */
  claimsOf(token: string): Promise<JWTPayload | null>;
}

/** Somebody whose tokens are believed, and about what. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  /** What a token of this issuer may make of its bearer. */
  readonly roles: readonly Role[];
}

export const AUDIENCE = 'purchasing-graph';
export const GATEWAY_ISSUER = 'urn:purchasing-graph:gateway';
export const DEVELOPMENT_ISSUER = 'urn:purchasing-graph:development';

/** Houses speak for themselves with hop tokens; no bearer of a token becomes one. */
const ROLES_OF_PEOPLE = ROLES.filter(role => role !== 'SERVICE');

export const usersOf = ({ jwksUrl, issuer, audience }: UserIssuerConfig): TrustedIssuer => ({
  issuer,
  audience,
  keys: createRemoteJWKSet(new URL(jwksUrl)),
  roles: ROLES_OF_PEOPLE,
});
export const partnersOf = ({ keys }: SigningKey): TrustedIssuer => ({
  issuer: GATEWAY_ISSUER,
  audience: AUDIENCE,
  keys,
  roles: ['PARTNER'],
});
export const personasOf = ({ keys }: SigningKey): TrustedIssuer => ({
  issuer: DEVELOPMENT_ISSUER,
  audience: AUDIENCE,
  keys,
  roles: ROLES_OF_PEOPLE,
});

/** Asymmetric ones only: with a shared key, the public half of an RSA key would do as a password. */
const ALGORITHMS = ['ES256', 'ES384', 'EdDSA', 'RS256', 'PS256'];
const CLOCK_TOLERANCE_SECONDS = 5;
const TOKEN_LENGTH_MAX = 8_192;
/** One way to write a token: no whitespace, no padding. Libraries that forgive them see a token that a deny list does not. */
const TOKEN = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i;

/** Most requests of a caller bear the same token: a signature is checked once, and its time and its trust each time. */
const REMEMBERED_MAX = 10_000;
const REMEMBERED_LENGTH_MAX = 2_048;
/** A key that was taken out of its set is forgotten after this, though tokens it signed would live on. */
const REMEMBERED_MS_MAX = 60_000;

interface Believed {
  readonly viewer: Viewer;
  readonly tokenId: string | null;
  readonly answer: OrRefused<Viewer>;
  readonly untilMs: number;
}

export interface IdentityOptions {
  readonly issuers: readonly TrustedIssuer[];
  readonly clock: Clock;
  readonly trust: Pick<Trust, 'doubtOf'>;
}

export function openIdentity({ issuers, clock, trust }: IdentityOptions): Identity {
  const believed = new BoundedMap<string, Believed>(REMEMBERED_MAX);
  const judged = ({ viewer, tokenId, answer }: Omit<Believed, 'untilMs'>, address: string): OrRefused<Viewer> => {
    const doubt = trust.doubtOf(viewer, { tokenId, address });
    return doubt === null ? answer : doubted(doubt);
  };
  const learn = async (authorization: string, address: string): Promise<OrRefused<Viewer>> => {
    const verified = await verify(authorization, issuers, clock);
    if (!verified.ok) return verified;
    const { viewer, expiresAtMs, payload } = verified.value;
    const tokenId = payload.jti ?? null;
    const answer = granted(viewer);
    const untilMs = Math.min(expiresAtMs, clock.now().getTime() + REMEMBERED_MS_MAX);
    if (authorization.length <= REMEMBERED_LENGTH_MAX) believed.set(authorization, { viewer, tokenId, answer, untilMs });
    return judged({ viewer, tokenId, answer }, address);
  };
  return {
    viewerOf(authorization, address) {
      if (authorization === undefined) return NOBODY;
      // By its exact text: a token that differs in one letter is another token.
      const known = believed.get(authorization);
      if (known && clock.now().getTime() < known.untilMs) return judged(known, address);
      return learn(authorization, address);
    },
    async claimsOf(token) {
      const verified = await verify(`Bearer ${token}`, issuers, clock);
      if (!verified.ok) return null;
      const { viewer, payload } = verified.value;
      return trust.doubtOf(viewer, { tokenId: payload.jti ?? null, address: null }) === null ? payload : null;
    },
  };
}

const NOBODY = granted(anonymous);

interface Verified {
  readonly viewer: Viewer;
  readonly payload: JWTPayload;
  readonly expiresAtMs: number;
}

async function verify(authorization: string, issuers: readonly TrustedIssuer[], clock: Clock): Promise<OrRefused<Verified>> {
  const token = authorization.length <= TOKEN_LENGTH_MAX ? TOKEN.exec(authorization)?.[1] : undefined;
  const issuer = token && issuers.find(({ issuer }) => issuer === issuerIn(token));
  if (!token || !issuer) return notBelieved();
  try {
    const { payload } = await jwtVerify(token, issuer.keys, {
      algorithms: ALGORITHMS,
      issuer: issuer.issuer,
      audience: issuer.audience,
      requiredClaims: ['exp', 'sub'],
      currentDate: clock.now(),
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    const viewer = viewerIn(payload, issuer.roles);
    return viewer ? granted({ viewer, payload, expiresAtMs: ((payload.exp ?? 0) + CLOCK_TOLERANCE_SECONDS) * 1_000 }) : notBelieved();
  } catch (fault) {
    return isFaultOfToken(fault) ? notBelieved() : identityUnavailable();
  }
}

/** Reads who a token says issued it. Believed only after the signature of exactly that issuer was checked. */
function issuerIn(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

const texts = z.array(z.string().max(200)).max(200).catch([]);
const text = z.string().min(1).max(200).nullable().catch(null);
const claims = z.object({
  sub: z.string().min(1).max(200),
  roles: texts,
  scope: z.string().max(4_000).catch(''),
  scopes: texts,
  accounts: texts,
  partner_id: text,
  client_id: text,
  instance: text,
  email: text,
});

/** Names that a token may not take: they stand for nobody and for our own processes. */
const RESERVED_SUBJECT = /^(anonymous$|house:)/;

function viewerIn(payload: JWTPayload, rolesMax: readonly Role[]): Viewer | null {
  const read = claims.safeParse(payload);
  if (!read.success || RESERVED_SUBJECT.test(read.data.sub)) return null;
  const { sub, roles, scope, scopes, accounts, partner_id, client_id, instance, email } = read.data;
  return {
    subject: sub,
    roles: rolesMax.filter(role => roles.includes(role)),
    scopes: [...new Set([...scope.split(' '), ...scopes])].filter(name => name !== ''),
    accounts: accounts.filter(account => isId('account', account)),
    partnerId: partner_id && isId('partner', partner_id) ? partner_id : null,
    instanceIdentifier: instance,
    clientId: client_id,
    email,
  };
}

/** The claims of a token for somebody: the inverse of what is read above. */
export const claimsFor = (issuer: string, of: JWTPayload): JWTPayload => ({ ...of, iss: issuer, aud: AUDIENCE, jti: randomUUID() });

/** Everything that can be wrong with a token. A provider that does not answer is not one of them. */
const isFaultOfToken = (fault: unknown): boolean =>
  fault instanceof errors.JOSEError && fault.code !== 'ERR_JWKS_TIMEOUT' && fault.code !== 'ERR_JOSE_GENERIC';

/** Says nothing about what was wrong: only who made the token needs to know, and they can look inside. */
const notBelieved = () =>
  refused(401, 'UNAUTHENTICATED', 'The token in the authorization header is not accepted. Sign in again.', {
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  });

function doubted(doubt: Doubt): OrRefused<never> {
  if (doubt === 'unheard') return notHeardYet();
  return doubt === 'revoked' ? notBelieved() : refused(403, 'FORBIDDEN', 'This client is not used from the address that you come from.');
}

const notHeardYet = () =>
  refused(503, 'HOUSE_UNAVAILABLE', 'It is not known yet whose tokens are believed. Try again.', { headers: { 'retry-after': '1' } });

const identityUnavailable = () =>
  refused(503, 'HOUSE_UNAVAILABLE', 'The identity provider does not answer, so nobody new can be recognised. Try again.', {
    headers: { 'retry-after': '5' },
  });
