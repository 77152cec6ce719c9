import { move, moved, ORDER_MOVES, ORDER_STATES } from './order';

/** Every state and every move, read across: where it leads, or · for refused. */
const TABLE = `
             SUBMIT    SCREEN    CLEAR    REJECT   BOOK   PROVISION    FULFIL    STOP  PAY_AGAIN RESUME       CANCEL    ABANDON
DRAFT        SUBMITTED ·         ·        ·        ·      ·            ·         ·     ·         ·            CANCELLED ·
SUBMITTED    ·         SCREENING ·        REJECTED ·      ·            ·         ·     ·         ·            CANCELLED ·
SCREENING    ·         ·         ACCEPTED REJECTED ·      ·            ·         ·     ·         ·            ·         ·
ACCEPTED     ·         ·         ·        ·        BOOKED ·            ·         ERROR ACCEPTED  ·            CANCELLED ·
BOOKED       ·         ·         ·        ·        ·      PROVISIONING ·         ERROR ·         ·            ·         ·
PROVISIONING ·         ·         ·        ·        ·      ·            FULFILLED ERROR ·         PROVISIONING ·         ·
FULFILLED    ·         ·         ·        ·        ·      ·            ·         ·     ·         ·            ·         ·
REJECTED     ·         ·         ·        ·        ·      ·            ·         ·     ·         ·            ·         ·
ERROR        ·         ·         ·        ·        ·      ·            ·         ·     ACCEPTED  PROVISIONING ·         CANCELLED
CANCELLED    ·         ·         ·        ·        ·      ·            ·         ·     ·         ·            ·         ·
`;

const rows = TABLE.trim()
  .split('\n')
  .slice(1)
  .map(line => line.split(/\s+/));
const cells = ORDER_STATES.flatMap(state => {
  const row = rows.find(([name]) => name === state) ?? [];
  return ORDER_MOVES.map((by, index) => [state, by, row[index + 1]] as const);
});

test.each(cells)('an order that is %s and is told to %s becomes %s', (state, by, expected) => {
  const decision = move({ state }, by);
  expect(decision.ok ? decision.value : decision.refusal.code).toBe(expected === '·' ? 'ORDER_STATE_FORBIDS' : expected);
});

test('the flow reaches fulfilled through every state, and a broken flow is a fault', () => {
  expect(moved('DRAFT', 'SUBMIT', 'SCREEN', 'CLEAR', 'BOOK', 'PROVISION', 'FULFIL')).toBe('FULFILLED');
  expect(() => moved('FULFILLED', 'BOOK')).toThrow('cannot BOOK');
});
