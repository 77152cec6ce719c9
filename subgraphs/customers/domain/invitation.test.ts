import { addMs } from '#kernel/time';
import { INVITATIONS_PENDING_MAX, invite, isOpen, revoke, takeUp } from './invitation';

const now = new Date('2026-03-01T09:00:00Z');
const expiresAt = new Date('2026-03-08T09:00:00Z'); // 1 March + 7 days
const pending = { state: 'PENDING', email: 'ada@northwind.example', expiresAt } as const;
const ada = { email: 'Ada@northwind.example' };

test('an invitation lives seven days, its last moment excluded', () => {
  expect(invite(ada.email, [], [], now)).toEqual({ ok: true, value: { email: pending.email, state: 'PENDING', expiresAt } });
  expect(isOpen(pending, addMs(expiresAt, -1))).toBe(true);
  expect(isOpen(pending, expiresAt)).toBe(false);
});

test('nobody is invited twice, as a member, or as the sixteenth', () => {
  const others = Array.from({ length: INVITATIONS_PENDING_MAX }, (_, n) => ({ ...pending, email: `p${n}@northwind.example` }));
  expect(invite('ada', [], [], now)).toMatchObject({ refusal: { code: 'EMAIL_INVALID' } });
  expect(invite(ada.email, [pending], [], now)).toMatchObject({ refusal: { code: 'ALREADY_INVITED' } });
  expect(invite(ada.email, [], [{ email: pending.email }], now)).toMatchObject({ refusal: { code: 'ALREADY_A_MEMBER' } });
  expect(invite(ada.email, others, [], now)).toMatchObject({ refusal: { code: 'INVITATIONS_LIMIT_REACHED' } });
  expect(invite(ada.email, others.slice(1), [], now)).toMatchObject({ ok: true });
});

test('an invitation is taken up by the person it is addressed to, in time, once', () => {
  expect(takeUp(pending, ada, now)).toEqual({ ok: true, value: { state: 'ACCEPTED' } });
  expect(takeUp(pending, { email: 'eve@northwind.example' }, now)).toMatchObject({ refusal: { code: 'INVITATION_NOT_FOUND' } });
  expect(takeUp(pending, { email: null }, now)).toMatchObject({ refusal: { code: 'INVITATION_NOT_FOUND' } });
  expect(takeUp(pending, ada, expiresAt)).toMatchObject({ refusal: { code: 'INVITATION_EXPIRED' } });
  expect(takeUp({ ...pending, state: 'ACCEPTED' }, ada, now)).toMatchObject({ refusal: { code: 'INVITATION_CLOSED' } });
  expect(takeUp({ ...pending, state: 'REVOKED' }, ada, now)).toMatchObject({ refusal: { code: 'INVITATION_CLOSED' } });
});

test.each([
  ['PENDING', 'REVOKED'],
  ['ACCEPTED', 'INVITATION_CLOSED'],
  ['REVOKED', 'INVITATION_CLOSED'],
] as const)('taking back a %s invitation answers %s', (state, answer) => {
  const result = revoke({ ...pending, state });
  expect(result.ok ? result.value.state : result.refusal.code).toBe(answer);
});
