import type { Cron, Jobs } from '#kernel/jobs';
import { dayOf } from '#kernel/time';
import { beginRampSteps } from '../actions/begin-ramp-steps';
import { expireTrial } from '../actions/end-trials';
import { announceDue, finishCancellation } from '../actions/keep-the-calendar';
import { countQuarters, goOnReconciling } from '../actions/reconcile-quarters';
import { renewTerm } from '../actions/renew-terms';
import { isAnyDue } from '../store/due';
import { rampStepsDue } from '../store/ramp-steps';
import { quartersToCount, reconciliationsDue } from '../store/reconciliations';
import { renewalsDue } from '../store/renewals';
import { trialsOver } from '../store/trials';
import { cancellationsDue, subscriptionsDue } from '../store/waiting';
import type { SubscriptionsEvents } from './published';

/** How many subscriptions one round takes on; the next one, a minute later, takes the next. */
const ROUND_MAX = 500;

/** All that the calendar brings. */
const CALENDAR = [subscriptionsDue, rampStepsDue, cancellationsDue, quartersToCount, reconciliationsDue, trialsOver] as const;

export const jobs: Jobs<SubscriptionsEvents> = {
  keepTheCalendar: async job => {
    const today = dayOf(job.now);
    if (!(await isAnyDue(job.db, today, CALENDAR))) return;
    const faults = [
      ...(await forEach(await subscriptionsDue(job.db, today, ROUND_MAX), key => job.write(work => announceDue(work, key)))),
      ...(await forEach(await rampStepsDue(job.db, today, ROUND_MAX), key => job.write(work => beginRampSteps(work, key)))),
      ...(await forEach(await cancellationsDue(job.db, today, ROUND_MAX), key => job.write(work => finishCancellation(work, key)))),
      ...(await forEach(await quartersToCount(job.db, today, ROUND_MAX), key => job.write(work => countQuarters(work, key)))),
      ...(await forEach(await reconciliationsDue(job.db, today, ROUND_MAX), key => job.write(work => goOnReconciling(work, key)))),
      ...(await forEach(await trialsOver(job.db, today, ROUND_MAX), key => job.write(work => expireTrial(work, key)))),
    ];
    if (faults.length > 0) throw new AggregateError(faults, `${faults.length} subscriptions could not follow the calendar.`);
  },

  renewTerms: async job => {
    const today = dayOf(job.now);
    const faults: unknown[] = [];
    for (let due = await renewalsDue(job.db, today, ROUND_MAX); due.length > 0 && !job.signal.aborted; ) {
      const failed = await forEach(due, key => job.write(work => renewTerm(work, key)));
      faults.push(...failed);
      // What breaks stays due: without this it would be taken on again and again.
      if (due.length < ROUND_MAX || failed.length > 0) break;
      due = await renewalsDue(job.db, today, ROUND_MAX);
    }
    if (faults.length > 0) throw new AggregateError(faults, `${faults.length} terms could not be renewed.`);
  },
};

/** One transaction for each subscription, one after the other: one that breaks holds up no other, and is told at the end. */
async function forEach<Key>(keys: readonly Key[], write: (key: Key) => Promise<void>): Promise<readonly unknown[]> {
  const faults: unknown[] = [];
  for (const key of keys) {
    try {
      await write(key);
    } catch (fault) {
      faults.push(fault);
    }
  }
  return faults;
}

/** Every minute: what was agreed for a day is told, or written, once the day has come. */
export const cron: readonly Cron[] = [
  { job: 'keepTheCalendar', match: '* * * * *', isIdleUntil: async (db, until) => !(await isAnyDue(db, dayOf(until), CALENDAR)) },
  // R1: at 00:00 UTC on the last day of a term.
  { job: 'renewTerms', match: '0 0 * * *', isIdleUntil: async (db, until) => (await renewalsDue(db, dayOf(until), 1)).length === 0 },
];
