import { addMs } from '#kernel/time';
import { CLIENTS_MAX, isNewVisit, isValid, PARTNER_SCOPES, registerClient, revoke, rotate } from './client';

const now = new Date('2026-03-01T09:00:00Z');
const outcome = (result: { readonly ok: boolean; readonly refusal?: { readonly code: string } }) => result.refusal?.code ?? 'accepted';

test('a client has a name and known scopes, each once', () => {
  expect(registerClient({ name: ' Shop ', scopes: ['webhook:write', 'customer:read', 'webhook:write'] }, 0)).toEqual({
    ok: true,
    value: { name: 'Shop', scopes: ['customer:read', 'webhook:write'] },
  });
  expect(outcome(registerClient({ name: 'Shop', scopes: PARTNER_SCOPES }, CLIENTS_MAX - 1))).toBe('accepted');
});

test.each([
  [{ name: '', scopes: ['customer:read'] }, 0, 'NAME_INVALID'],
  [{ name: 'Shop', scopes: [] }, 0, 'SCOPE_UNKNOWN'],
  [{ name: 'Shop', scopes: ['customer:read', 'everything'] }, 0, 'SCOPE_UNKNOWN'],
  [{ name: 'Shop', scopes: ['customer:read'] }, CLIENTS_MAX, 'CLIENTS_LIMIT_REACHED'],
])('a client %j beside %d others is refused: %s', (asked, clients, code) => {
  expect(outcome(registerClient(asked, clients))).toBe(code);
});

test('after a rotation the replaced secret lives on for the hours asked for, older ones end', () => {
  expect(rotate({ revokedAt: null }, 24, now)).toEqual({
    ok: true,
    value: { replacedExpiresAt: new Date('2026-03-02T09:00:00Z'), olderExpireAt: now },
  });
  expect(rotate({ revokedAt: null }, 0, now)).toMatchObject({ value: { replacedExpiresAt: now } });
  for (const hours of [-1, 169, 1.5]) expect(outcome(rotate({ revokedAt: null }, hours, now))).toBe('OVERLAP_INVALID');
  expect(outcome(rotate({ revokedAt: now }, 24, now))).toBe('CLIENT_NOT_FOUND');
});

test('a secret is valid until it expires, that moment excluded', () => {
  expect([isValid({ expiresAt: null }, now), isValid({ expiresAt: addMs(now, 1) }, now), isValid({ expiresAt: now }, now)]).toEqual([
    true,
    true,
    false,
  ]);
});

test('a client is revoked once, for good', () => {
  expect(revoke({ revokedAt: null }, now)).toEqual({ ok: true, value: { revokedAt: now } });
  expect(outcome(revoke({ revokedAt: now }, now))).toBe('CLIENT_NOT_FOUND');
});

test('visits within a minute are one visit', () => {
  expect([null, addMs(now, -60_000), addMs(now, -59_999), now].map(last => isNewVisit(last, now))).toEqual([true, true, false, false]);
});
