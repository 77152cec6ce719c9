import { accept, refuse } from '#kernel/result';
import type { DealKind } from './margin';
import { buysDirectly, type PartnerKind, type PartnerTrack } from './partner';

interface ChainPartner {
  readonly kind: PartnerKind;
  readonly track: PartnerTrack;
  readonly isActive: boolean;
}

/** Who stands between us and the customer, and what that makes of the deal. */
export interface Chain {
  readonly hasDistributor: boolean;
  readonly hasReseller: boolean;
  readonly track: PartnerTrack;
  readonly dealKind: DealKind;
  readonly dealType: 'RESALE' | 'MSP';
  readonly channel: 'DISTRIBUTOR' | 'CLOUD_MARKETPLACE';
}

/**
 * C1, C4: decides who may order for whom. Open-track partners buy through a distributor, who orders for them; a distributor
 * orders for a reseller it works with in the customer's region, or for itself. Referral partners bring customers and order nothing.
 */
export function chainOf(buyer: ChainPartner, reseller: ChainPartner | null, isRelated: boolean) {
  if (!buyer.isActive) return refuse('PARTNER_INACTIVE', 'We do not work with this partner any more.');
  if (buyer.kind === 'REFERRAL') return refuse('PARTNER_MAY_NOT_ORDER', 'A referral partner registers deals and places no orders.');
  if (!buysDirectly(buyer)) {
    return refuse('DISTRIBUTOR_REQUIRED', 'Partners on this track buy through a distributor: please send the order to yours.');
  }
  const at = { path: ['resellerId'] };
  if (reseller && buyer.kind !== 'DISTRIBUTOR') return refuse('RESELLER_NOT_FOUND', 'Only a distributor orders for a reseller.', at);
  if (reseller && (!isRelated || !reseller.isActive)) {
    return refuse('RESELLER_NOT_FOUND', 'You do not work with such a reseller in the region of this customer.', at);
  }
  const seller = reseller ?? buyer;
  const isMarketplace = buyer.kind === 'CLOUD_MARKETPLACE';
  const isManaged = seller.kind === 'MSP';
  return accept({
    hasDistributor: buyer.kind === 'DISTRIBUTOR',
    hasReseller: seller.kind !== 'DISTRIBUTOR',
    // By the buyer's track: a distributor pays the same whoever it sells to, so its price list holds before it has a customer.
    track: buyer.track,
    dealKind: isMarketplace ? ('CLOUD_MARKETPLACE' as const) : isManaged ? ('MSP' as const) : ('RESALE' as const),
    dealType: isManaged ? ('MSP' as const) : ('RESALE' as const),
    channel: isMarketplace ? ('CLOUD_MARKETPLACE' as const) : ('DISTRIBUTOR' as const),
  });
}
