import { idFromUuid } from '#kernel/ids';
import type { Result } from '#kernel/result';
import { type Acting, MEMBER_ACTS, mayAct, reaches, STAFF } from './access';
import { changeRole, join, leave, MEMBER_ROLES, MEMBERS_MAX, type MemberRole } from './membership';

const uuid = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const [mine, theirs] = [idFromUuid('account', uuid(1)), idFromUuid('account', uuid(2))];
const buyer: Acting = { isStaff: false, userId: idFromUuid('user', uuid(3)), email: 'ada@northwind.example', accounts: [mine] };

const outcome = (result: Result<object | null>) => (result.ok ? 'yes' : result.refusal.code);
const member = (role: MemberRole, isActive = true) => ({ role, isActive });

test.each([
  ['OWNER', 'yes', 'yes', 'yes'],
  ['PURCHASER', 'NOT_PERMITTED', 'yes', 'yes'],
  ['VIEWER', 'NOT_PERMITTED', 'NOT_PERMITTED', 'NOT_PERMITTED'],
] as const)('a %s may manage members: %s, change the account: %s, accept agreements: %s', (role, ...answers) => {
  expect(MEMBER_ACTS.map(act => outcome(mayAct(buyer, act, member(role))))).toEqual(answers);
});

test('who left, or was never a member, may do nothing; staff may do everything', () => {
  for (const act of MEMBER_ACTS) {
    expect(outcome(mayAct(buyer, act, member('OWNER', false)))).toBe('NOT_PERMITTED');
    expect(outcome(mayAct(buyer, act, null))).toBe('NOT_PERMITTED');
    expect(outcome(mayAct(STAFF, act, null))).toBe('yes');
  }
});

test('a buyer reaches the accounts of his token, staff reach all', () => {
  expect([reaches(buyer, mine), reaches(buyer, theirs), reaches(STAFF, theirs)]).toEqual([true, false, true]);
});

test('a person joins once, comes back after leaving, and not into a full account', () => {
  expect(outcome(join(null, 'VIEWER', 0))).toBe('yes');
  expect(outcome(join(member('OWNER'), 'VIEWER', 1))).toBe('ALREADY_A_MEMBER');
  expect(join(member('OWNER', false), 'VIEWER', 1)).toEqual({ ok: true, value: { role: 'VIEWER', isActive: true } });
  expect(outcome(join(null, 'VIEWER', MEMBERS_MAX))).toBe('MEMBERS_LIMIT_REACHED');
});

test.each(MEMBER_ROLES)('the last owner does not become a %s unless that is an owner', role => {
  expect(outcome(changeRole(member('OWNER'), role, 1))).toBe(role === 'OWNER' ? 'yes' : 'LAST_OWNER');
  expect(outcome(changeRole(member('OWNER'), role, 2))).toBe('yes');
  expect(outcome(changeRole(member('VIEWER'), role, 1))).toBe('yes');
  expect(outcome(changeRole(member('VIEWER', false), role, 1))).toBe('MEMBERSHIP_NOT_FOUND');
});

test('the last owner does not leave; everybody else may, once', () => {
  expect(outcome(leave(member('OWNER'), 1))).toBe('LAST_OWNER');
  expect(outcome(leave(member('OWNER'), 2))).toBe('yes');
  expect(outcome(leave(member('VIEWER'), 1))).toBe('yes');
  expect(outcome(leave(member('VIEWER', false), 1))).toBe('MEMBERSHIP_NOT_FOUND');
});
