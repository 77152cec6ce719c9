import type { Work } from '#kernel/work';
import { wordsOf } from '../domain/directory';
import type { CustomersEvents, PublishedContact } from '../events/published';
import { type AccountState, accountStateOf } from '../store/accounts';
import { enter } from '../store/directory';
import { memberEmails } from '../store/members';
import type { AccountRow, AgreementRow, ContactRow, MembershipRow, OrganizationRow } from '../store/tables';

/** Tells the neighbours all that an account now is, and enters it in the directory under its new words. */
export async function announceAccount(work: Work<CustomersEvents>, account: AccountRow): Promise<AccountState> {
  const state = await enterAccount(work, account);
  work.announce(
    'BillingAccountChanged.v1',
    { subject: account.id, accountId: account.id },
    {
      accountId: account.id,
      version: account.version,
      number: account.number,
      name: account.name,
      organizationId: account.organizationId,
      organizationName: state.organization.name,
      currency: account.currency,
      sellingEntity: account.sellingEntity,
      segment: account.segment,
      paymentTermsDays: account.paymentTermsDays,
      isAutoPay: account.isAutoPay,
      isTaxExempt: account.isTaxExempt,
      vatId: account.vatId,
      holds: state.holds.map(hold => hold.kind),
      billTo: publishedContact(state.billTo),
      soldTo: publishedContact(state.soldTo),
    },
  );
  return state;
}

/** Enters an account in the directory: by its number, its names, and the addresses of its contacts and members. */
export async function enterAccount(work: Work<CustomersEvents>, account: AccountRow): Promise<AccountState> {
  const state = await accountStateOf(work.tx, account);
  const members = await memberEmails(work.tx, account.id);
  const words = wordsOf([
    account.number,
    account.name,
    state.organization.name,
    state.billTo.email,
    state.soldTo.email,
    ...members.map(one => one.email),
  ]);
  await enter(work.tx, { accountId: account.id, entityId: account.id, kind: 'BILLING_ACCOUNT', label: account.number }, words);
  return state;
}

/** Tells the neighbours what a company now is. */
export function announceOrganization(work: Work<CustomersEvents>, { id, version, name, parentId }: OrganizationRow): void {
  work.announce('OrganizationChanged.v1', { subject: id, accountId: null }, { organizationId: id, version, name, parentId });
}

/** Tells the neighbours what an account has agreed to. */
export function announceAgreement(work: Work<CustomersEvents>, { id, accountId, kind, version, acceptedAt }: AgreementRow): void {
  work.announce('AgreementAccepted.v1', { subject: id, accountId }, { accountId, kind, version, acceptedAt: acceptedAt.toISOString() });
}

/** Tells the neighbours what a person may now do in an account. */
export function announceMembership(work: Work<CustomersEvents>, { id, version, accountId, userId, role, isActive }: MembershipRow): void {
  work.announce('MembershipChanged.v1', { subject: id, accountId }, { membershipId: id, version, accountId, userId, role, isActive });
}

const publishedContact = ({ id, name, email, street, city, postalCode, region, country }: ContactRow): PublishedContact => ({
  contactId: id,
  name,
  email,
  street,
  city,
  postalCode,
  region,
  country,
});
