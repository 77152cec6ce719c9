import { isId, type PartnerId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { PartnersEvents } from '../events/published';
import { partnerOrderForUpdate, partnerOrderNamed, updatePartnerOrder } from '../store/partner-orders';

export interface ConfirmEndUserTerms {
  readonly partnerId: PartnerId;
  readonly externalId: string;
}

/** C6: the partner vouches, after the order, that its customer has accepted the licence agreement; the licence is released. */
export async function confirmEndUserTerms(work: Work<PartnersEvents>, { partnerId, externalId }: ConfirmEndUserTerms) {
  const named = await partnerOrderNamed(work.tx, partnerId, externalId);
  const order = named && isId('order', named.orderId) ? await partnerOrderForUpdate(work.tx, named.orderId) : null;
  if (!order) return partnerOrderNotFound();
  if (order.status === 'REJECTED') return refuse('ORDER_REJECTED', 'This order was rejected: there is nothing to be released.');
  if (order.areTermsAccepted) return accept(order);
  const { id: partnerOrderId, accountId } = order;
  work.announce('EndUserTermsAccepted.v1', { subject: partnerOrderId, accountId }, { accountId, partnerOrderId });
  return accept(await updatePartnerOrder(work.tx, order.id, { areTermsAccepted: true }));
}

/** An order that the partner did not place, or that does not exist. */
export const partnerOrderNotFound = () => refuse('PARTNER_ORDER_NOT_FOUND', 'You have placed no such order.', { path: ['externalId'] });
