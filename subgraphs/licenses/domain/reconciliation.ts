import { addDays, addMonths, type PlainDate } from '#kernel/time';

/** Q1: overage is reconciled when quarters 1, 2 and 3 of a term end; the fourth ends with the renewal. */
export const RECONCILED_QUARTERS = [1, 2, 3] as const;

/** Standings that the calendar cannot tell: nothing is reconciled in them. */
const AT_REST: readonly string[] = ['DRAFT', 'SUSPENDED', 'CANCELLED'];

/** Q1: self-managed instances get so many days to send their last counts of the quarter. */
export const SELF_MANAGED_DELAY_DAYS = 6;

/** Q3: facts about the buyer for which nothing is reconciled. What nobody told does not stand against it. */
export interface ReconciledAccount {
  readonly segment: string | null;
  readonly holds: readonly string[] | null;
  readonly hasMasterAgreement: boolean | null;
}

/** Q3: segments that are not reconciled. */
const LEFT_ALONE: readonly string[] = ['PUBLIC_SECTOR', 'EDUCATION', 'OPEN_SOURCE', 'STARTUP'];

/** Q3: whether a subscription is left out: sold by a partner, on any hold, under a master agreement, or of such a segment. */
export const isLeftOut = ({ segment, holds, hasMasterAgreement }: ReconciledAccount, isResold: boolean): boolean =>
  isResold || hasMasterAgreement === true || (holds ?? []).length > 0 || LEFT_ALONE.includes(segment ?? '');

/**
 * Q1: the day of the next reconciliation after today, or null when the term has none left. Only terms of 12 months
 * have any. A quarter's day is counted from the term's start, so a start on the 31st does not drift.
 */
export function nextReconciliationOn(
  subscription: { readonly status: string; readonly deployment: string; readonly termStartsOn: PlainDate; readonly termMonths: number },
  today: PlainDate,
): PlainDate | null {
  if (AT_REST.includes(subscription.status) || subscription.termMonths !== 12) return null;
  const delayDays = subscription.deployment === 'SELF_MANAGED' ? SELF_MANAGED_DELAY_DAYS : 0;
  const days = RECONCILED_QUARTERS.map(quarter => addDays(addMonths(subscription.termStartsOn, 3 * quarter), delayDays));
  return days.find(day => day > today) ?? null;
}
