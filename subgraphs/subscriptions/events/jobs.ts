import type { Cron, Jobs } from '#kernel/jobs';
import { dayOf } from '#kernel/time';
import { announceDue, finishCancellation } from '../actions/keep-the-calendar';
import { cancellationsDue, subscriptionsDue } from '../store/waiting';
import type { SubscriptionsEvents } from './published';

/** How many subscriptions one round takes on; the next one, a minute later, takes the next. */
const ROUND_MAX = 500;

export const jobs: Jobs<SubscriptionsEvents> = {
  keepTheCalendar: async job => {
    const today = dayOf(job.now);
    // One transaction for each subscription: one that cannot go on holds up no other.
    for (const key of await subscriptionsDue(job.db, today, ROUND_MAX)) await job.write(work => announceDue(work, key));
    for (const key of await cancellationsDue(job.db, today, ROUND_MAX)) await job.write(work => finishCancellation(work, key));
  },
};

/** Every minute: what was agreed for a day is told, or written, once the day has come. */
export const cron: readonly Cron[] = [{ job: 'keepTheCalendar', match: '* * * * *' }];
