import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  SignJWT,
} from 'jose';
import { z } from 'zod';
import { BadConfiguration } from '#kernel/config';
import type { Instant } from '#kernel/time';

/** The key with which the gateway signs tokens of its own: those of partners' systems, and of personas in development. */
export interface SigningKey {
  /** What anyone may read: the public halves. */
  readonly published: JSONWebKeySet;
  readonly keys: JWTVerifyGetKey;
  sign(claims: JWTPayload, life: { readonly issuedAt: Instant; readonly seconds: number }): Promise<string>;
}

const ALGORITHM = 'ES256';
const keyFile = z.object({
  keys: z
    .array(z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string(), d: z.string(), kid: z.string() }))
    .min(1),
});
type KeyFile = z.infer<typeof keyFile>;

/**
 * Opens the key file, a JWK set: the first key signs, all of them verify, so that a key is replaced by putting a new
 * one in front. Where a file may not be made by ourselves, its absence is a fault: each replica would sign with another key.
 */
export async function openSigningKey(path: string, { mayCreate }: { readonly mayCreate: boolean }): Promise<SigningKey> {
  const { keys } = await readKeys(path, mayCreate);
  const [first] = keys;
  if (!first) throw new BadConfiguration(`SIGNING_KEY_PATH: ${path} holds no key.`);
  const signer = await importJWK(first, ALGORITHM);
  const published = { keys: keys.map(({ kty, crv, x, y, kid }) => ({ kty, crv, x, y, kid, alg: ALGORITHM, use: 'sig' })) };
  return {
    published,
    keys: createLocalJWKSet(published),
    sign: (claims, { issuedAt, seconds }) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: ALGORITHM, kid: first.kid, typ: 'JWT' })
        .setIssuedAt(issuedAt)
        .setNotBefore(issuedAt)
        .setExpirationTime(Math.floor(issuedAt.getTime() / 1000) + seconds)
        .sign(signer),
  };
}

async function readKeys(path: string, mayCreate: boolean): Promise<KeyFile> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text !== null) {
    try {
      return keyFile.parse(JSON.parse(text));
    } catch {
      throw new BadConfiguration(`SIGNING_KEY_PATH: ${path} is not a JWK set of private P-256 keys.`);
    }
  }
  if (!mayCreate)
    throw new BadConfiguration(`SIGNING_KEY_PATH: there is no key at ${path}; all replicas share one, kept with the other secrets.`);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Two gateways may start at once: the file of the one that comes first is used by both.
  await writeFile(path, JSON.stringify(await newKeys()), { mode: 0o600, flag: 'wx' }).catch(fault => {
    if (fault.code !== 'EEXIST') throw fault;
  });
  return keyFile.parse(JSON.parse(await readFile(path, 'utf8')));
}

async function newKeys(): Promise<JSONWebKeySet> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { keys: [{ ...jwk, kid: await calculateJwkThumbprint(jwk) }] };
}
