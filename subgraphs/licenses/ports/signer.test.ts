import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idFromUuid } from '#kernel/ids';
import { day } from '#kernel/time';
import type { LicenseContent } from '../domain/license-bytes';
import { portsFrom } from './services';
import { signerOf } from './signer';
import { generateSigningKeys, type KeyRing, liveKeysOf } from './signing-keys';

const content: LicenseContent = {
  licenseId: idFromUuid('license', '0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b'),
  kind: 'ONLINE_CLOUD',
  graceDays: 14,
  seats: 10,
  startsOn: day('2026-01-01'),
  expiresOn: day('2027-01-01'),
  issuedAt: new Date('2026-01-01T00:00:00Z'),
  subscriptionName: 'A-S00000001',
  plan: 'ULTIMATE',
  companyName: 'Acme',
};
const old = generateSigningKeys();
const next = generateSigningKeys();
const ringOf = (...rings: readonly KeyRing[]): KeyRing => ({ purpose: 'development', keys: rings.flatMap(ring => ring.keys) });
const publicHalf = (ring: KeyRing): KeyRing => ({
  purpose: 'development',
  keys: signerOf(liveKeysOf(ring)).publicKeys.map(({ publicKey }) => ({ publicKey })),
});

test('while a key is replaced, licences of both verify and the newer one signs', () => {
  const before = signerOf(liveKeysOf(old)).sign(content);
  const during = signerOf(liveKeysOf(ringOf(next, publicHalf(old))));
  expect(during.verify(before)).toEqual(content);
  expect(signerOf(liveKeysOf(next)).verify(during.sign(content))).toEqual(content);
  expect(during.publicKeys.map(key => key.keyId)).toHaveLength(2);
});

test('a licence of a key that is no longer live is none', () => {
  expect(signerOf(liveKeysOf(next)).verify(signerOf(liveKeysOf(old)).sign(content))).toBeNull();
});

test('a licence that names our key and was signed by another is none', () => {
  const ours = Buffer.from(signerOf(liveKeysOf(next)).sign(content), 'base64url');
  const theirs = Buffer.from(signerOf(liveKeysOf(old)).sign(content), 'base64url');
  const forged = Buffer.concat([ours.subarray(0, -64), theirs.subarray(-64)]);
  expect(signerOf(liveKeysOf(next)).verify(forged.toString('base64url'))).toBeNull();
});

test('public keys alone sign nothing', () => {
  expect(() => signerOf(liveKeysOf(publicHalf(old)))).toThrow('No key can sign licences.');
});

test('keys come from the environment, or from the file it names', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'keys-')), 'license-keys.json');
  writeFileSync(path, JSON.stringify(old));
  for (const LICENSE_SIGNING_KEYS of [JSON.stringify(old), path]) {
    const { signer } = portsFrom({ environment: 'development', variables: { LICENSE_SIGNING_KEYS } });
    expect(signer.publicKeys).toEqual(signerOf(liveKeysOf(old)).publicKeys);
  }
});

const production = { ...generateSigningKeys('production') };
const SMTP_URL = 'smtps://mail.example.com';

test.each([
  ['no keys', { SMTP_URL }, 'the keys that sign licences'],
  ['keys of development', { SMTP_URL, LICENSE_SIGNING_KEYS: JSON.stringify(old) }, 'are for development'],
  ['a file that is not there', { SMTP_URL, LICENSE_SIGNING_KEYS: '/nowhere/keys.json' }, 'neither a key ring'],
  ['no way to send mail', { LICENSE_SIGNING_KEYS: JSON.stringify(production) }, 'SMTP_URL'],
])('in production the house does not start with %s', (_, variables, reason) => {
  expect(() => portsFrom({ environment: 'production', variables })).toThrow(reason);
});

test('in production the house starts with keys of its own, and says nothing of them when they are broken', () => {
  const variables = { SMTP_URL, LICENSE_SIGNING_KEYS: JSON.stringify(production) };
  expect(portsFrom({ environment: 'production', variables }).signer.publicKeys).toHaveLength(1);
  const broken = { SMTP_URL, LICENSE_SIGNING_KEYS: '{"purpose":"production","keys":[{"secret":"do not print"}]}' };
  expect(() => portsFrom({ environment: 'production', variables: broken })).toThrow(/^(?!.*do not print)/);
});
