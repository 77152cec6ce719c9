import { acceptNames } from './instance';

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
