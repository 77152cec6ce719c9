import { z } from 'zod';
import { type AccountId, isId } from '#kernel/ids';
import type { Cron, Jobs } from '#kernel/jobs';
import { dayOf } from '#kernel/time';
import { beginRampSteps } from '../actions/begin-ramp-steps';
import { expireTrial } from '../actions/end-trials';
import { noticeRenewal, noticeTrial } from '../actions/give-notice';
import { announceDue, finishCancellation } from '../actions/keep-the-calendar';
import { mailNotice, type NoticeToMail } from '../actions/mail-notice';
import { countQuarters, goOnReconciling } from '../actions/reconcile-quarters';
import { renewTerm } from '../actions/renew-terms';
import { NOTICE_KINDS } from '../domain/notice';
import type { SubscriptionsServices } from '../ports/services';
import { isAnyDue } from '../store/due';
import { renewalNoticesDue, trialNoticesDue } from '../store/notices';
import { rampStepsDue } from '../store/ramp-steps';
import { quartersToCount, reconciliationsDue } from '../store/reconciliations';
import { renewalsDue } from '../store/renewals';
import { trialsOver } from '../store/trials';
import { cancellationsDue, subscriptionsDue } from '../store/waiting';
import type { SubscriptionsEvents } from './published';

/** How many subscriptions one round takes on; the next one, a minute later, takes the next. */
const ROUND_MAX = 500;

/** All that the calendar brings. */
const CALENDAR = [
  subscriptionsDue,
  rampStepsDue,
  cancellationsDue,
  quartersToCount,
  reconciliationsDue,
  renewalNoticesDue,
  trialNoticesDue,
  trialsOver,
] as const;

const NOTICED = ['subscription', 'trial', 'reconciliation'] as const;
const noticeShape = z.object({
  kind: z.enum(NOTICE_KINDS),
  accountId: z.custom<AccountId>(value => typeof value === 'string' && isId('account', value)),
  id: z.custom<NoticeToMail['id']>(value => typeof value === 'string' && NOTICED.some(kind => isId(kind, value))),
});

export const jobs: Jobs<SubscriptionsEvents, SubscriptionsServices> = {
  mailNotice: (job, payload) => mailNotice(job, noticeShape.parse(payload), mail => job.services.mail.send(mail)),

  keepTheCalendar: async job => {
    const today = dayOf(job.now);
    if (!(await isAnyDue(job.db, today, CALENDAR))) return;
    const faults = [
      ...(await forEach(await subscriptionsDue(job.db, today, ROUND_MAX), key => job.write(work => announceDue(work, key)))),
      ...(await forEach(await rampStepsDue(job.db, today, ROUND_MAX), key => job.write(work => beginRampSteps(work, key)))),
      ...(await forEach(await cancellationsDue(job.db, today, ROUND_MAX), key => job.write(work => finishCancellation(work, key)))),
      ...(await forEach(await quartersToCount(job.db, today, ROUND_MAX), key => job.write(work => countQuarters(work, key)))),
      ...(await forEach(await reconciliationsDue(job.db, today, ROUND_MAX), key => job.write(work => goOnReconciling(work, key)))),
      ...(await forEach(await renewalNoticesDue(job.db, today, ROUND_MAX), key => job.write(work => noticeRenewal(work, key)))),
      ...(await forEach(await trialNoticesDue(job.db, today, ROUND_MAX), key => job.write(work => noticeTrial(work, key)))),
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
