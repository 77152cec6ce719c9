import type { PartnerId } from '#kernel/ids';
import { type Currency, type Money, zero } from '#kernel/money';
import { accept, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { Chain } from '../domain/chain';
import { customerKeyOf, type EndCustomerEntry, endCustomerFrom, screenedPartsOf } from '../domain/end-customer';
import { totalOf } from '../domain/margin';
import { acceptPo, type OrderedLine, wellFormed } from '../domain/partner-order';
import type { PartnersEvents } from '../events/published';
import { accountOfCustomer, isRestricted } from '../store/program';
import type { PartnerRow } from '../store/tables';
import { acceptOrder, fingerprintOf, knownOrder, type PlacedOrder } from './accept-order';
import { registrationFor } from './deal-of-order';
import { agreementFor, partiesOf } from './order-parties';
import { type PricedLine, priceLines } from './price-lines';

/** What a partner orders, as it was sent. */
export interface PlacePartnerOrder {
  readonly partnerId: PartnerId;
  readonly externalId: string;
  readonly resellerId: PartnerId | null;
  readonly endCustomer: EndCustomerEntry;
  readonly lines: readonly OrderedLine[];
  readonly po: { readonly number: string; readonly amount: Money };
  readonly dealRegistrationId: string | null;
  readonly areTermsAccepted: boolean;
  readonly marketplace: { readonly offerId: string; readonly agreementId: string } | null;
}

/**
 * Decides a partner's order as a whole, here and now: who takes part (C1, C4), what each party pays, whether the purchase order
 * fits (C3), and whether nobody is restricted. Orders carries it out under the id that it gets here.
 */
export async function placePartnerOrder(work: Work<PartnersEvents>, request: PlacePartnerOrder): Promise<Result<PlacedOrder>> {
  const formed = wellFormed({ ...request, poNumber: request.po.number }, work.today);
  if (!formed.ok) return formed;
  const { externalId, poNumber } = formed.value;
  const requestHash = fingerprintOf({ ...request, po: { ...request.po, amount: String(request.po.amount.minor) } });
  const known = await knownOrder(work, request.partnerId, externalId, requestHash);
  if (!known.ok) return known;
  if (known.value) return accept(known.value);

  const customer = endCustomerFrom(request.endCustomer);
  if (!customer.ok) return customer;
  const { country } = customer.value;
  const parties = await partiesOf(work, { partnerId: request.partnerId, resellerId: request.resellerId, country });
  if (!parties.ok) return parties;
  const { buyer, reseller, chain } = parties.value;
  const marketplace = marketplaceOf(chain, request.marketplace);
  if (!marketplace.ok) return marketplace;
  const agreement = await agreementFor(work, buyer.id, request.po.amount.currency, work.today);
  if (!agreement.ok) return agreement;

  const lines = await priceLines(work, request.lines, chain, agreement.value);
  if (!lines.ok) return lines;
  const po = acceptPo(request.po.amount, costOf(lines.value, agreement.value.currency));
  if (!po.ok) return po;
  const deal = await registrationFor(work, buyer.id, request.dealRegistrationId, customer.value);
  if (!deal.ok) return deal;

  return acceptOrder(work, {
    kind: 'NEW',
    externalId,
    requestHash,
    buyer,
    reseller,
    chain,
    agreement: agreement.value,
    customer: customer.value,
    accountId: await accountOfCustomer(work.tx, buyer.id, customerKeyOf(customer.value, agreement.value.currency), work.newId('account')),
    lines: lines.value,
    actions: request.lines.map(line => ({ kind: 'CREATE_SUBSCRIPTION' as const, ...line })),
    poNumber,
    poAmountMinor: po.value.minor,
    areTermsAccepted: request.areTermsAccepted,
    isRestricted: await isRestricted(work.tx, screenedPartsOf(customer.value, namesOf(buyer, reseller))),
    dealRegistrationId: deal.value,
    marketplace: marketplace.value,
  });
}

const costOf = (lines: readonly PricedLine[], currency: Currency): Money =>
  totalOf(
    lines.map(line => line.amount),
    zero(currency),
  ).cost;

const namesOf = (...partners: readonly (PartnerRow | null)[]): readonly string[] => partners.flatMap(partner => partner?.name ?? []);

const MARKETPLACE_ID_LENGTH_MAX = 200;

/** A cloud marketplace names the offer and the agreement on its side; nobody else has such. */
function marketplaceOf(chain: Chain, asked: PlacePartnerOrder['marketplace']) {
  const path = ['marketplace'];
  if (chain.channel !== 'CLOUD_MARKETPLACE') {
    return asked ? refuse('MARKETPLACE_MISMATCH', 'Only a cloud marketplace has offers of its own.', { path }) : accept(null);
  }
  const isNamed = (text: string) => text.trim() !== '' && text.length <= MARKETPLACE_ID_LENGTH_MAX;
  if (asked && isNamed(asked.offerId) && isNamed(asked.agreementId)) return accept(asked);
  return refuse('MARKETPLACE_MISMATCH', 'A cloud marketplace names the offer and the agreement on its side.', { path });
}
