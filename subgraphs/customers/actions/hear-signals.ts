import type { Work } from '#kernel/work';
import type { SeatUsageReported } from '../../licenses/events/published';
import { usageSignal } from '../domain/lead';
import type { CustomersEvents } from '../events/published';
import { accountForUpdate } from '../store/accounts';
import { keepSignal } from './keep-lead';

/** Seats that run out are a reason to call. What an account without a record uses is nobody's lead. */
export async function hearUsage(work: Work<CustomersEvents>, usage: SeatUsageReported): Promise<void> {
  const message = usageSignal(usage);
  const account = message === null ? null : await accountForUpdate(work.tx, usage.accountId);
  if (message === null || !account) return;
  await keepSignal(work, account, { source: 'USAGE_SIGNAL', subject: usage.subscriptionId, message, raisedBy: null });
}
