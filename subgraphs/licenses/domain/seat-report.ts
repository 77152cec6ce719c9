import { accept, refuse } from '#kernel/result';
import { addDays, type Period, type PlainDate } from '#kernel/time';

/** An instance's clock may run ahead by so many days. */
export const CLOCK_SKEW_DAYS = 1;

/** Policy: a report may be late, but not by more days than this before the term that runs now. */
export const LATE_REPORT_DAYS_MAX = 30;

/** More users than any company has: what is above it is a broken counter. */
export const USERS_MAX = 10_000_000;

/** Add-ons that one report may count. */
export const ADD_ONS_MAX = 100;
const SKU_LENGTH_MAX = 64;

/** Add-on seats as an instance counts them. */
export interface AddOnUsage {
  readonly sku: string;
  readonly purchased: number;
  readonly assigned: number;
}

/** What an instance counted on one day. */
export interface SeatReport {
  readonly on: PlainDate;
  readonly billableUsers: number;
  readonly maxHistoricalUsers: number;
}

/** L4: decides whether a report can be true. Refuses days that have not come or are long gone, and impossible counts. */
export function acceptReport(report: SeatReport, termStartsOn: PlainDate, today: PlainDate) {
  for (const count of ['billableUsers', 'maxHistoricalUsers'] as const) {
    if (!isCount(report[count])) return refuse('USERS_OUT_OF_RANGE', `Users are counted from 0 to ${USERS_MAX}.`, { path: [count] });
  }
  if (report.on > addDays(today, CLOCK_SKEW_DAYS)) {
    return refuse('REPORT_IN_FUTURE', 'That day has not come yet. Set the clock of the instance.', { path: ['on'] });
  }
  if (report.on < addDays(termStartsOn, -LATE_REPORT_DAYS_MAX)) {
    return refuse('REPORT_TOO_OLD', `Reports are taken from ${LATE_REPORT_DAYS_MAX} days before the term on.`, { path: ['on'] });
  }
  return accept(report);
}

/** L4: decides whether the counts of add-ons can be true. Refuses more than 100 of them, and impossible counts. */
export function acceptAddOns(addOns: readonly AddOnUsage[]) {
  if (addOns.length > ADD_ONS_MAX) return refuse('INPUT_INVALID', `Send at most ${ADD_ONS_MAX} add-ons.`, { path: ['addOns'] });
  const fault = addOns.findIndex(
    ({ sku, purchased, assigned }) => sku.length === 0 || sku.length > SKU_LENGTH_MAX || !isCount(purchased) || !isCount(assigned),
  );
  if (fault >= 0)
    return refuse('INPUT_INVALID', 'An add-on has a name and counts that are not negative.', { path: ['addOns', `${fault}`] });
  return accept(addOns.map(({ sku, purchased, assigned }) => ({ sku, purchased, assigned })));
}

/** The first day of the term that a report counts for: the term that runs now, or for a late one its own licence's. */
export const reportTermStart = (on: PlainDate, term: Pick<Period, 'startsOn'>, licenseStartsOn: PlainDate): PlainDate =>
  on >= term.startsOn ? term.startsOn : licenseStartsOn;

/**
 * L6: the most users that one report proves for a term: the instance's own historical maximum or today's billable users,
 * whichever is more. A maximum counted under the licence of another term is left out, for a new term resets it.
 */
export const peakOf = (report: SeatReport, termStartsOn: PlainDate, licenseStartsOn: PlainDate): number =>
  licenseStartsOn === termStartsOn ? Math.max(report.billableUsers, report.maxHistoricalUsers) : report.billableUsers;

/** L6: max users of a term: the highest of what its reports prove, so far none or some. */
export const usersMaxOf = (peaks: readonly number[]): number => peaks.reduce((most, peak) => Math.max(most, peak), 0);

const isCount = (users: number): boolean => Number.isInteger(users) && users >= 0 && users <= USERS_MAX;
