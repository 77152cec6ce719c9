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

/** The same, within a write. */
export const accountCopyOf = async (tx: Transaction, id: AccountId): Promise<AccountCopyRow | null> =>
  (await accountCopyById.batch(tx, [id]))[0] ?? null;

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
        hasMasterAgreement: sql`excluded.has_master_agreement`,
        isAutoPay: sql`excluded.is_auto_pay`,
        soldTo: sql`excluded.sold_to`,
      },
      setWhere: lt(accountCopies.version, sql`excluded.version`),
    });
}

export const isKnownAccount = async (tx: Transaction, id: AccountId): Promise<boolean> => (await accountCopyOf(tx, id)) !== null;
