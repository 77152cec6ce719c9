import { isStaff, type Viewer } from '#kernel/auth/viewer';
import type { HouseContext } from '#kernel/graph/context';
import { type Id, type IdKind, idFromUuid, isId, type PartnerId } from '#kernel/ids';
import type { PartnersEvents } from '../events/published';
import type { WebhookSender } from '../ports/webhook-sender';
import { partnerById } from '../store/partners';
import type { PartnerRow } from '../store/tables';

export type PartnersContext = HouseContext<PartnersEvents, { readonly sender: WebhookSender }>;

/** Staff see every partner, a partner's system its own, and nobody else sees any. */
export const canSeePartner = (viewer: Viewer, id: PartnerId): boolean => isStaff(viewer) || viewer.partnerId === id;

/** A partner that the viewer may know of; any other is answered as if it did not exist. */
export async function visiblePartner(ctx: PartnersContext, id: string): Promise<PartnerRow | null> {
  return isId('partner', id) && canSeePartner(ctx.viewer, id) ? ctx.load(partnerById, id) : null;
}

/** The id that a client names. Text that is no such id becomes one that exists nowhere, and is refused as such. */
export const named = <Kind extends IdKind>(kind: Kind, text: string): Id<Kind> => (isId(kind, text) ? text : idFromUuid(kind, NOWHERE));

const NOWHERE = '00000000-0000-0000-0000-000000000000';

/** The partner whose system asks. A viewer without one stands for a partner that does not exist. */
export const ownPartner = ({ viewer }: PartnersContext): PartnerId => viewer.partnerId ?? named('partner', '');

/** Whether the viewer takes part in an order: as its buyer or its reseller, or as one of us. */
export const isPartyOf = (viewer: Viewer, order: { readonly partnerId: PartnerId; readonly resellerId: PartnerId | null }): boolean =>
  canSeePartner(viewer, order.partnerId) || (order.resellerId !== null && viewer.partnerId === order.resellerId);
