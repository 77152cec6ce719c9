import { type Currency, money } from '#kernel/money';
import { day } from '#kernel/time';
import { acceptPo, externalIdFrom, mayBecome, PARTNER_ORDER_STATUSES, wellFormed } from './partner-order';

const code = (result: { ok: true } | { ok: false; refusal: { code: string } }) => (result.ok ? 'accepted' : result.refusal.code);

test.each<[bigint, bigint, Currency, string]>([
  [136_800n, 136_800n, 'USD', 'accepted'],
  [136_900n, 136_800n, 'USD', 'accepted'], // $1.00 more
  [136_700n, 136_800n, 'USD', 'accepted'], // $1.00 less
  [136_901n, 136_800n, 'USD', 'PO_AMOUNT_MISMATCH'], // $1.01 more
  [136_699n, 136_800n, 'USD', 'PO_AMOUNT_MISMATCH'],
  [20_100n, 20_000n, 'JPY', 'accepted'], // ¥100
  [20_101n, 20_000n, 'JPY', 'PO_AMOUNT_MISMATCH'],
  [21_000n, 20_000n, 'BHD', 'accepted'], // one dinar is a thousand fils
  [21_001n, 20_000n, 'BHD', 'PO_AMOUNT_MISMATCH'],
])('C3: a purchase order of %d for %d %s is %s', (po, total, currency, outcome) =>
  expect(code(acceptPo(money(po, currency), money(total, currency)))).toBe(outcome),
);

test('a purchase order in another currency is refused', () =>
  expect(code(acceptPo(money(100n, 'EUR'), money(100n, 'USD')))).toBe('PO_CURRENCY_MISMATCH'));

const today = day('2026-06-15');
const line = { sku: 'premium', quantity: 1, startsOn: today, termMonths: 12 };
const asked = { externalId: 'A-1', poNumber: 'PO', lines: [line] };
test.each([
  [{}, 'accepted'],
  [{ externalId: '' }, 'EXTERNAL_ID_INVALID'],
  [{ externalId: 'a\u0007b' }, 'EXTERNAL_ID_INVALID'],
  [{ externalId: 'x'.repeat(100) }, 'accepted'],
  [{ externalId: 'x'.repeat(101) }, 'EXTERNAL_ID_INVALID'],
  [{ poNumber: ' ' }, 'PO_NUMBER_INVALID'],
  [{ poNumber: 'x'.repeat(65) }, 'PO_NUMBER_INVALID'],
  [{ lines: [] }, 'LINES_OUT_OF_RANGE'],
  [{ lines: Array(101).fill(line) }, 'LINES_OUT_OF_RANGE'],
  [{ lines: [{ ...line, quantity: 0 }] }, 'QUANTITY_OUT_OF_RANGE'],
  [{ lines: [{ ...line, quantity: 100_001 }] }, 'QUANTITY_OUT_OF_RANGE'],
  [{ lines: [{ ...line, termMonths: 61 }] }, 'TERM_OUT_OF_RANGE'],
  [{ lines: [{ ...line, startsOn: day('2026-05-16') }] }, 'accepted'],
  [{ lines: [{ ...line, startsOn: day('2026-05-15') }] }, 'START_OUT_OF_RANGE'],
  [{ lines: [{ ...line, startsOn: day('2027-06-16') }] }, 'START_OUT_OF_RANGE'],
])('an order with %j is %s', (change, outcome) => expect(code(wellFormed({ ...asked, ...change }, today))).toBe(outcome));

test('a reference is kept without the spaces around it', () => expect(externalIdFrom('  A 1 ')).toMatchObject({ value: 'A 1' }));

test('an order moves on, and never back from its end', () => {
  const moves = PARTNER_ORDER_STATUSES.map(from => PARTNER_ORDER_STATUSES.filter(to => mayBecome(from, to)));
  expect(moves).toEqual([['FULFILLED', 'REJECTED', 'ERROR'], [], [], ['ACCEPTED', 'FULFILLED', 'REJECTED']]);
});
