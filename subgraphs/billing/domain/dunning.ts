import { daysBetween, type PlainDate } from '#kernel/time';

/** What is done about an invoice that stays unpaid. */
export const DUNNING_ACTS = ['REMIND', 'HOLD'] as const;
export type DunningAct = (typeof DUNNING_ACTS)[number];

/** One step of the policy: what is done once something has been due for so many days. */
export interface DunningStep {
  /** At least 1. */
  readonly daysOverdue: number;
  readonly act: DunningAct;
}

/**
 * What is done about overdue invoices, the earliest first: reminders after 7, 14 and 30 days, and a hold once one is more
 * than 90 days overdue. Policy value.
 */
export const DUNNING_POLICY: readonly DunningStep[] = [
  { daysOverdue: 7, act: 'REMIND' },
  { daysOverdue: 14, act: 'REMIND' },
  { daysOverdue: 30, act: 'REMIND' },
  { daysOverdue: 91, act: 'HOLD' },
];

/**
 * The reminder that is due for an invoice, or null. Each is sent once; when days were missed, only the latest one that is
 * due is sent, since nobody is reminded three times on one morning. `lastStep` is the day count of the last one sent.
 */
export function reminderDue(
  daysOverdue: number,
  lastStep: number | null,
  policy: readonly DunningStep[] = DUNNING_POLICY,
): DunningStep | null {
  const due = policy.filter(step => step.act === 'REMIND' && step.daysOverdue <= daysOverdue).at(-1);
  return due && due.daysOverdue > (lastStep ?? 0) ? due : null;
}

/** Whether an account is held: its oldest unpaid invoice has been due for as long as the policy's hold says. */
export function isHeldFor(oldestDueOn: PlainDate | null, today: PlainDate, policy: readonly DunningStep[] = DUNNING_POLICY): boolean {
  if (oldestDueOn === null) return false;
  const overdue = daysBetween(oldestDueOn, today);
  return policy.some(step => step.act === 'HOLD' && step.daysOverdue <= overdue);
}

/** For how many days something must have been due before anything is done about it. */
export const firstStepDays = (policy: readonly DunningStep[] = DUNNING_POLICY): number => Math.min(...policy.map(step => step.daysOverdue));
