import type { AccountId, OrganizationId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type AccountTerms, openAccount, sellingEntityFor } from '../domain/account';
import { type ContactEntry, type ContactRole, contactFrom } from '../domain/contact';
import { openOneMore, organizationNotFound } from '../domain/organization';
import type { CustomersEvents } from '../events/published';
import { type AccountState, insertAccount } from '../store/accounts';
import { claimAccountNumber } from '../store/numbers';
import { accountsCount, organizationForUpdate } from '../store/organizations';
import type { AccountRow, ContactRow } from '../store/tables';
import { announceAccount } from './announce';
import { keep } from './audit-trail';
import { joinAccount, type Person } from './join';

/** Without a Sold-To, the Bill-To is also Sold-To. The owner is the first member. */
export interface CreateBillingAccount extends AccountTerms {
  readonly organizationId: OrganizationId;
  readonly billTo: ContactEntry;
  readonly soldTo?: ContactEntry | null;
  readonly owner?: Person | null;
  /** The id where a neighbour has chosen one; never a client's. */
  readonly accountId?: AccountId;
}

export async function createBillingAccount(work: Work<CustomersEvents>, request: CreateBillingAccount): Promise<Result<AccountState>> {
  const organization = await organizationForUpdate(work.tx, request.organizationId);
  if (!organization) return organizationNotFound();
  const room = openOneMore(await accountsCount(work.tx, organization.id));
  if (!room.ok) return room;

  const terms = openAccount(request);
  if (!terms.ok) return terms;
  const billTo = contactFrom(request.billTo, 'billTo');
  if (!billTo.ok) return billTo;
  const soldTo = contactFrom(request.soldTo ?? request.billTo, 'soldTo');
  if (!soldTo.ok) return soldTo;

  const id = request.accountId ?? work.newId('account');
  const row: AccountRow = {
    ...terms.value,
    id,
    number: await claimAccountNumber(work.tx, id),
    organizationId: organization.id,
    sellingEntity: sellingEntityFor(terms.value, billTo.value),
    version: 1,
    createdAt: work.now,
  };
  const account = await insertAccount(work.tx, row, [
    contactRow(work, id, 'BILL_TO', billTo.value),
    contactRow(work, id, 'SOLD_TO', soldTo.value),
  ]);
  await keep(work, id, { action: 'BILLING_ACCOUNT_CREATED', subject: id });
  const state = await announceAccount(work, account);
  // After the account, so that neighbours hear of it before they hear of its members.
  if (request.owner) {
    const owner = await joinAccount(work, account, request.owner, 'OWNER');
    if (!owner.ok) return owner;
    await keep(work, id, { action: 'MEMBER_ADDED', subject: owner.value.membership.id });
  }
  return accept(state);
}

const contactRow = (
  work: Work<CustomersEvents>,
  accountId: AccountId,
  role: ContactRole,
  person: Omit<ContactRow, 'accountId' | 'id' | 'role'>,
): ContactRow => ({ accountId, id: work.newId('contact'), role, ...person });
