import type { AccountId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { accountNotFound } from '../domain/access';
import type { MemberRole } from '../domain/membership';
import type { CustomersEvents } from '../events/published';
import { accountForUpdate } from '../store/accounts';
import { keep } from './audit-trail';
import { joinAccount, type Member, type Person } from './join';

export interface AddMember extends Person {
  readonly billingAccountId: AccountId;
  readonly role: MemberRole;
}

/** Staff put a person into an account at once; members invite, so that nobody finds himself where he never agreed to be. */
export async function addMember(work: Work<CustomersEvents>, request: AddMember): Promise<Result<Member>> {
  const account = await accountForUpdate(work.tx, request.billingAccountId);
  if (!account) return accountNotFound();
  const member = await joinAccount(work, account, request, request.role);
  if (!member.ok) return member;
  await keep(work, account.id, { action: 'MEMBER_ADDED', subject: member.value.membership.id });
  return accept(member.value);
}
