import type { UserId } from '#kernel/ids';
import { accept, type Result, refuse } from '#kernel/result';
import { emailFrom, lineFrom } from '#kernel/text';
import type { Work } from '#kernel/work';
import { join, type MemberRole } from '../domain/membership';
import type { CustomersEvents } from '../events/published';
import { insertMembership, knownUser, membersCount, membershipOf, updateMembership } from '../store/members';
import type { AccountRow, MembershipRow, UserRow } from '../store/tables';
import { announceMembership, enterAccount } from './announce';

/** Somebody who signs in with this address. The id is given where the identity provider has given one already. */
export interface Person {
  readonly email: string;
  readonly name: string;
  readonly userId?: UserId | null;
}

/** A membership with its person. */
export interface Member {
  readonly membership: MembershipRow;
  readonly user: UserRow;
}

const PERSON_NAME_LENGTH_MAX = 200;

/** Makes a person a member of a locked account, and known to us if need be. */
export async function joinAccount(
  work: Work<CustomersEvents>,
  account: AccountRow,
  person: Person,
  role: MemberRole,
): Promise<Result<Member>> {
  const email = emailFrom(person.email);
  if (!email) return refuse('EMAIL_INVALID', 'This is not an e-mail address.', { path: ['email'] });
  const name = lineFrom(person.name, PERSON_NAME_LENGTH_MAX);
  if (!name) return refuse('NAME_INVALID', `A name has 1 to ${PERSON_NAME_LENGTH_MAX} visible characters.`, { path: ['name'] });

  const user = await knownUser(work.tx, { id: person.userId ?? work.newId('user'), email, name, createdAt: work.now });
  const current = await membershipOf(work.tx, account.id, user.id);
  const joined = join(current, role, (await membersCount(work.tx, account.id)).members);
  if (!joined.ok) return joined;

  const membership = current
    ? await updateMembership(work.tx, current, joined.value)
    : await insertMembership(work.tx, {
        accountId: account.id,
        id: work.newId('membership'),
        userId: user.id,
        ...joined.value,
        version: 1,
        createdAt: work.now,
      });
  announceMembership(work, membership);
  await enterAccount(work, account);
  return accept({ membership, user });
}
