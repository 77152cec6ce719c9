import { day } from '#kernel/time';
import { autoRenewal as autoRenewalOf, decideAutoRenew, decideRenewal, nextCharge, type RenewalFacts, type Renewing } from './renewal';

const agreement: Renewing = {
  standing: 'AGREED',
  isAutoRenew: true,
  term: { startsOn: day('2026-03-01'), endsOn: day('2027-03-01'), months: 12 },
};
const on = day('2026-06-01');
const account = { segment: 'COMMERCIAL', holds: [] };
const nothing = { dealType: null, licenseKind: null, quarters: [], cardEndsOn: null };
const autoRenewal = (renewing: Renewing, of: RenewalFacts['account'], today = on, facts: Partial<RenewalFacts> = {}) =>
  autoRenewalOf(renewing, { ...nothing, account: of, ...facts }, today);
const charges = [
  {
    kind: 'BASE' as const,
    model: 'RECURRING' as const,
    quantity: 10,
    unitPriceMinor: 34_800n,
    currency: 'USD' as const,
    startsOn: day('2026-03-01'),
    endsOn: day('2027-03-01'),
  },
];
const charged = (change: Partial<Renewing>, of = account) => {
  const changed = { ...agreement, ...change };
  return nextCharge(changed, autoRenewal(changed, of, on), charges);
};

test('a year without a hold renews by itself', () => {
  expect(autoRenewal(agreement, account, on)).toEqual({ isOn: true, isEligible: true, reasons: [] });
  expect(autoRenewal(agreement, null, on)).toEqual({ isOn: true, isEligible: true, reasons: [] });
});

test.each([
  ['a cancelled subscription', { ...agreement, standing: 'CANCELLED' as const }, account, ['ENDED']],
  ['two years', { ...agreement, term: { ...agreement.term, months: 24 } }, account, ['NOT_TWELVE_MONTHS']],
  ['a support hold', agreement, { ...account, holds: ['SUPPORT_HOLD'] }, ['SUPPORT_HOLD']],
  ['a credit hold', agreement, { ...account, holds: ['CREDIT_HOLD'] }, ['CREDIT_HOLD']],
  ['a purchase order', agreement, { ...account, holds: ['PO_REQUIRED'] }, ['PO_REQUIRED']],
  ['a portal', agreement, { ...account, holds: ['PORTAL_REQUIRED'] }, ['PORTAL_REQUIRED']],
  ['a hold of another kind', agreement, { ...account, holds: ['LEGAL', 'SANCTIONS'] }, ['OTHER_HOLD']],
  ['a school', agreement, { ...account, segment: 'EDUCATION' }, ['EDUCATION']],
  ['an open source project', agreement, { ...account, segment: 'OPEN_SOURCE' }, ['OPEN_SOURCE']],
  ['a startup', agreement, { ...account, segment: 'STARTUP' }, ['STARTUP']],
  [
    'several at once',
    agreement,
    { segment: 'STARTUP', holds: ['PO_REQUIRED', 'SUPPORT_HOLD'] },
    ['SUPPORT_HOLD', 'PO_REQUIRED', 'STARTUP'],
  ],
])('%s does not renew by itself, and says why', (_, renewing, of, reasons) => {
  expect(autoRenewal(renewing, of, on)).toEqual({ isOn: true, isEligible: false, reasons });
});

test('a renewal is charged on the last day of the term', () => {
  expect(charged({})).toEqual({ on: '2027-02-28', amount: { minor: 348_000n, currency: 'USD' } }); // 10 × $348
});

test('nothing is charged when the customer does not want it, or when it is not eligible', () => {
  expect(charged({ isAutoRenew: false })).toBeNull();
  expect(charged({}, { ...account, segment: 'EDUCATION' })).toBeNull();
});

test('the wish can be changed until the subscription ends', () => {
  expect(decideAutoRenew(agreement, false, on)).toEqual({ ok: true, value: { isAutoRenew: false, isChanged: true } });
  expect(decideAutoRenew(agreement, true, on)).toEqual({ ok: true, value: { isAutoRenew: true, isChanged: false } });
  expect(decideAutoRenew(agreement, false, day('2027-03-01'))).toMatchObject({ refusal: { code: 'SUBSCRIPTION_ENDED' } });
});

const owed = (status: string, reason: string | null, overageSeats = 5) => ({ quarters: [{ status, reason, overageSeats }] });
test.each([
  ['a reseller’s sale', account, { dealType: 'RESALE' }, ['RESELLER_SALE']],
  ['a direct sale', account, { dealType: 'DIRECT' }, []],
  ['an offline licence', account, { licenseKind: 'OFFLINE_CLOUD' }, ['NOT_CLOUD_LICENSED']],
  ['a licence file', account, { licenseKind: 'LEGACY_FILE' }, ['NOT_CLOUD_LICENSED']],
  ['a licence that syncs', account, { licenseKind: 'ONLINE_CLOUD' }, []],
  ['an overage whose card was declined', account, owed('FAILED', 'CARD_DECLINED'), ['OVERAGE_NOT_RECONCILED']],
  [
    'an overage that was not reconciled, as the customer is of the public sector',
    account,
    owed('SKIPPED', 'PUBLIC_SECTOR'),
    ['OVERAGE_NOT_RECONCILED'],
  ],
  ['a quarter that was not reconciled and had no overage', account, owed('SKIPPED', 'PUBLIC_SECTOR', 0), []],
  ['an overage that was paid', account, owed('PROCESSED', 'CHARGED'), []],
  ['an overage for which seats were bought', account, owed('SKIPPED', 'COVERED'), []],
  ['a card that ends before the last day', { ...account, isAutoPay: true }, { cardEndsOn: day('2027-01-31') }, ['CARD_EXPIRED']],
  ['a card that ends with the last day', { ...account, isAutoPay: true }, { cardEndsOn: day('2027-02-28') }, []],
  ['a card that has ended, of a customer who pays invoices', { ...account, isAutoPay: false }, { cardEndsOn: day('2026-01-31') }, []],
])('what its neighbours know is asked before a term renews by itself: %s', (_, of, facts, reasons) => {
  expect(autoRenewal(agreement, of, on, facts)).toMatchObject({ isEligible: reasons.length === 0, reasons });
});

test('a term is renewed for its seats, or for its users where those are more', () => {
  const eligible = { isOn: true, isEligible: true, reasons: [] };
  expect(decideRenewal(eligible, 10, 8)).toMatchObject({ status: 'REQUESTED', seats: 10 });
  expect(decideRenewal(eligible, 10, 12)).toMatchObject({ status: 'REQUESTED', seats: 12 });
  expect(decideRenewal(eligible, 10, null)).toMatchObject({ status: 'REQUESTED', seats: 10 });
});

test('what is not attempted keeps every reason', () => {
  expect(decideRenewal({ isOn: true, isEligible: false, reasons: ['PO_REQUIRED', 'STARTUP'] }, 10, 8)).toEqual({
    status: 'NOT_ATTEMPTED',
    reasons: ['PO_REQUIRED', 'STARTUP'],
  });
  expect(decideRenewal({ isOn: false, isEligible: true, reasons: [] }, 10, 8)).toEqual({
    status: 'NOT_ATTEMPTED',
    reasons: ['TURNED_OFF'],
  });
});
