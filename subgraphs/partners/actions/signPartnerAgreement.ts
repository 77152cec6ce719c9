import type { PartnerId } from '#kernel/ids';
import { isCurrency } from '#kernel/money';
import { accept, type Result, refuse } from '#kernel/result';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import { sign } from '../domain/agreement';
import { contactFrom, type EndCustomerEntry } from '../domain/end-customer';
import { partnerInactive, partnerNotFound } from '../domain/partner';
import type { PartnersEvents } from '../events/published';
import { partnerForUpdate } from '../store/partners';
import { agreementsOfPartner, insertAgreement } from '../store/program';
import type { AgreementRow } from '../store/tables';
import { partyOf } from './order-parties';

export interface SignPartnerAgreement {
  readonly partnerId: PartnerId;
  readonly currency: string;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly paymentTermsDays: number;
  readonly billTo: Pick<EndCustomerEntry, 'address'> & { readonly name: string; readonly email: string };
}

/** Agrees with a partner on how it buys. Its account is opened by its own house, which hears of it. */
export async function signPartnerAgreement(work: Work<PartnersEvents>, request: SignPartnerAgreement): Promise<Result<AgreementRow>> {
  const { currency } = request;
  if (!isCurrency(currency)) return refuse('CURRENCY_NOT_SUPPORTED', `Nothing can be sold in ${currency}.`, { path: ['currency'] });
  const billTo = contactFrom(request.billTo);
  if (!billTo) return refuse('CONTACT_INVALID', 'Bill-To needs a name, an e-mail address, a street and a city.', { path: ['billTo'] });
  const partner = await partnerForUpdate(work.tx, request.partnerId);
  if (!partner) return partnerNotFound();
  if (!partner.isActive) return partnerInactive();
  const [others] = await agreementsOfPartner.batch(work.tx, [partner.id]);
  const signed = sign(
    request,
    (others ?? []).filter(other => other.currency === currency),
  );
  if (!signed.ok) return signed;

  const { startsOn, endsOn, paymentTermsDays } = request;
  const agreement = await insertAgreement(work.tx, {
    id: work.newId('partnerAgreement'),
    partnerId: partner.id,
    currency,
    startsOn,
    endsOn,
    paymentTermsDays,
    accountId: work.newId('account'),
    billTo,
    sellingEntity: null,
    holds: [],
    accountVersion: 0,
    createdBy: work.actor,
    createdAt: work.now,
  });
  const told = { agreementId: agreement.id, partnerId: partner.id, startsOn, endsOn, invoiceOwner: partyOf(agreement, partner.name) };
  work.announce('PartnerAgreementSigned.v1', { subject: agreement.id, accountId: agreement.accountId }, told);
  return accept(agreement);
}
