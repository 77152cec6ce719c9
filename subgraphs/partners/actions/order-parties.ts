import type { AccountId, PartnerId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import { agreementMissing, isInForce } from '../domain/agreement';
import { chainOf } from '../domain/chain';
import { type EndCustomer, regionOf } from '../domain/end-customer';
import { partnerNotFound } from '../domain/partner';
import type { PartnerParty, PartnersEvents } from '../events/published';
import { partnerById } from '../store/partners';
import { agreementsOfPartner, areRelated } from '../store/program';
import type { AgreementRow, PartnerRow } from '../store/tables';

/** C1, C4: who takes part in an order, and what that makes of it. */
export async function partiesOf(
  work: Work<PartnersEvents>,
  { partnerId, resellerId, country }: { readonly partnerId: PartnerId; readonly resellerId: PartnerId | null; readonly country: string },
) {
  const [buyer] = await partnerById.batch(work.tx, [partnerId]);
  if (!buyer) return partnerNotFound();
  const [reseller] = resellerId ? await partnerById.batch(work.tx, [resellerId]) : [];
  if (resellerId && !reseller) return refuse('RESELLER_NOT_FOUND', 'You do not work with such a reseller.', { path: ['resellerId'] });
  const isRelated = reseller ? await areRelated(work.tx, buyer.id, reseller.id, regionOf(country)) : false;
  const chain = chainOf(buyer, reseller ?? null, isRelated);
  return chain.ok ? accept({ buyer, reseller: reseller ?? null, chain: chain.value }) : chain;
}

/** The agreement under which a partner orders: the one in force, in the currency where that is said. */
export async function agreementFor(work: Work<PartnersEvents>, partnerId: PartnerId, currency: string | null, on: PlainDate) {
  const [signed] = await agreementsOfPartner.batch(work.tx, [partnerId]);
  const inForce = (signed ?? []).filter(agreement => isInForce(agreement, on));
  if (inForce.length === 0) return agreementMissing();
  const agreement = currency ? inForce.find(one => one.currency === currency) : inForce[0];
  if (!agreement) {
    const message = `Your agreement is in ${inForce.map(one => one.currency).join(', ')}: please send the purchase order in it.`;
    return refuse('PO_CURRENCY_MISMATCH', message, { path: ['po', 'amount'] });
  }
  if (!agreement.sellingEntity) {
    return refuse('AGREEMENT_NOT_IN_FORCE', 'Your agreement was signed a moment ago: please try again.', { retryable: true });
  }
  if (agreement.holds.includes('CREDIT_HOLD') || agreement.holds.includes('SUPPORT_HOLD')) {
    return refuse('ACCOUNT_ON_HOLD', 'Your account is on hold: please settle what is overdue first.');
  }
  return accept({ ...agreement, sellingEntity: agreement.sellingEntity });
}

/** The partner as the party that is invoiced. */
export const partyOf = (agreement: AgreementRow, name: PartnerRow['name']): PartnerParty => ({
  accountId: agreement.accountId,
  name,
  currency: agreement.currency,
  paymentTermsDays: agreement.paymentTermsDays,
  sellingEntity: agreement.sellingEntity ?? '',
  vatId: null,
  contact: agreement.billTo,
});

/** The end customer as the party that the subscription belongs to. */
export const customerParty = (customer: EndCustomer, accountId: AccountId, agreement: AgreementRow): PartnerParty => ({
  accountId,
  name: customer.companyName,
  currency: agreement.currency,
  paymentTermsDays: agreement.paymentTermsDays,
  sellingEntity: agreement.sellingEntity ?? '',
  vatId: customer.vatId,
  contact: customer.contact,
});
