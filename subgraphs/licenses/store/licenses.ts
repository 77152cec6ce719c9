import { and, desc, eq, getTableColumns, lte, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { LicenseId, SubscriptionId } from '#kernel/ids';
import { type ActivationRow, type LicenseRow, licenses } from './tables';

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

/** The licence that an activation hands out now; older ones never come back. */
export async function newestLicenseOf(
  tx: Transaction,
  { accountId, id }: Pick<ActivationRow, 'accountId' | 'id'>,
): Promise<LicenseRow | null> {
  const [license] = await tx
    .select()
    .from(licenses)
    .where(and(eq(licenses.accountId, accountId), eq(licenses.activationId, id)))
    .orderBy(desc(licenses.revision))
    .limit(1);
  return license ?? null;
}

export async function addLicense(tx: Transaction, license: LicenseRow): Promise<LicenseRow> {
  await tx.insert(licenses).values(license);
  return license;
}
