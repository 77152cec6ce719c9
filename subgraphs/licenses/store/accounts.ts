import { eq, lt, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { AccountId } from '#kernel/ids';
import { type AccountCopy, accountCopies, accountGates } from './tables';

/**
 * Holds back every other transaction that concerns this account. Events about one account come from several logs at
 * once; without the gate, a request and the subscription it waits for could each miss the other.
 */
export async function lockAccount(tx: Transaction, accountId: AccountId): Promise<void> {
  await tx
    .insert(accountGates)
    .values({ accountId })
    .onConflictDoUpdate({ target: accountGates.accountId, set: { accountId: sql`excluded.account_id` } });
}

/** Keeps what customers say about an account, unless something newer is known. */
export async function saveAccountCopy(tx: Transaction, copy: AccountCopy): Promise<void> {
  await tx
    .insert(accountCopies)
    .values(copy)
    .onConflictDoUpdate({ target: accountCopies.accountId, set: copy, setWhere: lt(accountCopies.version, copy.version) });
}

export async function accountCopyOf(db: Queryable, accountId: AccountId): Promise<AccountCopy | null> {
  const [copy] = await db.select().from(accountCopies).where(eq(accountCopies.accountId, accountId));
  return copy ?? null;
}
