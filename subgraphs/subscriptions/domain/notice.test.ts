import { money } from '#kernel/money';
import { day } from '#kernel/time';
import { reconciliationNotice, renewalNotice, trialNotice } from './notice';

const term = { startsOn: day('2026-01-31'), endsOn: day('2027-01-31'), months: 12 };
const ending = { name: 'A-S00000001', planName: 'Premium', term, seats: 1 };

test('a renewal is announced with its day, which is the last of the term, and its amount', () => {
  const renewal = { isOn: true, isEligible: true, reasons: [] };
  const nextCharge = { on: day('2027-01-30'), amount: money(22_800n, 'USD') };
  const { subject, text } = renewalNotice('Ada', { ...ending, renewal, nextCharge });
  expect(subject).toBe('Your subscription A-S00000001 renews on 2027-01-30');
  expect(text).toContain('for 1 seat: $228.00 before tax');
});

test('an end is announced with every reason why it is one, each once', () => {
  const renewal = { isOn: false, isEligible: false, reasons: ['SUPPORT_HOLD', 'CREDIT_HOLD', 'CARD_EXPIRED'] as const };
  const { subject, text } = renewalNotice('Ada', { ...ending, renewal, nextCharge: null });
  expect(subject).toBe('Your subscription A-S00000001 ends on 2027-01-30');
  expect(text).toContain('you have turned that off, and your account is on hold, and your card expires before.');
});

test('what a reseller sold is announced without a price', () => {
  const renewal = { isOn: true, isEligible: false, reasons: ['RESELLER_SALE'] as const };
  expect(renewalNotice('Ada', { ...ending, renewal, nextCharge: null }).text).not.toContain('$');
});

test('the end of a trial is its last day', () =>
  expect(trialNotice('Ada', { kind: 'PREMIUM', path: 'acme', endsOn: day('2026-07-15') }).subject).toBe(
    'Your trial for acme ends on 2026-07-14',
  ));

test('an overage is announced with its count, its day and its amount', () => {
  const amount = money(75_000n, 'USD'); // 10 × $100 × 9 ÷ 12
  const noticed = { name: 'A-S00000001', quarter: 1, usersMax: 110, seats: 100, overageSeats: 10, amount, chargeOn: day('2026-09-22') };
  const { subject, text } = reconciliationNotice('Ada', noticed);
  expect(subject).toBe('10 seats will be added to A-S00000001 on 2026-09-22');
  expect(text).toContain('up to 110 users and 100 seats');
  expect(text).toContain('$750.00 before tax');
});
