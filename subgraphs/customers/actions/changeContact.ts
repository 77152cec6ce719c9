import type { AccountId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { Acting } from '../domain/access';
import { sellingEntityFor } from '../domain/account';
import { fieldsChanged } from '../domain/audit';
import { type ContactEntry, type ContactRole, contactFrom } from '../domain/contact';
import type { CustomersEvents } from '../events/published';
import { type AccountState, accountStateOf, updateAccount, updateContact } from '../store/accounts';
import { announceAccount } from './announce';
import { keep } from './audit-trail';
import { accountToChange, unchangedSince } from './reach';

export interface ChangeContact {
  readonly billingAccountId: AccountId;
  readonly ifVersion?: number | null;
  readonly role: ContactRole;
  readonly contact: ContactEntry;
}

export async function changeContact(work: Work<CustomersEvents>, request: ChangeContact, by: Acting): Promise<Result<AccountState>> {
  const reached = await accountToChange(work, request.billingAccountId, by, 'CHANGE_ACCOUNT');
  if (!reached.ok) return reached;
  const account = reached.value;
  const unchanged = unchangedSince(account, request.ifVersion);
  if (!unchanged.ok) return unchanged;
  const person = contactFrom(request.contact, 'contact');
  if (!person.ok) return person;

  const before = await accountStateOf(work.tx, account);
  const contact = request.role === 'BILL_TO' ? before.billTo : before.soldTo;
  const fields = fieldsChanged(contact, person.value);
  if (fields.length === 0) return accept(before);

  await updateContact(work.tx, contact, person.value);
  const billTo = request.role === 'BILL_TO' ? person.value : before.billTo;
  const after = await updateAccount(work.tx, account, { sellingEntity: sellingEntityFor(account, billTo) });
  await keep(work, account.id, { action: 'CONTACT_CHANGED', subject: contact.id, fields });
  return accept(await announceAccount(work, after));
}
