import type { PartnerId } from '#kernel/ids';
import { money } from '#kernel/money';
import { accept, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { ChainPrice } from '../domain/margin';
import { externalIdFrom } from '../domain/partner-order';
import type { PartnersEvents } from '../events/published';
import { linesOfSubscription, soldSubscriptionNamed } from '../store/partner-orders';
import type { PartnerOrderLineRow, PartnerOrderRow, SoldSubscriptionRow } from '../store/tables';
import { acceptOrder, type DecidedOrder, fingerprintOf, knownOrder, type PlacedOrder } from './accept-order';
import { agreementFor, partiesOf } from './order-parties';

/** What every later order for a subscription names. */
export interface Amendment {
  readonly partnerId: PartnerId;
  readonly externalId: string;
  readonly subscriptionName: string;
}

/** A subscription that the partner sold, with everything that was ordered for it. */
export interface Sold {
  readonly subscription: SoldSubscriptionRow;
  readonly ordered: readonly { readonly line: PartnerOrderLineRow; readonly order: PartnerOrderRow }[];
  readonly first: PartnerOrderRow;
}

type Decided = Pick<DecidedOrder, 'kind' | 'lines' | 'actions' | 'poNumber' | 'poAmountMinor'>;
type Parties = Pick<DecidedOrder, 'chain' | 'agreement' | 'buyer' | 'reseller'>;

/**
 * Decides a later order for a subscription that the partner sold: the parties are those of then, as they stand now. Only who is
 * invoiced orders; any other subscription is answered as one that does not exist.
 */
export async function amendSold(
  work: Work<PartnersEvents>,
  request: Amendment,
  decide: (sold: Sold, parties: Parties) => Promise<Result<Decided>>,
): Promise<Result<PlacedOrder>> {
  const reference = externalIdFrom(request.externalId);
  if (!reference.ok) return reference;
  const requestHash = fingerprintOf(request);
  const known = await knownOrder(work, request.partnerId, reference.value, requestHash);
  if (!known.ok) return known;
  if (known.value) return accept(known.value);

  const subscription = await soldSubscriptionNamed(work.tx, request.subscriptionName);
  if (subscription?.partnerId !== request.partnerId) return subscriptionNotFound();
  const ordered = await linesOfSubscription(work.tx, subscription.name);
  const first = ordered[0]?.order;
  if (!first) return subscriptionNotFound();
  const { endCustomer, accountId, resellerId, areTermsAccepted, dealRegistrationId } = first;
  const parties = await partiesOf(work, { partnerId: request.partnerId, resellerId, country: endCustomer.country });
  if (!parties.ok) return parties;
  const agreement = await agreementFor(work, request.partnerId, first.currency, work.today);
  if (!agreement.ok) return agreement;
  const involved = { ...parties.value, agreement: agreement.value };
  const decided = await decide({ subscription, ordered, first }, involved);
  if (!decided.ok) return decided;

  return acceptOrder(work, {
    ...decided.value,
    ...involved,
    externalId: reference.value,
    requestHash,
    customer: endCustomer,
    accountId,
    areTermsAccepted,
    isRestricted: false,
    dealRegistrationId,
    marketplace: marketplaceOf(first),
  });
}

/** What one unit was sold for, to each party: added seats keep it (P6). */
export const unitOf = (line: PartnerOrderLineRow): ChainPrice => ({
  list: money(line.listUnitMinor, line.currency),
  cost: money(line.costUnitMinor, line.currency),
  reseller: money(line.resellerUnitMinor, line.currency),
  customer: money(line.customerUnitMinor, line.currency),
});

/** A subscription that the partner did not sell, or that does not exist. */
const subscriptionNotFound = () => refuse('SUBSCRIPTION_NOT_FOUND', 'You have sold no such subscription.', { path: ['subscriptionName'] });

const marketplaceOf = ({ marketplaceOfferId: offerId, marketplaceAgreementId: agreementId }: PartnerOrderRow) =>
  offerId && agreementId ? { offerId, agreementId } : null;
