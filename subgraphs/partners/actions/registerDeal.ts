import type { PartnerId } from '#kernel/ids';
import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import { screenedName } from '#kernel/text';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import { isValidOn, registerNew } from '../domain/deal-registration';
import { type EndCustomerEntry, endCustomerFrom } from '../domain/end-customer';
import { partnerInactive, partnerNotFound } from '../domain/partner';
import type { PartnersEvents } from '../events/published';
import { holderOf, holdOpportunity, saveDeal } from '../store/deals';
import { partnerById } from '../store/partners';
import type { DealRow } from '../store/tables';

export interface RegisterDeal {
  readonly partnerId: PartnerId;
  readonly endCustomer: EndCustomerEntry;
  readonly sku: string;
  readonly seats: number;
  readonly expectedCloseOn: PlainDate;
}

const SKU_LENGTH_MAX = 100;

/**
 * C2: registers a deal, one for an opportunity: a customer and a product. A deal of the same partner that was returned is sent in
 * again; one that was denied or has run out makes room.
 */
export async function registerDeal(work: Work<PartnersEvents>, request: RegisterDeal): Promise<Result<DealRow, Refusal>> {
  const { partnerId, sku, seats, expectedCloseOn } = request;
  const [partner] = await partnerById.batch(work.tx, [partnerId]);
  if (!partner) return partnerNotFound();
  if (!partner.isActive) return partnerInactive();
  const customer = endCustomerFrom(request.endCustomer);
  if (!customer.ok) return customer;
  if (sku.trim() === '' || sku.length > SKU_LENGTH_MAX)
    return refuse('OFFER_NOT_FOUND', 'Please name a plan of your offers.', { path: ['sku'] });
  const registered = registerNew({ seats, expectedCloseOn }, work.today);
  if (!registered.ok) return registered;

  const proposed = work.newId('dealRegistration');
  const opportunity = [screenedName(customer.value.companyName), customer.value.country, sku].join('|');
  const holder = await holderOf(work.tx, opportunity, proposed);
  if (holder && isHeld(holder, work.today)) {
    const isOwn = holder.partnerId === partnerId;
    const message = isOwn ? 'You have registered this deal already.' : 'A deal for this customer and product is registered already.';
    return refuse('DEAL_ALREADY_REGISTERED', message, { path: ['endCustomer'] });
  }
  const returned = holder?.state === 'RETURNED' && holder.partnerId === partnerId ? holder : null;
  const id = returned?.id ?? proposed;
  if (holder && !returned) await holdOpportunity(work.tx, opportunity, id);
  return accept(
    await saveDeal(work.tx, {
      id,
      partnerId,
      endCustomer: customer.value,
      sku,
      seats,
      expectedCloseOn,
      ...registered.value,
      decidedBy: null,
      decidedAt: null,
      reason: null,
      expiresOn: null,
      extendedAt: null,
      registeredBy: work.actor,
      registeredAt: work.now,
    }),
  );
}

/** True while nobody else may register the opportunity. */
const isHeld = (deal: DealRow, today: PlainDate): boolean => deal.state === 'PENDING_APPROVAL' || isValidOn(deal, today);
