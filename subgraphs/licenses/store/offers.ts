import { asc, desc, lt, lte } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineLoader } from '#kernel/db/loader';
import type { AccountId, NamespaceId, SubscriptionId } from '#kernel/ids';
import type { PlainDate } from '#kernel/time';
import { type NamespaceMeasurement, namespaceMeasurements, type OfferedProductRow, offeredProducts, resoldSubscriptions } from './tables';

/** Products that one answer looks at. */
const PRODUCTS_MAX = 500;

/** Keeps what is listed from a day on; the same list again changes nothing. */
export async function keepOfferedProducts(tx: Transaction, rows: readonly OfferedProductRow[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insert(offeredProducts)
      .values([...rows])
      .onConflictDoNothing();
}

/** Everything on sale on a day, each product as it was listed last. */
export const productsOfferedOn = (db: Queryable, on: PlainDate): Promise<readonly OfferedProductRow[]> =>
  db
    .selectDistinctOn([offeredProducts.sku])
    .from(offeredProducts)
    .where(lte(offeredProducts.validFrom, on))
    .orderBy(asc(offeredProducts.sku), desc(offeredProducts.validFrom))
    .limit(PRODUCTS_MAX);

/** Keeps how many users a namespace has, unless they were counted later than that. */
export async function saveMeasurement(tx: Transaction, measurement: NamespaceMeasurement): Promise<void> {
  const { accountId, namespaceId, seatsInUse, measuredAt } = measurement;
  await tx
    .insert(namespaceMeasurements)
    .values({ accountId, namespaceId, seatsInUse, measuredAt })
    .onConflictDoUpdate({
      target: [namespaceMeasurements.accountId, namespaceMeasurements.namespaceId],
      set: { seatsInUse, measuredAt },
      setWhere: lt(namespaceMeasurements.measuredAt, measuredAt),
    });
}

export const measurementByNamespace = defineLoader<NamespaceId, NamespaceMeasurement>(
  (db, ids) => db.select().from(namespaceMeasurements).where(anyOf(namespaceMeasurements.namespaceId, ids)),
  row => row.namespaceId,
);

/** Remembers that a partner sold these. */
export async function addResold(tx: Transaction, accountId: AccountId, ids: readonly SubscriptionId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .insert(resoldSubscriptions)
    .values(ids.map(subscriptionId => ({ accountId, subscriptionId })))
    .onConflictDoNothing();
}

/** Those of these subscriptions that a partner sold. */
export async function resoldAmong(db: Queryable, ids: readonly SubscriptionId[]): Promise<ReadonlySet<SubscriptionId>> {
  const rows = await db
    .select({ id: resoldSubscriptions.subscriptionId })
    .from(resoldSubscriptions)
    .where(anyOf(resoldSubscriptions.subscriptionId, ids));
  return new Set(rows.map(({ id }) => id));
}
