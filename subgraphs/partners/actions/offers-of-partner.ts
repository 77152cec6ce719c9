import type { PartnerId } from '#kernel/ids';
import type { Money } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import { isInForce } from '../domain/agreement';
import type { DealKind } from '../domain/margin';
import { buysDirectly } from '../domain/partner';
import { firstDistributorOf, partnerById } from '../store/partners';
import { agreementsOfPartner } from '../store/program';
import type { PartnerRow } from '../store/tables';
import { offersFor } from './price-lines';

/** What a partner may sell, at its own price. */
export interface Offer {
  readonly sku: string;
  readonly name: string;
  readonly listPrice: Money;
  readonly myPrice: Money;
  readonly sellableUntil: PlainDate | null;
}

/**
 * The offers of a partner. Who buys from us pays the cost; who buys through a distributor pays the reseller's price, and sees
 * nothing of what the distributor pays (C5).
 */
export async function offersOf(
  work: Parameters<typeof offersFor>[0],
  partnerId: PartnerId,
  asked: { readonly currency: string | null; readonly dealKind: DealKind | null },
): Promise<readonly Offer[]> {
  const [partner] = await partnerById.batch(work.tx, [partnerId]);
  if (!partner?.isActive) return [];
  const isDirect = buysDirectly(partner);
  const buyer = isDirect ? partner : await firstDistributorOf(work.tx, partner.id);
  if (!buyer) return [];
  const [signed] = await agreementsOfPartner.batch(work.tx, [buyer.id]);
  const inForce = (signed ?? []).filter(agreement => isInForce(agreement, work.today));
  const agreement = asked.currency ? inForce.find(one => one.currency === asked.currency) : inForce[0];
  if (!agreement) return [];
  const chain = {
    track: buyer.track,
    dealKind: asked.dealKind ?? dealKindOf(partner),
    hasDistributor: buyer.kind === 'DISTRIBUTOR',
    hasReseller: partner.kind !== 'DISTRIBUTOR',
  };
  const offers = await offersFor(work, chain, agreement);
  return [...offers.values()].map(({ sku, name, unit }) => ({
    sku,
    name,
    listPrice: unit.list,
    myPrice: isDirect ? unit.cost : unit.reseller,
    // When a distributor's own agreement ends is between it and us.
    sellableUntil: isDirect ? agreement.endsOn : null,
  }));
}

const dealKindOf = ({ kind }: PartnerRow): DealKind => (kind === 'MSP' || kind === 'CLOUD_MARKETPLACE' ? kind : 'RESALE');
