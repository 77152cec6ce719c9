import { eq, lt } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineLoader } from '#kernel/db/loader';
import type { AccountId } from '#kernel/ids';
import { type AccountRow, accounts } from './tables';

/** Keeps what customers says of an account, unless something newer is known already: events may come twice or late. */
export async function keepAccount(tx: Transaction, account: AccountRow): Promise<void> {
  const { accountId: _key, ...change } = account;
  await tx
    .insert(accounts)
    .values(account)
    .onConflictDoUpdate({ target: accounts.accountId, set: change, setWhere: lt(accounts.version, account.version) });
}

export async function findAccount(db: Queryable, accountId: AccountId): Promise<AccountRow | null> {
  const [account] = await db.select().from(accounts).where(eq(accounts.accountId, accountId));
  return account ?? null;
}

export const accountById = defineLoader(
  (db, keys: readonly AccountId[]) => db.select().from(accounts).where(anyOf(accounts.accountId, keys)),
  row => row.accountId,
);
