import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { bytesToSign, contentOf, type LicenseContent, partsOf, type SignLicense } from '../domain/license-bytes';

/** Signs licences, and tells a licence of ours from any other text. */
export interface LicenseSigner {
  /** The licence as the text that an instance is given. */
  readonly sign: SignLicense;
  /** What a licence says, or null when no live key has signed exactly these bytes. */
  verify(licenseKey: string): LicenseContent | null;
  /** The public half of each live key: all that is needed to verify a licence without us. */
  readonly publicKeys: readonly PublicSigningKey[];
}

export interface PublicSigningKey {
  readonly keyId: string;
  readonly algorithm: 'Ed25519';
  /** The 32 bytes of the public key, in base64url. */
  readonly publicKey: string;
}

/** A key that signs (with its private half) or only verifies, while licences signed by it are still in use. */
export interface LiveKey {
  readonly privateKey: KeyObject | null;
  readonly publicKey: KeyObject;
}

/** L10: signs with the first key that has a private half, and verifies with any. */
export function signerOf(keys: readonly LiveKey[]): LicenseSigner {
  const signing = keys.find(key => key.privateKey !== null);
  if (!signing?.privateKey) throw new Error('No key can sign licences.');
  const { privateKey, publicKey } = signing;
  const keyById = new Map(keys.map(key => [keyIdOf(key.publicKey), key.publicKey]));

  return {
    sign(content) {
      const bytes = bytesToSign(content, keyIdOf(publicKey));
      return Buffer.concat([bytes, sign(null, bytes, privateKey)]).toString('base64url');
    },
    verify(licenseKey) {
      const bytes = Buffer.from(licenseKey, 'base64url');
      // Decoding skips what is not base64url and ignores spare bits: only the one text that these bytes have is a licence.
      if (bytes.toString('base64url') !== licenseKey) return null;
      const parts = partsOf(bytes);
      const key = parts && keyById.get(parts.keyId);
      if (!key || !verify(null, parts.signedBytes, key, parts.signature)) return null;
      return contentOf(parts.payload);
    },
    publicKeys: keys.map(key => ({
      keyId: keyIdOf(key.publicKey),
      algorithm: 'Ed25519',
      publicKey: rawBytesOf(key.publicKey).toString('base64url'),
    })),
  };
}

/** A key from its private half, PKCS #8 in base64. */
export function signingKey(pkcs8: string): LiveKey {
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' });
  return ofEd25519({ privateKey, publicKey: createPublicKey(privateKey) });
}

/** A key that is retired from signing, from its public half: the 32 bytes in base64url. */
export function verifyingKey(raw: string): LiveKey {
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' });
  return ofEd25519({ privateKey: null, publicKey });
}

/** A key's name: the first eight bytes of the SHA-256 digest of its public half, in hexadecimal. */
const keyIdOf = (publicKey: KeyObject): string => createHash('sha256').update(rawBytesOf(publicKey)).digest('hex').slice(0, 16);

const rawBytesOf = (publicKey: KeyObject): Buffer => Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');

function ofEd25519(key: LiveKey): LiveKey {
  if (key.publicKey.asymmetricKeyType !== 'ed25519') throw new Error('A licence key is an Ed25519 key.');
  return key;
}
