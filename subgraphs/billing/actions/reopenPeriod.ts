import { accept } from '#kernel/result';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import { monthOf, reopenable } from '../domain/accounting-period';
import type { BillingEvents } from '../events/published';
import { lockPeriod } from '../store/periods';
import { actOnPeriod } from './act-on-period';

/** Opens a closed month again, and keeps who wanted it and why. */
export async function reopenPeriod(work: Work<BillingEvents>, request: { readonly month: PlainDate; readonly reason: string }) {
  const period = await lockPeriod(work.tx, monthOf(request.month));
  const decision = reopenable(period.month, period.isClosed);
  return decision.ok ? accept(await actOnPeriod(work, period, decision.value, request.reason)) : decision;
}
