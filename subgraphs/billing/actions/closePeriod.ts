import { accept } from '#kernel/result';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import { closable, monthOf } from '../domain/accounting-period';
import type { BillingEvents } from '../events/published';
import { lockPeriod } from '../store/periods';
import { actOnPeriod } from './act-on-period';

/** Closes the month of a day: from now on nothing is posted in it. */
export async function closePeriod(work: Work<BillingEvents>, request: { readonly month: PlainDate }) {
  const period = await lockPeriod(work.tx, monthOf(request.month));
  const decision = closable(period.month, period.isClosed, work.today);
  return decision.ok ? accept(await actOnPeriod(work, period, decision.value, null)) : decision;
}
