import type { Work } from '#kernel/work';
import { mayBecome, type PartnerOrderStatus } from '../domain/partner-order';
import type { PartnersEvents } from '../events/published';
import { insertHistory, updatePartnerOrder } from '../store/partner-orders';
import type { PartnerOrderRow } from '../store/tables';
import { queueStatus } from './queue-delivery';

/** Tells everybody who follows an order how it stands. */
export async function tellStatus(work: Work<PartnersEvents>, order: PartnerOrderRow, reason: string): Promise<void> {
  const { id: partnerOrderId, orderId, partnerId, accountId, status } = order;
  const at = work.now.toISOString();
  work.announce(
    'PartnerOrderChanged.v1',
    { subject: partnerOrderId, accountId },
    { partnerOrderId, orderId, partnerId, status, reason, at },
  );
  await queueStatus(work, order, order.historyLength, reason);
}

/** Moves a locked order to where it stands now, with its reason. News that leads nowhere, doubled or late, changes nothing. */
export async function moveOrder(
  work: Work<PartnersEvents>,
  order: PartnerOrderRow,
  status: PartnerOrderStatus,
  reason: string,
): Promise<void> {
  if (!mayBecome(order.status, status)) return;
  const entry = { partnerOrderId: order.id, position: order.historyLength, at: work.now, status, reason, actor: work.actor };
  await insertHistory(work.tx, entry);
  const moved = await updatePartnerOrder(work.tx, order.id, { status, historyLength: order.historyLength + 1 });
  await tellStatus(work, moved, reason);
}
