import { addDays, addMonths, plainDateFrom } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { PaymentMethodAdded } from '../../billing/events/published';
import type { SubscriptionsEvents } from '../events/published';
import { keepCard } from '../store/renewals';

/** Keeps until when a card can be charged: the last day of its month. One of which that was not told is good until it is declined. */
export async function copyCard(
  work: Work<SubscriptionsEvents>,
  { accountId, paymentMethodId: id, expiryMonth, expiryYear }: PaymentMethodAdded,
): Promise<void> {
  const firstDay = plainDateFrom(`${expiryYear}-${String(expiryMonth).padStart(2, '0')}-01`);
  await keepCard(work.tx, { accountId, id, endsOn: firstDay && addDays(addMonths(firstDay, 1), -1) });
}
