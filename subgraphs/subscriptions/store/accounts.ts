import { lt, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Transaction } from '#kernel/db/database';
import { defineLoader } from '#kernel/db/loader';
import type { AccountId } from '#kernel/ids';
import { type AccountCopyRow, accountCopies } from './tables';

export const accountCopyById = defineLoader<AccountId, AccountCopyRow>(
  (db, ids) => db.select().from(accountCopies).where(anyOf(accountCopies.accountId, ids)),
  row => row.accountId,
);

/** Keeps the newest of what customers said of an account, in whichever sequence it arrives. */
export async function saveAccountCopy(tx: Transaction, copy: AccountCopyRow): Promise<void> {
  await tx
    .insert(accountCopies)
    .values(copy)
    .onConflictDoUpdate({
      target: accountCopies.accountId,
      set: {
        version: sql`excluded.version`,
        segment: sql`excluded.segment`,
        holds: sql`excluded.holds`,
        organizationId: sql`excluded.organization_id`,
      },
      setWhere: lt(accountCopies.version, sql`excluded.version`),
    });
}

export async function isKnownAccount(tx: Transaction, id: AccountId): Promise<boolean> {
  const [copy] = await accountCopyById.batch(tx, [id]);
  return copy != null;
}
