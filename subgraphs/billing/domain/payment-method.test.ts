import { idFromUuid } from '#kernel/ids';
import { day } from '#kernel/time';
import { addCard, chooseMethod, PAYMENT_METHODS_PER_ACCOUNT_MAX, statusOn } from './payment-method';

const card = { brand: 'VISA', lastFour: '4242', expiryMonth: 2, expiryYear: 2028 } as const;
const mine = idFromUuid('account', '01890000-0000-7000-8000-000000000001');
const theirs = idFromUuid('account', '01890000-0000-7000-8000-000000000002');
const code = (result: { ok: boolean; refusal?: { code: string } }) => (result.ok ? 'OK' : result.refusal?.code);

test.each([
  ['2028-01-31', 'ACTIVE'],
  ['2028-02-29', 'ACTIVE'],
  ['2028-03-01', 'EXPIRED'],
  ['2029-01-01', 'EXPIRED'],
] as const)('a card printed 02/28 is, on %s, %s', (today, status) => {
  expect(statusOn(card, day(today))).toBe(status);
});

test('a card is added when the provider knows it, it is valid and there is room', () => {
  expect(code(addCard(card, 0, day('2026-03-01')))).toBe('OK');
  expect(code(addCard(null, 0, day('2026-03-01')))).toBe('PAYMENT_TOKEN_UNKNOWN');
  expect(code(addCard(card, 0, day('2028-03-01')))).toBe('PAYMENT_METHOD_EXPIRED');
  expect(code(addCard(card, PAYMENT_METHODS_PER_ACCOUNT_MAX, day('2026-03-01')))).toBe('PAYMENT_METHODS_LIMIT');
});

test("another account's card is answered as one that does not exist", () => {
  const method = { ...card, accountId: mine };
  expect(code(chooseMethod(method, mine, day('2026-03-01')))).toBe('OK');
  expect(chooseMethod(method, theirs, day('2026-03-01'))).toEqual(chooseMethod(null, theirs, day('2026-03-01')));
  expect(code(chooseMethod(method, theirs, day('2026-03-01')))).toBe('PAYMENT_METHOD_NOT_FOUND');
  expect(code(chooseMethod(method, mine, day('2028-03-01')))).toBe('PAYMENT_METHOD_EXPIRED');
});
