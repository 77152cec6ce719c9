import type { Id, PartnerId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { dealNotFound, extendDeal } from '../domain/deal-registration';
import type { PartnersEvents } from '../events/published';
import { dealForUpdate, saveDeal } from '../store/deals';
import type { DealRow } from '../store/tables';

export interface ExtendDealRegistration {
  readonly partnerId: PartnerId;
  readonly dealRegistrationId: Id<'dealRegistration'>;
}

/** C2: an approved deal is extended once, by 30 days. */
export async function extendDealRegistration(work: Work<PartnersEvents>, request: ExtendDealRegistration): Promise<Result<DealRow>> {
  const deal = await dealForUpdate(work.tx, request.dealRegistrationId);
  if (deal?.partnerId !== request.partnerId) return dealNotFound();
  const extended = extendDeal(deal, work.today);
  if (!extended.ok) return extended;
  return accept(await saveDeal(work.tx, { ...deal, ...extended.value, extendedAt: work.now }));
}
