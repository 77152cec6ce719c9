import { type Id, isId, type PartnerId } from '#kernel/ids';
import { accept, type Result, refuse } from '#kernel/result';
import { screenedName } from '#kernel/text';
import type { Work } from '#kernel/work';
import { dealNotFound, isValidOn } from '../domain/deal-registration';
import type { EndCustomer } from '../domain/end-customer';
import type { PartnersEvents } from '../events/published';
import { dealById } from '../store/deals';

/** C2: the registered deal that an order names: the partner's own, approved and valid, and for this customer. */
export async function registrationFor(
  work: Work<PartnersEvents>,
  partnerId: PartnerId,
  named: string | null,
  customer: EndCustomer,
): Promise<Result<Id<'dealRegistration'> | null>> {
  if (named === null) return accept(null);
  const [deal] = isId('dealRegistration', named) ? await dealById.batch(work.tx, [named]) : [];
  if (deal?.partnerId !== partnerId) return dealNotFound();
  const isSameCustomer = screenedName(deal.endCustomer.companyName) === screenedName(customer.companyName);
  if (!isSameCustomer || !isValidOn(deal, work.today)) {
    return refuse('DEAL_STATE_FORBIDS', 'This deal is not approved, has run out, or is for another customer.', {
      path: ['dealRegistrationId'],
    });
  }
  return accept(deal.id);
}
