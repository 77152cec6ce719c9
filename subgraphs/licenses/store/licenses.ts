import { and, desc, eq, getTableColumns, lt, lte, max, ne, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, LicenseId, SubscriptionId } from '#kernel/ids';
import { LICENSE_KINDS, type LicenseKind } from '../domain/license';
import { type ActivationRow, type LicenseRow, licenseRevocations, licenses, type RevocationRow } from './tables';

/** Licences of one subscription that one answer can carry. */
export const LICENSES_MAX = 100;

export const licenseById = defineLoader<LicenseId, LicenseRow>(
  (db, ids) => db.select().from(licenses).where(anyOf(licenses.id, ids)),
  license => license.id,
);

/** The newest licences of a subscription, the newest first. */
export const licensesBySubscription = defineListLoader<SubscriptionId, LicenseRow>(
  async (db, ids) => {
    const placed = db
      .select({
        ...getTableColumns(licenses),
        place: sql<number>`row_number() over (partition by ${licenses.subscriptionId} order by ${licenses.revision} desc)`.as('place'),
      })
      .from(licenses)
      .where(anyOf(licenses.subscriptionId, ids))
      .as('placed');
    return db.select().from(placed).where(lte(placed.place, LICENSES_MAX)).orderBy(desc(placed.revision), desc(placed.id));
  },
  license => license.subscriptionId,
);

export async function licenseOf(db: Queryable, id: LicenseId): Promise<LicenseRow | null> {
  const [license] = await db.select().from(licenses).where(eq(licenses.id, id));
  return license ?? null;
}

/** The licence of a kind that an activation hands out now; older ones never come back. */
export async function newestLicenseOf(tx: Transaction, { accountId, id }: ActivationKey, kind: LicenseKind): Promise<LicenseRow | null> {
  const [license] = await tx
    .select()
    .from(licenses)
    .where(and(eq(licenses.accountId, accountId), eq(licenses.activationId, id), eq(licenses.kind, kind)))
    .orderBy(desc(licenses.revision))
    .limit(1);
  return license ?? null;
}

/** The number of an activation's last licence, of whatever kind; 0 before the first. */
export async function lastRevisionOf(tx: Transaction, { accountId, id }: ActivationKey): Promise<number> {
  const [row] = await tx
    .select({ last: max(licenses.revision) })
    .from(licenses)
    .where(and(eq(licenses.accountId, accountId), eq(licenses.activationId, id)));
  return row?.last ?? 0;
}

/** The kinds in which a subscription has licences. */
export async function kindsIssuedFor(
  tx: Transaction,
  accountId: AccountId,
  subscriptionId: SubscriptionId,
): Promise<readonly LicenseKind[]> {
  const rows = await tx
    .selectDistinct({ kind: licenses.kind })
    .from(licenses)
    .where(and(eq(licenses.accountId, accountId), eq(licenses.subscriptionId, subscriptionId)));
  return LICENSE_KINDS.filter(kind => rows.some(row => row.kind === kind));
}

/** The newest licence file of each of these subscriptions, where it has one. */
export const newestFilesOf = (tx: Transaction, accountId: AccountId, ids: readonly SubscriptionId[]): Promise<readonly LicenseRow[]> =>
  tx
    .selectDistinctOn([licenses.subscriptionId])
    .from(licenses)
    .where(and(eq(licenses.accountId, accountId), anyOf(licenses.subscriptionId, ids), ne(licenses.kind, 'ONLINE_CLOUD')))
    .orderBy(licenses.subscriptionId, desc(licenses.revision));

export async function addLicense(tx: Transaction, license: LicenseRow): Promise<LicenseRow> {
  await tx.insert(licenses).values(license);
  return license;
}

/** Why a licence was taken back, or null when it was not. */
export const revocationOf = defineLoader<LicenseId, RevocationRow>(
  (db, ids) => db.select().from(licenseRevocations).where(anyOf(licenseRevocations.licenseId, ids)),
  revocation => revocation.licenseId,
);

/** Takes a licence back. Answers false when it was taken back before. */
export async function addRevocation(tx: Transaction, revocation: RevocationRow): Promise<boolean> {
  const added = await tx.insert(licenseRevocations).values(revocation).onConflictDoNothing().returning();
  return added.length > 0;
}

/** Takes back every licence of an activation before a revision; those that were taken back keep their reason. */
export async function revokeBefore(
  tx: Transaction,
  { accountId, activationId, revision }: LicenseRow,
  revocation: Omit<RevocationRow, 'accountId' | 'licenseId'>,
): Promise<void> {
  const older = await tx
    .select({ licenseId: licenses.id })
    .from(licenses)
    .where(and(eq(licenses.accountId, accountId), eq(licenses.activationId, activationId), lt(licenses.revision, revision)));
  if (older.length === 0) return;
  await tx
    .insert(licenseRevocations)
    .values(older.map(({ licenseId }) => ({ accountId, licenseId, ...revocation })))
    .onConflictDoNothing();
}

type ActivationKey = Pick<ActivationRow, 'accountId' | 'id'>;
