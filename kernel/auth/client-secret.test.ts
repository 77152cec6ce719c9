import { isSecretOf, newClientSecret } from './client-secret';

test('a secret is known by its hash alone, among those that are valid', () => {
  const [old, current, other] = [newClientSecret(), newClientSecret(), newClientSecret()];
  const kept = [old.hash, current.hash];
  expect([old, current, other].map(one => isSecretOf(one.secret, kept))).toEqual([true, true, false]);
  expect(isSecretOf(current.secret, [])).toBe(false);
});

test('what is kept tells nothing of the secret, and no two secrets are the same', () => {
  const secrets = Array.from({ length: 100 }, newClientSecret);
  expect(new Set(secrets.map(one => one.secret)).size).toBe(100);
  for (const { secret, hash } of secrets) {
    expect(secret).toMatch(/^pgs_[\w-]{43}$/); // 32 bytes are 43 characters of base64url
    expect(hash).not.toContain(secret.slice(4));
    expect(isSecretOf(hash, [hash])).toBe(false);
  }
});
