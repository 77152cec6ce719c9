import { createHmac } from 'node:crypto';
import { hashOf, hopHeader, hopTokenFrom, openHopSigner, openMac, signHop, verifyHop } from './hop-token';
import { anonymous, type Viewer } from './viewer';

const now = new Date('2026-03-01T12:00:00Z');
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
const viewer: Viewer = { ...anonymous, subject: 'usr_1', roles: ['BUYER'] };
const body = '{"query":"{ me { id } }"}';
const hop = { audience: 'orders', body, viewer, correlationId: 'cor-1', now };
const secret = 'first-secret';
const token = signHop(secret, hop);
const [header, payload, signature] = token.split('.') as [string, string, string];
const signed = (head: string, claims: string): string =>
  `${head}.${claims}.${createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url')}`;
const base64url = (text: string): string => Buffer.from(text).toString('base64url');

test('a signed call tells who asks', () => {
  expect(verifyHop([secret], 'orders', body, token, now)).toEqual({ viewer, correlationId: 'cor-1' });
  expect(verifyHop([secret], 'orders', Buffer.from(body), token, later(29))).not.toBeNull();
});

test('while a secret is changed, both are taken, and afterwards only the new one', () => {
  expect(verifyHop(['second-secret', secret], 'orders', body, token, now)).not.toBeNull();
  expect(verifyHop([secret, 'second-secret'], 'orders', body, token, now)).not.toBeNull();
  expect(verifyHop(['second-secret'], 'orders', body, token, now)).toBeNull();
  expect(verifyHop([], 'orders', body, token, now)).toBeNull();
});

test('a token does not fit another body, another house or another time', () => {
  expect(verifyHop([secret], 'orders', `${body} `, token, now)).toBeNull();
  expect(verifyHop([secret], 'billing', body, token, now)).toBeNull();
  expect(verifyHop([secret], 'orders', body, token, later(30))).toBeNull();
  expect(verifyHop([secret], 'orders', body, token, later(-6))).toBeNull();
});

test.each([
  ['nothing', undefined],
  ['an empty text', ''],
  ['no signature', `${header}.${payload}.`],
  ['a part too many', `${token}.x`],
  ['another payload', `${header}.${base64url('{"aud":"orders"}')}.${signature}`],
  ['alg none', signed(base64url('{"alg":"none","typ":"JWT"}'), payload)],
  ['another header of ours', signed(base64url('{"alg":"HS256"}'), payload)],
  ['padding', `${token}=`],
  ['a space inside', `${header}.${payload.slice(0, 4)} ${payload.slice(4)}.${signature}`],
  ['a line break at the end', `${token}\n`],
  [
    'loose bits in the last letter',
    `${header}.${payload}.${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : String.fromCharCode(signature.charCodeAt(42) + 1)}`,
  ],
  ['a flood', 'x'.repeat(1_000_000)],
])('%s is refused', (_name, forged) => {
  expect(verifyHop([secret], 'orders', body, forged, now)).toBeNull();
});

test('the token travels in the authorization header under its own scheme', () => {
  expect(hopTokenFrom(hopHeader(token))).toBe(token);
  expect(hopTokenFrom(`Bearer ${token}`)).toBeNull();
  expect(hopTokenFrom(undefined)).toBeNull();
});

test.each([1, 63, 64, 65, 200])('a text is signed as HMAC says, with a secret of %i letters', length => {
  const own = 's'.repeat(length);
  const mac = openMac(own);
  for (const text of ['', 'a', 'x'.repeat(500), 'y'.repeat(20_000), 'short again'])
    expect(mac(text)).toBe(createHmac('sha256', own).update(text).digest('base64url'));
});

test('one signer signs for viewers of any name, each call for its own body', () => {
  const signer = openHopSigner(secret);
  for (const subject of ['u', 'us', 'usr', 'üsr_é', '日本', '"quoted"\\']) {
    const own = { ...viewer, subject };
    for (const text of [body, '{}']) {
      const signedToken = signer.sign({ audience: 'orders', bodyHash: hashOf(text), viewer: own, correlationId: 'cor "1"', now });
      expect(verifyHop([secret], 'orders', text, signedToken, now)).toEqual({ viewer: own, correlationId: 'cor "1"' });
      expect(verifyHop([secret], 'orders', `${text} `, signedToken, now)).toBeNull();
    }
  }
});
