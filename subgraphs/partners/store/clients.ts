import { and, asc, desc, eq, gt, isNull, lt, or } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { Id, PartnerId } from '#kernel/ids';
import type { Instant } from '#kernel/time';
import { type ClientRow, partnerClientSecrets, partnerClients, type SecretRow } from './tables';

type ClientId = Id<'partnerClient'>;
/** What may be read of a secret: never its hash. */
export type SecretLife = Pick<SecretRow, 'clientId' | 'ordinal' | 'expiresAt'>;

export const clientById = defineLoader<ClientId, ClientRow>(
  (db, ids) => db.select().from(partnerClients).where(anyOf(partnerClients.id, ids)),
  row => row.id,
);

/** The clients of a partner that are not revoked, the first first. Their number is bounded. */
export const clientsOfPartner = defineListLoader<PartnerId, ClientRow>(
  (db, ids) =>
    db
      .select()
      .from(partnerClients)
      .where(and(anyOf(partnerClients.partnerId, ids), isNull(partnerClients.revokedAt)))
      .orderBy(asc(partnerClients.id)),
  row => row.partnerId,
);

/** Until when the newest secrets of a client are valid. */
export const secretsOfClient = defineListLoader<ClientId, SecretLife>(
  (db, ids) =>
    db
      .select({ clientId: partnerClientSecrets.clientId, ordinal: partnerClientSecrets.ordinal, expiresAt: partnerClientSecrets.expiresAt })
      .from(partnerClientSecrets)
      .where(anyOf(partnerClientSecrets.clientId, ids))
      .orderBy(desc(partnerClientSecrets.ordinal)),
  row => row.clientId,
);

export async function clientForUpdate(tx: Transaction, id: ClientId): Promise<ClientRow | null> {
  const [row] = await tx.select().from(partnerClients).where(eq(partnerClients.id, id)).for('update');
  return row ?? null;
}

export async function clientNamed(db: Queryable, id: ClientId): Promise<ClientRow | null> {
  const [row] = await db.select().from(partnerClients).where(eq(partnerClients.id, id));
  return row ?? null;
}

export async function clientsCount(db: Queryable, partnerId: PartnerId): Promise<number> {
  return db.$count(partnerClients, and(eq(partnerClients.partnerId, partnerId), isNull(partnerClients.revokedAt)));
}

/** The hashes of the secrets that open the door now. */
export async function validHashes(db: Queryable, clientId: ClientId, now: Instant): Promise<readonly string[]> {
  const rows = await db
    .select({ hash: partnerClientSecrets.hash })
    .from(partnerClientSecrets)
    .where(
      and(eq(partnerClientSecrets.clientId, clientId), or(isNull(partnerClientSecrets.expiresAt), gt(partnerClientSecrets.expiresAt, now))),
    );
  return rows.map(row => row.hash);
}

export async function insertClient(tx: Transaction, row: ClientRow): Promise<ClientRow> {
  const [saved] = await tx.insert(partnerClients).values(row).returning();
  return saved!;
}

export async function updateClient(tx: Transaction, id: ClientId, change: Partial<ClientRow>): Promise<ClientRow> {
  const [saved] = await tx.update(partnerClients).set(change).where(eq(partnerClients.id, id)).returning();
  return saved!;
}

export async function insertSecret(tx: Transaction, row: SecretRow): Promise<void> {
  await tx.insert(partnerClientSecrets).values(row);
}

export async function newestOrdinal(tx: Transaction, clientId: ClientId): Promise<number> {
  const [row] = await tx
    .select({ ordinal: partnerClientSecrets.ordinal })
    .from(partnerClientSecrets)
    .where(eq(partnerClientSecrets.clientId, clientId))
    .orderBy(desc(partnerClientSecrets.ordinal))
    .limit(1);
  return row?.ordinal ?? 0;
}

/** Lets a client's secrets up to an ordinal end at a moment, unless they end before it. */
export async function expireSecrets(tx: Transaction, clientId: ClientId, upTo: number, at: Instant): Promise<void> {
  const endsLater = or(isNull(partnerClientSecrets.expiresAt), gt(partnerClientSecrets.expiresAt, at));
  await tx
    .update(partnerClientSecrets)
    .set({ expiresAt: at })
    .where(and(eq(partnerClientSecrets.clientId, clientId), lt(partnerClientSecrets.ordinal, upTo + 1), endsLater));
}
