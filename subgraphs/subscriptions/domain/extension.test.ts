import { day } from '#kernel/time';
import { decideExtension } from './extension';

const agreed = (endsOn: string, change: object = {}) => ({
  standing: 'AGREED' as const,
  term: { startsOn: day('2025-01-01'), endsOn: day(endsOn) },
  cancelsOn: null,
  ...change,
});
const wanted = { isRenewed: false, isExtended: false, reason: 'The purchase order is on its way.' };

test.each([
  // Asked from 15 days before the end to 13 days after; lasts until the end + 21 days. Month ends, 29 February, year ends.
  ['2026-06-25', '2026-06-09', 'EXTENSION_TOO_EARLY'],
  ['2026-06-25', '2026-06-10', '2026-07-16'],
  ['2026-06-25', '2026-06-25', '2026-07-16'],
  ['2026-06-25', '2026-07-08', '2026-07-16'],
  ['2026-06-25', '2026-07-09', 'EXTENSION_TOO_LATE'],
  ['2028-02-29', '2028-02-13', 'EXTENSION_TOO_EARLY'],
  ['2028-02-29', '2028-02-14', '2028-03-21'],
  ['2028-02-29', '2028-03-13', '2028-03-21'],
  ['2028-02-29', '2028-03-14', 'EXTENSION_TOO_LATE'],
  ['2027-01-01', '2026-12-16', 'EXTENSION_TOO_EARLY'],
  ['2027-01-01', '2026-12-17', '2027-01-22'],
  ['2026-12-31', '2027-01-13', '2027-01-21'],
  ['2026-12-31', '2027-01-14', 'EXTENSION_TOO_LATE'],
])('a term that ends on %s, asked for on %s: %s', (endsOn, today, outcome) => {
  const decision = decideExtension(agreed(endsOn), wanted, day(today));
  expect(decision.ok ? decision.value.endsOn : decision.refusal.code).toBe(outcome);
});

test.each([
  ['EXTENSION_GRANTED', agreed('2026-06-25'), { ...wanted, isExtended: true }],
  ['EXTENSION_NOT_NEEDED', agreed('2026-06-25'), { ...wanted, isRenewed: true }],
  ['SUBSCRIPTION_ENDED', agreed('2026-06-25', { standing: 'CANCELLED' }), wanted],
  ['SUBSCRIPTION_ENDED', agreed('2026-06-25', { cancelsOn: day('2026-06-25') }), wanted],
  ['REASON_INVALID', agreed('2026-06-25'), { ...wanted, reason: '   ' }],
  ['REASON_INVALID', agreed('2026-06-25'), { ...wanted, reason: 'x'.repeat(501) }],
])('an extension is refused with %s', (code, agreement, asked) => {
  expect(decideExtension(agreement, asked, day('2026-06-25'))).toMatchObject({ ok: false, refusal: { code } });
});
