import { day } from '#kernel/time';
import { isLeftOut, nextReconciliationOn } from './reconciliation';

const yearly = { status: 'ACTIVE', deployment: 'SELF_MANAGED', termStartsOn: day('2026-01-31'), termMonths: 12 };

test.each([
  ['2026-01-31', '2026-05-06'], // quarter 1 ends on 30 April, and 6 days
  ['2026-05-05', '2026-05-06'],
  ['2026-05-06', '2026-08-06'], // quarter 2 ends on 31 July
  ['2026-08-06', '2026-11-06'], // quarter 3 ends on 31 October
  ['2026-11-06', null], // never at the end of quarter 4
])('on %s the next reconciliation of a self-managed term from 31 January is on %s', (today, next) => {
  expect(nextReconciliationOn(yearly, day(today))).toBe(next);
});

test('a SaaS subscription is reconciled on the day the quarter has ended', () => {
  expect(nextReconciliationOn({ ...yearly, deployment: 'SAAS' }, day('2026-02-01'))).toBe('2026-04-30');
});

test.each([1, 24, 36])('a term of %i months has no reconciliation', termMonths => {
  expect(nextReconciliationOn({ ...yearly, termMonths }, day('2026-02-01'))).toBeNull();
});

test('a cancelled subscription is not reconciled any more', () => {
  expect(nextReconciliationOn({ ...yearly, status: 'CANCELLED' }, day('2026-02-01'))).toBeNull();
});

const plain = { segment: 'COMMERCIAL', holds: [], hasMasterAgreement: false };

test.each([
  ['public sector', { ...plain, segment: 'PUBLIC_SECTOR' }],
  ['education', { ...plain, segment: 'EDUCATION' }],
  ['open source', { ...plain, segment: 'OPEN_SOURCE' }],
  ['a startup', { ...plain, segment: 'STARTUP' }],
  ['a master agreement', { ...plain, hasMasterAgreement: true }],
  ['a purchase order that is required', { ...plain, holds: ['PO_REQUIRED'] }],
  ['a hold', { ...plain, holds: ['SUPPORT_HOLD'] }],
])('%s is left out of reconciliations', (_, account) => {
  expect(isLeftOut(account, false)).toBe(true);
});

test("a partner's sale is left out, and what nobody told of is not", () => {
  expect([
    isLeftOut(plain, true),
    isLeftOut(plain, false),
    isLeftOut({ segment: null, holds: null, hasMasterAgreement: null }, false),
  ]).toEqual([true, false, false]);
});
