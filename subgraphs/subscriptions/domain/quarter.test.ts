import { idFromUuid } from '#kernel/ids';
import { addMonths, day } from '#kernel/time';
import { nextLookOn, quarterFrom, quartersDue, quartersOf } from './quarter';

const id = (number: number) => idFromUuid('term', `01900000-0000-7000-8000-${number.toString().padStart(12, '0')}`);
const term = (startsOn: string, months: number, number = 1) => ({
  id: id(number),
  kind: 'INITIAL' as const,
  startsOn: day(startsOn),
  endsOn: addMonths(day(startsOn), months),
  months,
});
const looked = (startsOn: string, months: number, deployment = 'SAAS') =>
  quartersOf(term(startsOn, months), deployment).map(({ countedOn }) => countedOn);

test.each([
  // A year that begins on a plain day, on month ends, on 29 February, and around the turn of the year.
  ['2026-01-01', 12, ['2026-04-01', '2026-07-01', '2026-10-01']],
  ['2026-01-31', 12, ['2026-04-30', '2026-07-31', '2026-10-31']],
  ['2026-03-31', 12, ['2026-06-30', '2026-09-30', '2026-12-31']],
  ['2026-08-31', 12, ['2026-11-30', '2027-02-28', '2027-05-31']],
  ['2027-08-31', 12, ['2027-11-30', '2028-02-29', '2028-05-31']],
  ['2026-11-30', 12, ['2027-02-28', '2027-05-30', '2027-08-30']],
  ['2027-11-29', 12, ['2028-02-29', '2028-05-29', '2028-08-29']],
  ['2028-02-29', 12, ['2028-05-29', '2028-08-29', '2028-11-29']],
  ['2026-12-31', 12, ['2027-03-31', '2027-06-30', '2027-09-30']],
  ['2026-10-01', 12, ['2027-01-01', '2027-04-01', '2027-07-01']],
  // Other terms are looked at as far as their quarters end within them, and are skipped then.
  ['2026-01-01', 1, []],
  ['2026-01-01', 3, []],
  ['2026-01-01', 6, ['2026-04-01']],
  ['2026-01-31', 13, ['2026-04-30', '2026-07-31', '2026-10-31']],
  ['2026-01-01', 36, ['2026-04-01', '2026-07-01', '2026-10-01']],
])('a hosted term from %s for %i months is looked at when its quarters are over: %j', (startsOn, months, days) => {
  expect(looked(startsOn, months)).toEqual(days);
});

test('the quarters of a customer’s own instance are looked at six days later, when its last counts have come', () => {
  expect(looked('2026-01-01', 12, 'SELF_MANAGED')).toEqual(['2026-04-07', '2026-07-07', '2026-10-07']);
  expect(looked('2026-11-30', 12, 'SELF_MANAGED')).toEqual(['2027-03-06', '2027-06-05', '2027-09-05']);
});

test('quarters touch, and leave nine, six and three months of the term', () => {
  expect(quartersOf(term('2026-01-31', 12), 'SAAS')).toMatchObject([
    { startsOn: '2026-01-31', endsOn: '2026-04-30', monthsLeft: 9 },
    { startsOn: '2026-04-30', endsOn: '2026-07-31', monthsLeft: 6 },
    { startsOn: '2026-07-31', endsOn: '2026-10-31', monthsLeft: 3 },
  ]);
});

const hosted = (startsOn: string, months = 12, number = 1) => ({ deployment: 'SAAS', term: term(startsOn, months, number) });

test('the fourth quarter is never looked at: the next day is in the term that follows', () => {
  const versions = [hosted('2026-01-01'), hosted('2027-01-01', 12, 2)];
  expect(quarterFrom(versions, day('2026-10-02'))?.countedOn).toBe('2027-04-01');
  expect(quarterFrom([hosted('2026-01-01')], day('2026-10-02'))).toBeNull();
});

test('a calendar that was late looks at every quarter that has passed since it stood still, once', () => {
  const stood = day('2026-04-01');
  const due = quartersDue([hosted('2026-01-01')], stood, day('2026-07-05'), []);
  expect(due.map(({ quarter }) => quarter)).toEqual([1, 2]);
  expect(quartersDue([hosted('2026-01-01')], stood, day('2026-07-05'), due)).toEqual([]);
});

test('an agreement that is written down late keeps its past quarters as they were', () => {
  expect(nextLookOn(null, hosted('2026-01-01'), day('2026-05-20'), false)).toBe('2026-07-01');
  expect(quartersDue([hosted('2026-01-01')], day('2026-07-01'), day('2026-07-01'), []).map(({ quarter }) => quarter)).toEqual([2]);
});

test('a future term is looked at from its own first quarter on', () => {
  expect(nextLookOn(null, hosted('2026-09-01'), day('2026-05-20'), false)).toBe('2026-12-01');
});

test('a term that was made longer takes the place of the one that began with it', () => {
  const versions = [hosted('2026-01-01', 12, 1), hosted('2026-01-01', 18, 2)];
  expect(quartersDue(versions, day('2026-04-01'), day('2026-04-01'), [])).toMatchObject([{ termId: id(2), quarter: 1 }]);
});

test('a plan that moves to our hosting in the six days after a quarter loses none', () => {
  // The quarter was over on 1 April, and would have been looked at on the 7th.
  expect(nextLookOn(day('2026-04-07'), hosted('2026-01-01'), day('2026-04-03'), true)).toBe('2026-04-01');
});
