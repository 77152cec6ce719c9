import { accept, refuse } from '#kernel/result';
import { addDays, addMonths, type Period, type PlainDate, period } from '#kernel/time';

/** What is done to a month of the books. Each act is kept with who did it, when and why. */
export const PERIOD_ACTS = ['CLOSED', 'REOPENED'] as const;
export type PeriodAct = (typeof PERIOD_ACTS)[number];

/** The first day of a day's month: how a month of the books is named. */
export const monthOf = (on: PlainDate): PlainDate => addDays(on, 1 - Number(on.slice(8)));

/** The days of a month. */
export const daysOfMonth = (month: PlainDate): Period => period(month, addMonths(month, 1));

/** Decides whether a month may be closed: it is over, and it is not closed already. From then on nothing is posted in it. */
export function closable(month: PlainDate, isClosed: boolean, today: PlainDate) {
  const path = ['month'];
  if (isClosed) return refuse('PERIOD_ALREADY_CLOSED', `The books of ${nameOf(month)} are closed already.`, { path });
  if (today < daysOfMonth(month).endsOn) return refuse('PERIOD_NOT_OVER', `${nameOf(month)} is not over yet.`, { path });
  return accept('CLOSED' as const);
}

/** Decides whether a month may be opened again: only one that is closed. Who does it says why. */
export function reopenable(month: PlainDate, isClosed: boolean) {
  return isClosed
    ? accept('REOPENED' as const)
    : refuse('PERIOD_NOT_CLOSED', `The books of ${nameOf(month)} are open.`, { path: ['month'] });
}

/** Refuses to post on a day whose month is closed. `isClosed` says whether it is. */
export function postable(on: PlainDate, isClosed: boolean) {
  if (!isClosed) return accept(on);
  return refuse('PERIOD_CLOSED', `The books of ${nameOf(on)} are closed: nothing is posted on ${on} any more.`);
}

const nameOf = (on: PlainDate): string => on.slice(0, 7);
