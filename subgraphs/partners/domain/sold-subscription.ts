import { accept, refuse } from '#kernel/result';
import { addDays, daysBetween, later, type PlainDate } from '#kernel/time';

/** Policy values, the same as those of selling. */
export const RENEWAL_DAYS_BEFORE_MAX = 15;
export const RENEWAL_DAYS_AFTER_MAX = 180;
export const REFUND_DAYS_MAX = 45;

interface SoldTerm {
  readonly status: string;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}

/** P1: the days that added seats are charged for: from today, or the term's first day, until its end. */
export function daysLeft({ status, startsOn, endsOn }: SoldTerm, today: PlainDate) {
  const from = later(today, startsOn);
  if (status === 'CANCELLED' || from >= endsOn) return notInForce();
  return accept({ from, days: daysBetween(from, endsOn) });
}

/** R4: a term is renewed by its partner from 15 days before its end to 180 days after. */
export function mayRenew({ status, endsOn }: SoldTerm, today: PlainDate) {
  if (status === 'CANCELLED') return notInForce();
  const at = { path: ['subscriptionName'] };
  const first = addDays(endsOn, -RENEWAL_DAYS_BEFORE_MAX);
  if (today < first) return refuse('RENEWAL_TOO_EARLY', `This term can be renewed from ${first} on.`, at);
  if (today > addDays(endsOn, RENEWAL_DAYS_AFTER_MAX)) {
    return refuse('RENEWAL_TOO_LATE', 'This term ended too long ago to be renewed: please order anew.', at);
  }
  return accept(endsOn);
}

/** P8: with its money back a term ends within 45 days of its purchase; without, at any time for its last day. */
export function mayCancel({ status, endsOn }: SoldTerm, boughtOn: PlainDate, isRefunded: boolean, today: PlainDate) {
  if (status === 'CANCELLED' || today >= endsOn) return notInForce();
  if (!isRefunded || today <= addDays(boughtOn, REFUND_DAYS_MAX)) return accept(isRefunded);
  const message = `Bought on ${boughtOn}: a refund was possible until ${addDays(boughtOn, REFUND_DAYS_MAX)}. It can be cancelled for its term's end.`;
  return refuse('NOT_REFUNDABLE', message, { path: ['refund'] });
}

const notInForce = () => refuse('SUBSCRIPTION_NOT_ACTIVE', 'This subscription is not in force.', { path: ['subscriptionName'] });
