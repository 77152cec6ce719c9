import { day } from '#kernel/time';
import { autoRenewal, decideAutoRenew, nextCharge, type Renewing } from './renewal';

const agreement: Renewing = {
  standing: 'AGREED',
  isAutoRenew: true,
  term: { startsOn: day('2026-03-01'), endsOn: day('2027-03-01'), months: 12 },
};
const on = day('2026-06-01');
const account = { segment: 'COMMERCIAL', holds: [] };
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

test('a renewal is charged on the day the term ends', () => {
  expect(charged({})).toEqual({ on: '2027-03-01', amount: { minor: 348_000n, currency: 'USD' } }); // 10 × $348
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
