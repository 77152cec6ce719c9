import { day } from '#kernel/time';
import { activate, CODE_LENGTH, newActivationCode, typedCode } from './activation';

const counting = (count: number) => Uint8Array.from({ length: count }, (_, index) => index * 11);
const inForce = { status: 'ACTIVE', deployment: 'SELF_MANAGED', termStartsOn: day('2026-01-01'), termEndsOn: day('2027-01-01') };
const answerTo = (change: Partial<typeof inForce>, today = day('2026-06-15')) => {
  const decision = activate({ ...inForce, ...change }, today);
  return decision.ok ? 'ACTIVATED' : decision.refusal.code;
};

test('a code has 24 letters and digits, and comes from the randomness it is given', () => {
  const code = newActivationCode(counting);
  expect(code).toMatch(/^[A-Z0-9]{24}$/);
  expect(newActivationCode(counting)).toBe(code);
  expect(CODE_LENGTH).toBe(24);
});

test('every sign of a code is as likely as any other', () => {
  const all = newActivationCode(() => Uint8Array.from({ length: 256 }, (_, index) => index));
  const counts = new Map<string, number>();
  for (const sign of all) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  expect([counts.size, new Set(counts.values())]).toEqual([32, new Set([8])]);
});

test('spaces, dashes and case of a typed code do not matter', () => {
  expect(typedCode(' abcd-EFGH jklm ')).toBe('ABCDEFGHJKLM');
});

test.each([
  [{}, 'ACTIVATED'],
  [{ deployment: 'SAAS' }, 'WRONG_PRODUCT'],
  [{ status: 'CANCELLED' }, 'SUBSCRIPTION_CANCELLED'],
  [{ status: 'SUSPENDED' }, 'SUBSCRIPTION_SUSPENDED'],
  [{ status: 'DRAFT' }, 'SUBSCRIPTION_NOT_STARTED'],
  [{ status: 'PENDING' }, 'ACTIVATED'], // it was announced before its term began, and has begun since
  [{ status: 'EXPIRED' }, 'SUBSCRIPTION_EXPIRED'],
] as const)('activating against %j answers %s', (change, answer) => {
  expect(answerTo(change)).toBe(answer);
});

test.each([
  ['2025-12-31', 'SUBSCRIPTION_NOT_STARTED'],
  ['2026-01-01', 'ACTIVATED'],
  ['2026-12-31', 'ACTIVATED'],
  ['2027-01-01', 'SUBSCRIPTION_EXPIRED'],
])('a term from 2026-01-01 to 2027-01-01 activated on %s answers %s', (today, answer) => {
  expect(answerTo({}, day(today))).toBe(answer);
});
