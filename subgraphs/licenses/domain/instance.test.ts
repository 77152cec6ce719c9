import { acceptClock, acceptNames, admitInstance } from './instance';

const names = { instanceId: 'a7c1-44', hostname: 'git.example.com', version: '18.4.0' };
const answerTo = (change: Partial<typeof names>) => {
  const decision = acceptNames({ ...names, ...change });
  return decision.ok ? 'TAKEN' : `${decision.refusal.code} ${decision.refusal.path}`;
};

test.each([
  [{}, 'TAKEN'],
  [{ instanceId: '' }, 'INPUT_INVALID instanceId'],
  [{ instanceId: ' a7c1-44' }, 'INPUT_INVALID instanceId'],
  [{ instanceId: 'x'.repeat(129) }, 'INPUT_INVALID instanceId'],
  [{ hostname: '' }, 'INPUT_INVALID hostname'],
  [{ hostname: 'x'.repeat(256) }, 'INPUT_INVALID hostname'],
  [{ version: 'x'.repeat(65) }, 'INPUT_INVALID version'],
  [{ version: '18\u202e4' }, 'INPUT_INVALID version'],
])('an instance named with %j is %s', (change, answer) => {
  expect(answerTo(change)).toBe(answer);
});

test('a code activates twenty instances at a time', () => {
  expect(admitInstance(19).ok).toBe(true);
  expect(admitInstance(20)).toMatchObject({ ok: false, refusal: { code: 'TOO_MANY_INSTANCES', path: ['activationCode'] } });
});

test.each([
  [null, true],
  ['2026-06-14T12:00:00Z', true], // 24 hours behind
  ['2026-06-16T12:00:00Z', true],
  ['2026-06-14T11:59:59Z', false],
  ['2026-06-16T12:00:01Z', false],
])('an instance whose clock says %s at noon of 15 June is right enough: %s', (clock, isRight) => {
  expect(acceptClock(clock ? new Date(clock) : null, new Date('2026-06-15T12:00:00Z')).ok).toBe(isRight);
});
