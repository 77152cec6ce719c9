import type { AccountId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import type { PartnerOrderAccepted, PartnerParty } from '../../partners/events/published';
import { AGREEMENT_VERSIONS } from '../domain/agreement';
import type { CustomersEvents } from '../events/published';
import { accountForUpdate, agreementsOfAccount, saveAgreement } from '../store/accounts';
import { announceAgreement } from './announce';
import { keep } from './audit-trail';
import { createBillingAccount } from './createBillingAccount';
import { createOrganization } from './createOrganization';

/** Opens the account of a partner that is invoiced itself, under the id that the partners' house chose. Once. */
export async function openPartnerAccount(work: Work<CustomersEvents>, party: PartnerParty): Promise<void> {
  await openOnce(work, party, false);
}

/**
 * Opens the account of a customer who bought from a partner, with Sold-To as its owner, and keeps that the customer has
 * accepted the licence agreement where the partner says so (C6).
 */
export async function openEndCustomer(
  work: Work<CustomersEvents>,
  { customer, isEulaAccepted }: Pick<PartnerOrderAccepted, 'customer' | 'isEulaAccepted'>,
): Promise<void> {
  await openOnce(work, customer, true);
  if (isEulaAccepted) await acceptForCustomer(work, customer.accountId);
}

/** The partner tells that the customer has accepted the agreement in force. */
export async function acceptForCustomer(work: Work<CustomersEvents>, accountId: AccountId): Promise<void> {
  const version = AGREEMENT_VERSIONS.EULA.at(-1)!;
  const accepted = { accountId, id: work.newId('agreement'), kind: 'EULA', version } as const;
  const { agreement, isNew } = await saveAgreement(work.tx, { ...accepted, acceptedBy: work.actor, acceptedAt: work.now });
  if (!isNew) return;
  await keep(work, accountId, { action: 'AGREEMENT_ACCEPTED', subject: agreement.id });
  announceAgreement(work, agreement);
}

/** An order asks whether its customer has accepted the licence agreement. Who has not is asked again later. */
export async function answerAgreement(work: Work<CustomersEvents>, accountId: AccountId): Promise<void> {
  const [accepted] = await agreementsOfAccount.batch(work.tx, [accountId]);
  const newest = accepted?.filter(({ kind }) => kind === 'EULA').at(-1);
  if (newest) announceAgreement(work, newest);
}

async function openOnce(work: Work<CustomersEvents>, party: PartnerParty, isOwned: boolean): Promise<void> {
  const { accountId, name, currency, paymentTermsDays, vatId, contact } = party;
  if (await accountForUpdate(work.tx, accountId)) return;
  const organization = await createOrganization(work, { name });
  if (!organization.ok) throw new Error(`The company of a partner was refused: ${organization.refusal.code}.`);
  const { name: person, email, ...address } = contact;
  const entry = { name: person, email, address };
  const request = {
    accountId,
    organizationId: organization.value.id,
    name,
    currency,
    channel: 'SALES_ASSISTED',
    paymentTermsDays,
    billTo: entry,
    owner: isOwned ? { name: person, email } : null,
  } as const;
  const opened = await createBillingAccount(work, { ...request, vatId });
  if (opened.ok) return;
  // A VAT id that no country has says nothing about who bought: the account is opened without it.
  const again = opened.refusal.code === 'VAT_ID_INVALID' ? await createBillingAccount(work, request) : opened;
  if (!again.ok) throw new Error(`An account of a partner was refused: ${again.refusal.code}.`);
}
