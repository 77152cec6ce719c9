import { and, count, eq } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, MembershipId, UserId } from '#kernel/ids';
import { type MembershipRow, memberships, type UserRow, users } from './tables';

export const userById = defineLoader<UserId, UserRow>(
  (db, ids) => db.select().from(users).where(anyOf(users.id, ids)),
  row => row.id,
);

export const userByEmail = defineLoader<string, UserRow>(
  (db, emails) => db.select().from(users).where(anyOf(users.email, emails)),
  row => row.email,
);

export const membershipById = defineLoader<MembershipId, MembershipRow>(
  (db, ids) => db.select().from(memberships).where(anyOf(memberships.id, ids)),
  row => row.id,
);

/** The members of an account, oldest first; those who left are not among them. */
export const membershipsOfAccount = defineListLoader<AccountId, MembershipRow>(
  (db, ids) =>
    db
      .select()
      .from(memberships)
      .where(and(anyOf(memberships.accountId, ids), eq(memberships.isActive, true)))
      .orderBy(memberships.id),
  row => row.accountId,
);

/** The accounts a person belongs to, oldest membership first. */
export const membershipsOfUser = defineListLoader<UserId, MembershipRow>(
  (db, ids) =>
    db
      .select()
      .from(memberships)
      .where(and(anyOf(memberships.userId, ids), eq(memberships.isActive, true)))
      .orderBy(memberships.id),
  row => row.userId,
);

export async function membershipOf(db: Queryable, accountId: AccountId, userId: UserId): Promise<MembershipRow | null> {
  const [row] = await db
    .select()
    .from(memberships)
    .where(and(eq(memberships.accountId, accountId), eq(memberships.userId, userId)));
  return row ?? null;
}

export async function membershipNamed(db: Queryable, accountId: AccountId, id: MembershipId): Promise<MembershipRow | null> {
  const [row] = await db
    .select()
    .from(memberships)
    .where(and(eq(memberships.accountId, accountId), eq(memberships.id, id)));
  return row ?? null;
}

/** The account a membership belongs to, so that it can be locked before the membership is read for a decision. */
export async function accountOfMembership(db: Queryable, id: MembershipId): Promise<AccountId | null> {
  const [row] = await db.select({ accountId: memberships.accountId }).from(memberships).where(eq(memberships.id, id));
  return row?.accountId ?? null;
}

/** How many members an account has, and how many of them are owners. */
export async function membersCount(db: Queryable, accountId: AccountId): Promise<{ readonly members: number; readonly owners: number }> {
  const rows = await db
    .select({ role: memberships.role, members: count() })
    .from(memberships)
    .where(and(eq(memberships.accountId, accountId), eq(memberships.isActive, true)))
    .groupBy(memberships.role);
  return {
    members: rows.reduce((total, row) => total + row.members, 0),
    owners: rows.find(row => row.role === 'OWNER')?.members ?? 0,
  };
}

/** The addresses of the members of an account. */
export async function memberEmails(db: Queryable, accountId: AccountId): Promise<readonly { readonly email: string }[]> {
  return db
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.accountId, accountId), eq(memberships.isActive, true)))
    .orderBy(memberships.id);
}

/** The person with this address: the one we know, or the one given, saved. */
export async function knownUser(tx: Transaction, person: UserRow): Promise<UserRow> {
  await tx.insert(users).values(person).onConflictDoNothing();
  const [byId] = await tx.select().from(users).where(eq(users.id, person.id));
  if (byId) return byId;
  const [byEmail] = await tx.select().from(users).where(eq(users.email, person.email));
  return byEmail!;
}

export async function insertMembership(tx: Transaction, row: MembershipRow): Promise<MembershipRow> {
  const [saved] = await tx.insert(memberships).values(row).returning();
  return saved!;
}

export async function updateMembership(
  tx: Transaction,
  { accountId, id, version }: MembershipRow,
  change: Pick<MembershipRow, 'role' | 'isActive'>,
): Promise<MembershipRow> {
  const [saved] = await tx
    .update(memberships)
    .set({ ...change, version: version + 1 })
    .where(and(eq(memberships.accountId, accountId), eq(memberships.id, id)))
    .returning();
  return saved!;
}
