import { eq, lt } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { AccountId } from '#kernel/ids';
import { type AccountCopyRow, accountCopies } from './tables';

/** The account as its own house last announced it, or null when nothing was announced yet. */
export async function accountCopy(db: Queryable, accountId: AccountId): Promise<AccountCopyRow | null> {
  const [account] = await db.select().from(accountCopies).where(eq(accountCopies.accountId, accountId));
  return account ?? null;
}

/** Several accounts at once; those never announced are missing. */
export const accountCopiesOf = (db: Queryable, ids: readonly AccountId[]): Promise<readonly AccountCopyRow[]> =>
  db.select().from(accountCopies).where(anyOf(accountCopies.accountId, ids));

/** Keeps what was announced, unless something newer is known already: events may come twice or late. */
export async function keepAccount(tx: Transaction, account: AccountCopyRow): Promise<void> {
  const { accountId: _key, ...change } = account;
  await tx
    .insert(accountCopies)
    .values(account)
    .onConflictDoUpdate({ target: accountCopies.accountId, set: change, setWhere: lt(accountCopies.version, account.version) });
}
