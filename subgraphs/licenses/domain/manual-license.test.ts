import { day } from '#kernel/time';
import { manualTerms } from './manual-license';

const granted = { plan: 'ULTIMATE', seats: 100, startsOn: day('2026-01-01'), expiresOn: day('2027-01-01'), graceDays: 14 };
const inForce = { status: 'ACTIVE', deployment: 'SELF_MANAGED' };
const today = day('2026-06-15');

test('a licence issued by hand says what the subscription grants, but for what support wants', () => {
  expect(manualTerms(inForce, granted, {}, today)).toEqual({ ok: true, value: granted });
  expect(manualTerms(inForce, granted, { seats: 130, expiresOn: day('2027-06-15') }, today)).toEqual({
    ok: true,
    value: { ...granted, seats: 130, expiresOn: '2027-06-15' }, // 12 months from today
  });
});

test.each([
  [{ ...inForce, deployment: 'SAAS' }, {}, 'WRONG_PRODUCT'],
  [{ ...inForce, status: 'CANCELLED' }, {}, 'SUBSCRIPTION_CANCELLED'],
  [inForce, { seats: 0 }, 'SEATS_OUT_OF_RANGE'],
  [inForce, { seats: 10_000_001 }, 'SEATS_OUT_OF_RANGE'],
  [inForce, { expiresOn: day('2026-06-15') }, 'EXPIRY_OUT_OF_RANGE'],
  [inForce, { expiresOn: day('2027-06-16') }, 'EXPIRY_OUT_OF_RANGE'],
])('a subscription that is %j asked for %j answers %s', (subscription, wanted, code) => {
  expect(manualTerms(subscription, granted, wanted, today)).toMatchObject({ ok: false, refusal: { code } });
});
