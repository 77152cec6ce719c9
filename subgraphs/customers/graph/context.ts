import { hasRole, isStaff, type Viewer } from '#kernel/auth/viewer';
import type { HouseContext } from '#kernel/graph/context';
import { type AccountId, type Id, type IdKind, idFromUuid, isId } from '#kernel/ids';
import type { Acting } from '../domain/access';
import type { CustomersEvents } from '../events/published';
import { userByEmail, userById } from '../store/members';
import type { UserRow } from '../store/tables';

export type CustomersContext = HouseContext<CustomersEvents>;

/** Analysts read what companies are, never who people are; the fields of people have rules of their own. */
export const mayReadAccount = (viewer: Viewer, id: AccountId): boolean =>
  isStaff(viewer) || hasRole(viewer, 'ANALYST') || viewer.accounts.includes(id);

/** The person who is signed in: by the id that the token names, or by the address that the identity provider vouches for. */
export async function viewerUser({ viewer, load }: CustomersContext): Promise<UserRow | null> {
  if (isId('user', viewer.subject)) return load(userById, viewer.subject);
  return viewer.email ? load(userByEmail, viewer.email.toLowerCase()) : null;
}

/** Who acts, as the domain asks it. */
export async function actingOf(ctx: CustomersContext): Promise<Acting> {
  const { viewer } = ctx;
  const userId = (await viewerUser(ctx))?.id ?? (isId('user', viewer.subject) ? viewer.subject : null);
  return { isStaff: isStaff(viewer), userId, email: viewer.email?.toLowerCase() ?? null, accounts: viewer.accounts };
}

/** The id that a client names. Text that is no such id becomes one that exists nowhere, and is refused as such. */
export const named = <Kind extends IdKind>(kind: Kind, text: string): Id<Kind> => (isId(kind, text) ? text : idFromUuid(kind, NOWHERE));

const NOWHERE = '00000000-0000-0000-0000-000000000000';
