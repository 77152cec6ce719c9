import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
const PREFIX = 'pgs_';

/**
 * A new secret and what is kept of it. The secret is 256 bits drawn by lot, so nobody can try candidates against its
 * hash, and a fast hash is as safe as a slow one. It is shown once. Its prefix lets secret scanners find it in code.
 */
export function newClientSecret(): { readonly secret: string; readonly hash: string } {
  const secret = PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
  return { secret, hash: hashOf(secret).toString('base64url') };
}

/** Whether a secret is one of those kept. It takes the same time whichever it is, and when there is none at all. */
export function isSecretOf(secret: string, hashes: readonly string[]): boolean {
  const given = hashOf(secret);
  let isKnown = false;
  for (const hash of [...hashes, NONE]) {
    const kept = Buffer.from(hash, 'base64url');
    const isSame = kept.length === given.length && timingSafeEqual(kept, given);
    isKnown = isKnown || (isSame && hash !== NONE);
  }
  return isKnown;
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
/** Stands in where no secret is kept. */
const NONE = Buffer.alloc(SECRET_BYTES).toString('base64url');
