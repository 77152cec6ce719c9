import { accept } from '#kernel/result';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import { monthOf, postable } from '../domain/accounting-period';
import type { BillingEvents } from '../events/published';
import { isMonthClosed } from '../store/periods';

/**
 * Refuses to post on a day whose month is closed. A month that is not over cannot be closed, so today is not asked for;
 * who crosses midnight or a closing meets the trigger before every entry, is tried again, and is refused here.
 */
export async function checkPeriod(work: Work<BillingEvents>, on: PlainDate) {
  const month = monthOf(on);
  return month >= monthOf(work.today) ? accept(on) : postable(on, await isMonthClosed(work.tx, month));
}
