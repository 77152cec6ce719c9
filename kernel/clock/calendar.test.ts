import { lastDue, nextDue } from './calendar';
import { nextStop } from './steps';

const at = (text: string) => new Date(`2026-${text}:00.000Z`);
const cron = (match: string) => ({ job: 'job', match, isIdleUntil: async () => false });

test.each([
  ['daily at six, past it', '0 6 * * *', '06-15T00:00', '06-15T07:00', '06-15T06:00'],
  ['daily at six, exactly then', '0 6 * * *', '06-15T00:00', '06-15T06:00', '06-15T06:00'],
  ['daily at six, done already', '0 6 * * *', '06-15T06:00', '06-15T23:00', null],
  ['daily at six, over midnight', '0 6 * * *', '06-15T05:00', '06-16T00:00', '06-15T06:00'],
  ['at midnight', '0 0 * * *', '06-15T06:00', '06-16T00:00', '06-16T00:00'],
  ['each minute, many missed: once', '* * * * *', '06-15T06:00', '06-15T09:30', '06-15T09:30'],
  ['on the first of a month', '0 3 1 * *', '06-30T23:00', '07-01T03:00', '07-01T03:00'],
  ['on the first, and today is the second', '0 3 1 * *', '07-01T04:00', '07-02T04:00', null],
  ['on Mondays; 15 June 2026 is one', '30 4 * * 1', '06-15T00:00', '06-15T05:00', '06-15T04:30'],
])('an entry of the calendar is due once: %s', (_, match, after, until, due) => {
  expect(lastDue(cron(match), at(after), at(until))).toEqual(due === null ? null : at(due));
});

test('the next entry of a day is told; one that only looks around never stops time', () => {
  const entries = [cron('0 6 * * *'), cron('0 3 * * *'), cron('* * * * *')];
  expect(nextDue(entries, at('06-15T00:00'))).toEqual(at('06-15T03:00'));
  expect(nextDue(entries, at('06-15T03:00'))).toEqual(at('06-15T06:00'));
  expect(nextDue(entries, at('06-15T06:00'))).toBeNull();
});

test('time stops at what is due first: a timer, an entry of the calendar, midnight, or the end of its way', () => {
  const none = { nextJobAt: null, nextDueAt: null };
  const from = at('06-15T05:00');
  const to = at('06-20T12:00');
  expect(nextStop(from, to, [none])).toEqual(at('06-16T00:00'));
  expect(nextStop(from, to, [none, { ...none, nextDueAt: at('06-15T06:00') }])).toEqual(at('06-15T06:00'));
  expect(nextStop(from, to, [{ nextJobAt: at('06-15T05:01'), nextDueAt: at('06-15T06:00') }])).toEqual(at('06-15T05:01'));
  expect(nextStop(at('06-20T00:00'), to, [none])).toEqual(to);
  expect(nextStop(from, to, [{ ...none, nextJobAt: at('06-14T00:00') }])).toEqual(at('06-16T00:00'));
});
