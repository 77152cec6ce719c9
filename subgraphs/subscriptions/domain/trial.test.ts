import { day } from '#kernel/time';
import { converted, decideTrial, isTrialInForce, offerTrial, trialStatusOn } from './trial';

const TODAY = day('2026-06-15');
const trial = { kind: 'ULTIMATE' as const, startsOn: TODAY, endsOn: day('2026-07-15'), convertedOn: null };

test.each([
  // A free group tries for 30 days, a paid one for 60; counted in days, over month ends, 29 February and the turn of the year.
  [null, '2026-06-15', '2026-07-15'],
  ['PREMIUM', '2026-06-15', '2026-08-14'],
  [null, '2027-01-31', '2027-03-02'],
  [null, '2028-01-31', '2028-03-01'],
  [null, '2028-02-29', '2028-03-30'],
  ['PREMIUM', '2027-12-31', '2028-02-29'],
  [null, '2026-12-15', '2027-01-14'],
])('a trial on a group that pays for %s, started on %s, runs until %s', (paidTier, today, endsOn) => {
  expect(decideTrial({ paidTier, hadTrial: false }, 'ULTIMATE', day(today))).toMatchObject({
    ok: true,
    value: { seats: 100, days: paidTier ? 60 : 30, startsOn: today, endsOn },
  });
});

test('a group or subscription tries once, and only what it does not have', () => {
  expect(decideTrial({ paidTier: null, hadTrial: true }, 'ULTIMATE', TODAY)).toMatchObject({ refusal: { code: 'TRIAL_USED' } });
  expect(decideTrial({ paidTier: 'PREMIUM', hadTrial: false }, 'PREMIUM', TODAY)).toMatchObject({ refusal: { code: 'NOTHING_TO_TRY' } });
  expect(decideTrial({ paidTier: 'ULTIMATE', hadTrial: false }, 'PREMIUM', TODAY)).toMatchObject({ refusal: { code: 'NOTHING_TO_TRY' } });
  expect(decideTrial({ paidTier: null, hadTrial: false }, 'PREMIUM', TODAY)).toMatchObject({ ok: true });
});

test('what a group is offered says the tier and the days, or why not', () => {
  expect(offerTrial({ paidTier: null, hadTrial: false })).toEqual({ isEligible: true, kind: 'ULTIMATE', days: 30, reason: null });
  expect(offerTrial({ paidTier: 'PREMIUM', hadTrial: false })).toEqual({ isEligible: true, kind: 'ULTIMATE', days: 60, reason: null });
  expect(offerTrial({ paidTier: 'ULTIMATE', hadTrial: false })).toEqual({
    isEligible: false,
    kind: null,
    days: null,
    reason: 'NOTHING_TO_TRY',
  });
  expect(offerTrial({ paidTier: null, hadTrial: true })).toMatchObject({ isEligible: false, reason: 'TRIAL_USED' });
});

test('a trial runs through its last day and is over on the next, whoever looks', () => {
  expect(trialStatusOn(trial, day('2026-07-14'))).toBe('ACTIVE');
  expect(trialStatusOn(trial, day('2026-07-15'))).toBe('EXPIRED');
  expect([day('2026-06-14'), TODAY, day('2026-07-14'), day('2026-07-15')].map(on => isTrialInForce(trial, on))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

const purchase = (tier: string, startsOn = TODAY, isNew = true) => ({ tier, isNew, startsOn });

test('a purchase converts a running trial and drops the rest of it from its first day on', () => {
  expect(converted(trial, purchase('PREMIUM'), day('2026-06-20'))).toEqual({ convertedOn: '2026-06-20', endsOn: '2026-06-20' });
  expect(converted(trial, purchase('ULTIMATE', day('2026-07-01')), day('2026-06-20'))).toEqual({
    convertedOn: '2026-06-20',
    endsOn: '2026-07-01',
  });
  expect(converted(trial, purchase('ULTIMATE', day('2026-09-01')), day('2026-06-20'))).toEqual({
    convertedOn: '2026-06-20',
    endsOn: '2026-07-15',
  });
});

test('a trial is converted once, and not after it is over', () => {
  expect(converted({ ...trial, convertedOn: day('2026-06-16') }, purchase('ULTIMATE'), day('2026-06-20'))).toBeNull();
  expect(converted(trial, purchase('ULTIMATE'), day('2026-07-15'))).toBeNull();
});

test('on a paid group only a plan that gives what is tried converts the trial', () => {
  expect(converted(trial, purchase('PREMIUM', TODAY, false), TODAY)).toBeNull();
  expect(converted(trial, purchase('ULTIMATE', TODAY, false), TODAY)).toMatchObject({ convertedOn: TODAY });
});
