import { and, eq, gt } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineLoader } from '#kernel/db/loader';
import type { AccountId, InvitationId } from '#kernel/ids';
import type { Instant } from '#kernel/time';
import { INVITATIONS_PENDING_MAX, type InvitationState } from '../domain/invitation';
import { type InvitationRow, invitations } from './tables';

export const invitationById = defineLoader<InvitationId, InvitationRow>(
  (db, ids) => db.select().from(invitations).where(anyOf(invitations.id, ids)),
  row => row.id,
);

/** The invitations of an account that can still be accepted, oldest first. */
export async function openInvitations(db: Queryable, accountId: AccountId, now: Instant): Promise<readonly InvitationRow[]> {
  return db
    .select()
    .from(invitations)
    .where(and(eq(invitations.accountId, accountId), eq(invitations.state, 'PENDING'), gt(invitations.expiresAt, now)))
    .orderBy(invitations.id)
    .limit(INVITATIONS_PENDING_MAX);
}

const ADDRESSED_MAX = 100;

/** The open invitations addressed to a person, oldest first. */
export async function invitationsTo(db: Queryable, email: string, now: Instant): Promise<readonly InvitationRow[]> {
  return db
    .select()
    .from(invitations)
    .where(and(eq(invitations.email, email), eq(invitations.state, 'PENDING'), gt(invitations.expiresAt, now)))
    .orderBy(invitations.id)
    .limit(ADDRESSED_MAX);
}

export async function invitationForUpdate(tx: Transaction, id: InvitationId): Promise<InvitationRow | null> {
  const [row] = await tx.select().from(invitations).where(eq(invitations.id, id)).for('update');
  return row ?? null;
}

export async function insertInvitation(tx: Transaction, row: InvitationRow): Promise<InvitationRow> {
  const [saved] = await tx.insert(invitations).values(row).returning();
  return saved!;
}

export async function saveInvitationState(tx: Transaction, row: InvitationRow, state: InvitationState): Promise<InvitationRow> {
  const [saved] = await tx
    .update(invitations)
    .set({ state })
    .where(and(eq(invitations.accountId, row.accountId), eq(invitations.id, row.id)))
    .returning();
  return saved!;
}
