import { day } from '#kernel/time';
import { businessDaysAfter, decideDeal, extendDeal, isValidOn, registerNew } from './deal-registration';

const code = (result: { ok: true } | { ok: false; refusal: { code: string } }) => (result.ok ? 'accepted' : result.refusal.code);
const today = day('2026-06-15');

test.each([
  ['2026-06-15', '2026-06-17'], // Monday: Wednesday
  ['2026-06-18', '2026-06-22'], // Thursday: Monday
  ['2026-06-19', '2026-06-23'], // Friday: Tuesday
  ['2026-06-20', '2026-06-23'], // Saturday: Tuesday
])('C2: a deal registered on %s is decided by %s', (from, due) => expect(businessDaysAfter(day(from), 2)).toBe(due));

test.each([
  [{ seats: 0, expectedCloseOn: today }, 'QUANTITY_OUT_OF_RANGE'],
  [{ seats: 10, expectedCloseOn: day('2026-06-14') }, 'CLOSE_DATE_OUT_OF_RANGE'],
  [{ seats: 10, expectedCloseOn: day('2027-06-16') }, 'CLOSE_DATE_OUT_OF_RANGE'],
  [{ seats: 10, expectedCloseOn: today }, 'accepted'],
])('a deal of %j is %s', (asked, outcome) => expect(code(registerNew(asked, today))).toBe(outcome));

test('C2: an approved deal is valid for 90 days, and 30 more once it is extended, once', () => {
  const approved = decideDeal({ state: 'PENDING_APPROVAL' }, 'APPROVE', null, today);
  expect(approved).toMatchObject({ value: { state: 'APPROVED', expiresOn: '2026-09-13' } }); // 15 June + 90 days
  const deal = { state: 'APPROVED', expiresOn: day('2026-09-13'), extendedAt: null } as const;
  expect([isValidOn(deal, day('2026-09-12')), isValidOn(deal, day('2026-09-13'))]).toEqual([true, false]);
  expect(extendDeal(deal, day('2026-09-12'))).toMatchObject({ value: { expiresOn: '2026-10-13' } }); // 13 September + 30 days
  expect(code(extendDeal(deal, day('2026-09-13')))).toBe('DEAL_STATE_FORBIDS');
  expect(code(extendDeal({ ...deal, extendedAt: new Date('2026-09-01') }, today))).toBe('DEAL_STATE_FORBIDS');
});

test('a deal is decided once, and a denial says why', () => {
  expect(code(decideDeal({ state: 'APPROVED' }, 'DENY', 'late', today))).toBe('DEAL_STATE_FORBIDS');
  expect(code(decideDeal({ state: 'PENDING_APPROVAL' }, 'DENY', ' ', today))).toBe('REASON_REQUIRED');
  expect(decideDeal({ state: 'PENDING_APPROVAL' }, 'RETURN', 'Who is it?', today)).toMatchObject({
    value: { state: 'RETURNED', expiresOn: null },
  });
});
