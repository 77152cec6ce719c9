import type { AccountId, UserId } from '#kernel/ids';
import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { MemberRole } from './membership';

/** Who acts on an account: staff, who reach every account, or a signed-in user, who reaches the accounts of the token. */
export interface Acting {
  readonly isStaff: boolean;
  readonly userId: UserId | null;
  readonly email: string | null;
  readonly accounts: readonly AccountId[];
}

/** Our own staff, without a person: for seeding and repair. */
export const STAFF: Acting = { isStaff: true, userId: null, email: null, accounts: [] };

/** What a member may do to the account itself. Buying is decided by the house that sells. */
export const MEMBER_ACTS = ['MANAGE_MEMBERS', 'CHANGE_ACCOUNT', 'ACCEPT_AGREEMENT'] as const;
export type MemberAct = (typeof MEMBER_ACTS)[number];

const ACTS_BY_ROLE: Readonly<Record<MemberRole, readonly MemberAct[]>> = {
  OWNER: ['MANAGE_MEMBERS', 'CHANGE_ACCOUNT', 'ACCEPT_AGREEMENT'],
  PURCHASER: ['CHANGE_ACCOUNT', 'ACCEPT_AGREEMENT'],
  VIEWER: [],
};

/** An account out of reach is answered exactly as one that does not exist. */
export const accountNotFound = () =>
  refuse('BILLING_ACCOUNT_NOT_FOUND', 'There is no such billing account.', { path: ['billingAccountId'] });

/** True when the one who acts may know that the account exists. */
export const reaches = (by: Acting, accountId: AccountId): boolean => by.isStaff || by.accounts.includes(accountId);

/** Decides whether one may act on an account he reaches: staff may, a member as far as his role goes. */
export function mayAct(
  by: Acting,
  act: MemberAct,
  membership: { readonly role: MemberRole; readonly isActive: boolean } | null,
): Result<null, Refusal<'NOT_PERMITTED'>> {
  const isAllowed = by.isStaff || (membership?.isActive === true && ACTS_BY_ROLE[membership.role].includes(act));
  return isAllowed
    ? accept(null)
    : refuse('NOT_PERMITTED', 'Your role in this billing account does not allow this. Please ask one of its owners.');
}
