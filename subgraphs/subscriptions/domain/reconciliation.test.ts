import { money } from '#kernel/money';
import { addMonths, day } from '#kernel/time';
import {
  decideCharge,
  decideQuarter,
  exclusionOn,
  isReconciled,
  movedBy,
  RECONCILIATION_STATUSES,
  type Reconcilable,
  type ReconciliationMove,
  reconciledAmount,
  retryUntil,
} from './reconciliation';

const APRIL = day('2026-04-01');
const usd = (minor: bigint) => money(minor, 'USD');
const agreed = (change: Partial<Reconcilable> = {}, months = 12): Reconcilable => ({
  standing: 'AGREED',
  term: { startsOn: day('2026-01-01'), endsOn: addMonths(day('2026-01-01'), months), months },
  dealType: 'DIRECT',
  licenseKind: 'ONLINE_CLOUD',
  account: { segment: 'COMMERCIAL', holds: [] },
  ...change,
});

test('100 seats at $100 with 110, 105, 120 and 120 users at the quarters cost $750, $0, $250 and $0, against a true-up of $2,000', () => {
  let seats = 100;
  const charged = [110, 105, 120].map((usersMax, index) => {
    const { overageSeats, reason } = decideQuarter({ usersMax, seats }, null, APRIL);
    expect(reason).toBe(overageSeats > 0 ? null : 'NO_OVERAGE');
    seats += overageSeats;
    return reconciledAmount(overageSeats, usd(100_00n), 12 - 3 * (index + 1)).minor;
  });
  // Quarter 1: 110 − 100 = 10 × $100 × 9 ÷ 12. Quarter 2: 105 < 110. Quarter 3: 120 − 110 = 10 × $100 × 3 ÷ 12.
  expect(charged).toEqual([750_00n, 0n, 250_00n]);
  // Quarter 4 is never looked at, and leaves 120 seats for 120 users. A true-up: (120 − 100) × $100 = $2,000, in orders.
  expect(seats).toBe(120);
});

test('an overage is charged at the discounted price that the newest seats were sold at', () => {
  // 7 × $79.99 × 6 ÷ 12 = $279.965, half up.
  expect(reconciledAmount(7, usd(79_99n), 6)).toEqual(usd(279_97n));
  expect(reconciledAmount(7, money(7_999n, 'JPY'), 6)).toEqual(money(27_997n, 'JPY')); // ¥27,996.5
  expect(reconciledAmount(7, money(79_999n, 'BHD'), 9)).toEqual(money(419_995n, 'BHD')); // BHD 419.99475
});

test('an overage is noticed, and charged seven days after its notice', () => {
  expect(decideQuarter({ usersMax: 110, seats: 100 }, null, APRIL)).toEqual({
    status: 'NOTICED',
    reason: null,
    overageSeats: 10,
    chargeOn: '2026-04-08',
  });
});

test('a quarter that nobody counted is skipped, and says so', () => {
  expect(decideQuarter({ usersMax: null, seats: 100 }, null, APRIL)).toMatchObject({ status: 'SKIPPED', reason: 'NOT_COUNTED' });
});

test('seats that are bought after the notice are not charged again, and never more than was noticed', () => {
  const noticed = { usersMax: 110, overageSeats: 10 };
  expect(decideCharge(noticed, 104, null)).toEqual({ isCharged: true, overageSeats: 6 });
  expect(decideCharge(noticed, 110, null)).toEqual({ isCharged: false, reason: 'COVERED' });
  expect(decideCharge(noticed, 90, null)).toEqual({ isCharged: true, overageSeats: 10 });
  expect(decideCharge(noticed, 100, 'CREDIT_HOLD')).toEqual({ isCharged: false, reason: 'CREDIT_HOLD' });
});

const account = (segment: string, ...holds: readonly string[]) => ({ account: { segment, holds } });

