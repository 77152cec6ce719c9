import { and, eq } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, AgreementId } from '#kernel/ids';
import type { HoldKind } from '../domain/hold';
import { organizationOf } from './organizations';
import {
  type AccountRow,
  type AgreementRow,
  accountHolds,
  agreements,
  billingAccounts,
  type ContactRow,
  contacts,
  type HoldRow,
  type OrganizationRow,
} from './tables';

/** An account with all that is announced of it. */
export interface AccountState {
  readonly account: AccountRow;
  readonly organization: OrganizationRow;
  readonly billTo: ContactRow;
  readonly soldTo: ContactRow;
  readonly holds: readonly HoldRow[];
}

export const accountById = defineLoader<AccountId, AccountRow>(
  (db, ids) => db.select().from(billingAccounts).where(anyOf(billingAccounts.id, ids)),
  row => row.id,
);

export const accountByNumber = defineLoader<string, AccountRow>(
  (db, numbers) => db.select().from(billingAccounts).where(anyOf(billingAccounts.number, numbers)),
  row => row.number,
);

/** Bill-To, then Sold-To. */
export const contactsOfAccount = defineListLoader<AccountId, ContactRow>(
  (db, ids) => db.select().from(contacts).where(anyOf(contacts.accountId, ids)).orderBy(contacts.role),
  row => row.accountId,
);

export const holdsOfAccount = defineListLoader<AccountId, HoldRow>(
  (db, ids) => db.select().from(accountHolds).where(anyOf(accountHolds.accountId, ids)).orderBy(accountHolds.since, accountHolds.kind),
  row => row.accountId,
);

/** Oldest first. There are at most as many as versions that were ever offered. */
export const agreementsOfAccount = defineListLoader<AccountId, AgreementRow>(
  (db, ids) => db.select().from(agreements).where(anyOf(agreements.accountId, ids)).orderBy(agreements.acceptedAt, agreements.id),
  row => row.accountId,
);

export const agreementById = defineLoader<AgreementId, AgreementRow>(
  (db, ids) => db.select().from(agreements).where(anyOf(agreements.id, ids)),
  row => row.id,
);

/** The account, locked: every change of it, its members and its invitations waits here for its turn. */
export async function accountForUpdate(tx: Transaction, id: AccountId): Promise<AccountRow | null> {
  const [row] = await tx.select().from(billingAccounts).where(eq(billingAccounts.id, id)).for('update');
  return row ?? null;
}

export async function accountStateOf(db: Queryable, account: AccountRow): Promise<AccountState> {
  const organization = await organizationOf(db, account.organizationId);
  const [billTo, soldTo] = await db.select().from(contacts).where(eq(contacts.accountId, account.id)).orderBy(contacts.role);
  const holds = await db
    .select()
    .from(accountHolds)
    .where(eq(accountHolds.accountId, account.id))
    .orderBy(accountHolds.since, accountHolds.kind);
  return { account, organization, billTo: billTo!, soldTo: soldTo!, holds };
}

export async function insertAccount(tx: Transaction, row: AccountRow, people: readonly [ContactRow, ContactRow]): Promise<AccountRow> {
  const [saved] = await tx.insert(billingAccounts).values(row).returning();
  await tx.insert(contacts).values([...people]);
  return saved!;
}

/** Every change of what is announced goes through here, so that the version grows with it. */
export async function updateAccount(tx: Transaction, account: AccountRow, change: Partial<AccountRow>): Promise<AccountRow> {
  const [saved] = await tx
    .update(billingAccounts)
    .set({ ...change, version: account.version + 1 })
    .where(eq(billingAccounts.id, account.id))
    .returning();
  return saved!;
}

export async function updateContact(
  tx: Transaction,
  { accountId, id }: ContactRow,
  change: Omit<ContactRow, 'accountId' | 'id' | 'role'>,
): Promise<void> {
  await tx
    .update(contacts)
    .set(change)
    .where(and(eq(contacts.accountId, accountId), eq(contacts.id, id)));
}

export async function insertHold(tx: Transaction, row: HoldRow): Promise<void> {
  await tx.insert(accountHolds).values(row);
}

export async function deleteHold(tx: Transaction, accountId: AccountId, kind: HoldKind): Promise<void> {
  await tx.delete(accountHolds).where(and(eq(accountHolds.accountId, accountId), eq(accountHolds.kind, kind)));
}

/** Saves an accepted version, or answers the one that was accepted before. */
export async function saveAgreement(
  tx: Transaction,
  row: AgreementRow,
): Promise<{ readonly agreement: AgreementRow; readonly isNew: boolean }> {
  const [saved] = await tx.insert(agreements).values(row).onConflictDoNothing().returning();
  if (saved) return { agreement: saved, isNew: true };
  const [earlier] = await tx
    .select()
    .from(agreements)
    .where(and(eq(agreements.accountId, row.accountId), eq(agreements.kind, row.kind), eq(agreements.version, row.version)));
  return { agreement: earlier!, isNew: false };
}
