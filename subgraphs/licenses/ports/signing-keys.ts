import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { BadConfiguration, type Environment } from '#kernel/config';
import { type LicenseSigner, type LiveKey, signerOf, signingKey, verifyingKey } from './signer';

/** What `LICENSE_SIGNING_KEYS` holds, or the file that it names. */
const keyRing = z.object({
  /** Development keys sign nothing in production. */
  purpose: z.enum(['development', 'production']),
  /** One or two live keys, the newest first: it signs, and the one before it still verifies. */
  keys: z
    .array(z.union([z.object({ privateKey: z.string().min(1) }), z.object({ publicKey: z.string().min(1) })]))
    .min(1)
    .max(2),
});

export type KeyRing = z.infer<typeof keyRing>;

/** New keys for signing licences, as `LICENSE_SIGNING_KEYS` wants them. Whoever calls this keeps them secret. */
export function generateSigningKeys(purpose: KeyRing['purpose'] = 'development'): KeyRing {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { purpose, keys: [{ privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64') }] };
}

/**
 * The signer that is configured: JSON, or the path of a file with it. Refuses to go without keys, or with those of
 * development, in production; elsewhere keys are made that are forgotten when the process ends.
 */
export function signerFrom(configured: string | undefined, environment: Environment): LicenseSigner {
  if (!configured) {
    if (environment === 'production')
      throw new BadConfiguration('LICENSE_SIGNING_KEYS: the keys that sign licences, or the file that holds them.');
    return signerOf(liveKeysOf(generateSigningKeys()));
  }
  const ring = keyRingFrom(configured);
  if (environment === 'production' && ring.purpose !== 'production') {
    throw new BadConfiguration('LICENSE_SIGNING_KEYS: these keys are for development; licences of production need keys of their own.');
  }
  return signerOf(liveKeysOf(ring));
}

/** The keys of a ring, ready for use. */
export const liveKeysOf = (ring: KeyRing): readonly LiveKey[] =>
  ring.keys.map(key => ('privateKey' in key ? signingKey(key.privateKey) : verifyingKey(key.publicKey)));

function keyRingFrom(configured: string): KeyRing {
  try {
    return keyRing.parse(JSON.parse(configured.trimStart().startsWith('{') ? configured : readFileSync(configured, 'utf8')));
  } catch {
    // What was read is a secret: the sentence says nothing of it.
    throw new BadConfiguration('LICENSE_SIGNING_KEYS: neither a key ring as JSON nor a readable file that holds one.');
  }
}
