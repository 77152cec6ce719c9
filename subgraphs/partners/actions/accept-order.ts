import { createHash } from 'node:crypto';
import type { AccountId, Id, PartnerOrderId } from '#kernel/ids';
import { moneyText, zero } from '#kernel/money';
import { accept, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { Chain } from '../domain/chain';
import type { EndCustomer } from '../domain/end-customer';
import { totalOf } from '../domain/margin';
import { type PartnerOrderKind, REJECTED_BY_SCREENING } from '../domain/partner-order';
import type { PartnerAction, PartnersEvents } from '../events/published';
import { insertPartnerOrder, partnerOrderNamed } from '../store/partner-orders';
import type { AgreementRow, HistoryRow, PartnerOrderLineRow, PartnerOrderRow, PartnerRow } from '../store/tables';
import { customerParty, partyOf } from './order-parties';
import type { PricedLine } from './price-lines';
import { tellStatus } from './tell-status';

/** An order of which everything is decided but whether it may be carried out. */
export interface DecidedOrder {
  readonly kind: PartnerOrderKind;
  readonly externalId: string;
  readonly requestHash: string;
  readonly buyer: PartnerRow;
  readonly reseller: PartnerRow | null;
  readonly chain: Chain;
  readonly agreement: AgreementRow;
  readonly customer: EndCustomer;
  readonly accountId: AccountId;
  readonly lines: readonly PricedLine[];
  readonly actions: readonly PartnerAction[];
  readonly poNumber: string | null;
  readonly poAmountMinor: bigint | null;
  readonly areTermsAccepted: boolean;
  readonly isRestricted: boolean;
  readonly dealRegistrationId: Id<'dealRegistration'> | null;
  readonly marketplace: { readonly offerId: string; readonly agreementId: string } | null;
}

/** An order; one that was placed in this request has its lines with it: after a dry run nothing is stored. */
export interface PlacedOrder extends PartnerOrderRow {
  readonly placed?: { readonly lines: readonly PartnerOrderLineRow[]; readonly history: readonly HistoryRow[] };
}

/** The order that a partner has under this reference: the same one again, or a refusal when it was for something else. */
export async function knownOrder(
  work: Work<PartnersEvents>,
  partnerId: PartnerRow['id'],
  externalId: string,
  requestHash: string,
): Promise<Result<PartnerOrderRow | null>> {
  const known = await partnerOrderNamed(work.tx, partnerId, externalId);
  if (!known || known.requestHash === requestHash) return accept(known);
  return refuse('EXTERNAL_ID_REUSED', 'You have another order under this reference: please choose a new one.', { path: ['externalId'] });
}

/** The fingerprint of what was asked for, whatever key it came with. */
export const fingerprintOf = (request: object): string => createHash('sha256').update(JSON.stringify(request)).digest('base64url');

/** Saves an order and tells those who carry it out. Of the same order sent many times at once, the first is kept and answered to all. */
export async function acceptOrder(work: Work<PartnersEvents>, decided: DecidedOrder): Promise<Result<PlacedOrder>> {
  const { buyer, reseller, agreement, customer, accountId, isRestricted } = decided;
  const row = rowOf(work, decided);
  const reason = isRestricted ? REJECTED_BY_SCREENING : 'Checked, priced and accepted.';
  const first = { partnerOrderId: row.id, position: 0, at: work.now, status: row.status, reason, actor: work.actor };
  const lines = decided.lines.map((line, position) => lineRow(row.id, line, position));
  const saved = await insertPartnerOrder(work.tx, row, lines, first);
  if (!saved) {
    const known = await knownOrder(work, buyer.id, decided.externalId, decided.requestHash);
    if (!known.ok) return known;
    if (!known.value) throw new Error('An order that was there a moment ago is gone.');
    return accept(known.value);
  }
  await tellStatus(work, saved, reason);
  const placed = { ...saved, placed: { lines, history: [first] } };
  if (isRestricted) return accept(placed);

  const { currency } = agreement;
  const prices = new Map(decided.lines.map(({ sku, unit }) => [sku, unit]));
  work.announce(
    'PartnerOrderAccepted.v1',
    { subject: saved.id, accountId },
    {
      partnerOrderId: saved.id,
      orderId: saved.orderId,
      partnerId: buyer.id,
      resellerId: reseller?.id ?? null,
      channel: decided.chain.channel,
      dealType: decided.chain.dealType,
      customer: customerParty(customer, accountId, agreement),
      invoiceOwner: partyOf(agreement, buyer.name),
      poNumber: saved.poNumber,
      isEulaAccepted: saved.areTermsAccepted,
      actions: decided.actions,
      prices: [...prices].map(([sku, unit]) => ({
        sku,
        customerUnitPrice: moneyText(unit.customer),
        invoiceUnitPrice: moneyText(unit.cost),
      })),
      invoiceSubtotal: moneyText({ minor: saved.costMinor, currency }),
    },
  );
  return accept(placed);
}

function rowOf(work: Work<PartnersEvents>, decided: DecidedOrder): PartnerOrderRow {
  const { kind, externalId, requestHash, buyer, reseller, chain, agreement, customer, accountId, marketplace } = decided;
  const total = totalOf(
    decided.lines.map(line => line.amount),
    zero(agreement.currency),
  );
  return {
    id: work.newId('partnerOrder'),
    partnerId: buyer.id,
    resellerId: reseller?.id ?? null,
    externalId,
    requestHash,
    kind,
    dealKind: chain.dealKind,
    orderId: work.newId('order'),
    accountId,
    agreementId: agreement.id,
    dealRegistrationId: decided.dealRegistrationId,
    endCustomer: customer,
    currency: agreement.currency,
    listMinor: total.list.minor,
    costMinor: total.cost.minor,
    resellerMinor: total.reseller.minor,
    customerMinor: total.customer.minor,
    poNumber: decided.poNumber,
    poAmountMinor: decided.poAmountMinor,
    areTermsAccepted: decided.areTermsAccepted,
    marketplaceOfferId: marketplace?.offerId ?? null,
    marketplaceAgreementId: marketplace?.agreementId ?? null,
    status: decided.isRestricted ? 'REJECTED' : 'ACCEPTED',
    isLicenseDelivered: false,
    subscriptionName: decided.lines.find(line => line.subscriptionName)?.subscriptionName ?? null,
    invoiceNumber: null,
    invoiceStatus: null,
    invoiceDueOn: null,
    historyLength: 1,
    placedBy: work.actor,
    placedAt: work.now,
    correlationId: work.correlationId,
  };
}

function lineRow(partnerOrderId: PartnerOrderId, { unit, amount, ...line }: PricedLine, position: number): PartnerOrderLineRow {
  return {
    ...line,
    partnerOrderId,
    position,
    currency: unit.list.currency,
    listUnitMinor: unit.list.minor,
    costUnitMinor: unit.cost.minor,
    resellerUnitMinor: unit.reseller.minor,
    customerUnitMinor: unit.customer.minor,
    listMinor: amount.list.minor,
    costMinor: amount.cost.minor,
    resellerMinor: amount.reseller.minor,
    customerMinor: amount.customer.minor,
  };
}