test.each([
  ['a purchase order is required', 'PO_REQUIRED', agreed(account('COMMERCIAL', 'PO_REQUIRED'))],
  ['a purchasing portal is required', 'PORTAL_REQUIRED', agreed(account('COMMERCIAL', 'PORTAL_REQUIRED'))],
  ['support holds the account', 'SUPPORT_HOLD', agreed(account('COMMERCIAL', 'SUPPORT_HOLD'))],
  ['the account has no credit', 'CREDIT_HOLD', agreed(account('COMMERCIAL', 'CREDIT_HOLD'))],
  ['the account is held for a reason that this house has not heard of', 'OTHER_HOLD', agreed(account('COMMERCIAL', 'LEGAL_HOLD'))],
  ['a reseller sold it', 'RESELLER_SALE', agreed({ dealType: 'RESALE' })],
  ['the customer is of the public sector', 'PUBLIC_SECTOR', agreed(account('PUBLIC_SECTOR'))],
  ['the customer is of education', 'EDUCATION', agreed(account('EDUCATION'))],
  ['the customer is an open source project', 'OPEN_SOURCE', agreed(account('OPEN_SOURCE'))],
  ['the customer is a startup', 'STARTUP', agreed(account('STARTUP'))],
  ['the term is of several years', 'MULTI_YEAR', agreed({}, 36)],
  ['the term is shorter than a year', 'NOT_TWELVE_MONTHS', agreed({}, 6)],
  ['the term is of thirteen months', 'NOT_TWELVE_MONTHS', agreed({}, 13)],
  ['the licence is offline', 'OFFLINE_LICENSE', agreed({ licenseKind: 'OFFLINE_CLOUD' })],
  ['the licence is a legacy file', 'LEGACY_LICENSE', agreed({ licenseKind: 'LEGACY_FILE' })],
  ['there is a master agreement', 'MASTER_AGREEMENT', agreed({ account: { segment: 'COMMERCIAL', holds: [], hasMasterAgreement: true } })],
  ['it is suspended', 'NOT_IN_FORCE', agreed({ standing: 'SUSPENDED' })],
  ['it is cancelled', 'NOT_IN_FORCE', agreed({ standing: 'CANCELLED' })],
])('nothing is reconciled where %s: %s', (_words, reason, subscription) => {
  expect(exclusionOn(subscription, APRIL)).toBe(reason);
  expect(decideQuarter({ usersMax: 110, seats: 100 }, exclusionOn(subscription, APRIL), APRIL)).toMatchObject({
    status: 'SKIPPED',
    reason,
  });
});

test('a commercial customer with a yearly subscription of their own is reconciled, also before the account is known', () => {
  expect(exclusionOn(agreed(), APRIL)).toBeNull();
  expect(exclusionOn(agreed({ dealType: null, licenseKind: null, account: null }), APRIL)).toBeNull();
});

test('a declined charge is tried again for three months at most, and never into the fifteen days of the renewal', () => {
  expect(retryUntil(day('2026-04-08'), day('2027-01-01'))).toBe('2026-07-08');
  expect(retryUntil(day('2026-11-30'), day('2027-08-31'))).toBe('2027-02-28');
  expect(retryUntil(day('2026-10-08'), day('2027-01-01'))).toBe('2026-12-17');
});

test('a reconciliation moves on as drawn, and nowhere else', () => {
  const MOVES: readonly ReconciliationMove[] = ['CHARGE', 'POSTPONE', 'DECLINE', 'PAY', 'SKIP', 'FAIL'];
  const drawn = RECONCILIATION_STATUSES.flatMap(status =>
    MOVES.flatMap(by => (movedBy(status, by) ? [[status, by, movedBy(status, by)]] : [])),
  );
  expect(drawn).toEqual([
    ['NOTICED', 'CHARGE', 'CHARGING'],
    ['NOTICED', 'SKIP', 'SKIPPED'],
    ['NOTICED', 'FAIL', 'FAILED'],
    ['CHARGING', 'POSTPONE', 'NOTICED'],
    ['CHARGING', 'DECLINE', 'AWAITING_CARD'],
    ['CHARGING', 'PAY', 'PROCESSED'],
    ['CHARGING', 'FAIL', 'FAILED'],
    ['AWAITING_CARD', 'DECLINE', 'AWAITING_CARD'],
    ['AWAITING_CARD', 'PAY', 'PROCESSED'],
    ['AWAITING_CARD', 'FAIL', 'FAILED'],
    ['FAILED', 'PAY', 'PROCESSED'],
  ]);
});

test('a term was reconciled when each of its quarters was charged or had nothing to charge', () => {
  const ended = (...reasons: readonly ('CHARGED' | 'NO_OVERAGE' | 'COVERED' | 'PO_REQUIRED' | 'CARD_DECLINED')[]) =>
    reasons.map((reason, index) => ({
      quarter: index + 1,
      status: reason === 'CHARGED' ? ('PROCESSED' as const) : reason === 'CARD_DECLINED' ? ('FAILED' as const) : ('SKIPPED' as const),
      reason,
    }));
  expect(isReconciled(ended('CHARGED', 'NO_OVERAGE', 'COVERED'))).toBe(true);
  expect(isReconciled(ended('CHARGED', 'NO_OVERAGE'))).toBe(false);
  expect(isReconciled(ended('CHARGED', 'PO_REQUIRED', 'NO_OVERAGE'))).toBe(false);
  expect(isReconciled(ended('CHARGED', 'NO_OVERAGE', 'CARD_DECLINED'))).toBe(false);
});
