import { decideMovement } from './movement';

const now = new Date('2026-06-15T12:00:00.000Z');
const movable = { isMovable: true, isMoving: false, now };
const decided = (from: typeof movable, to: string) => {
  const decision = decideMovement(from, new Date(to));
  return decision.ok ? 'moves' : decision.refusal.code;
};

test.each([
  ['a millisecond later', '2026-06-15T12:00:00.001Z', 'moves'],
  ['this very moment', '2026-06-15T12:00:00.000Z', 'CLOCK_MOVES_BACK'],
  ['a moment ago', '2026-06-15T11:59:59.999Z', 'CLOCK_MOVES_BACK'],
  ['60 months to the day', '2031-06-15T00:00:00.000Z', 'moves'],
  ['more than 60 months', '2031-06-15T00:00:00.001Z', 'CLOCK_MOVES_TOO_FAR'],
])('time that is to be %s', (_, to, outcome) => {
  expect(decided(movable, to)).toBe(outcome);
});

test('the clock on the wall is not moved', () => {
  expect(decided({ ...movable, isMovable: false }, '2026-07-01T00:00:00Z')).toBe('CLOCK_NOT_MOVABLE');
});

test('one movement is done before the next begins', () => {
  expect(decided({ ...movable, isMoving: true }, '2026-07-01T00:00:00Z')).toBe('CLOCK_IS_MOVING');
});
