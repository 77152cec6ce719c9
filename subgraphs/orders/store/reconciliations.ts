import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { Queryable } from '#kernel/db/database';
import type { AccountId, ReconciliationId } from '#kernel/ids';
import type { OrderKey } from './orders';
import { type OrderRow, orders } from './tables';

/** The order that charges a reconciliation, if there is one. */
export async function orderOfReconciliation(db: Queryable, accountId: AccountId, id: ReconciliationId): Promise<OrderRow | null> {
  const [order] = await db
    .select()
    .from(orders)
    .where(and(eq(orders.accountId, accountId), eq(orders.reconciliationId, id)));
  return order ?? null;
}

/** The orders of an account's reconciliations that have stopped, the oldest first. A term has three at most. */
export const stoppedReconciliations = (db: Queryable, accountId: AccountId): Promise<readonly OrderKey[]> =>
  db
    .select({ accountId: orders.accountId, id: orders.id })
    .from(orders)
    .where(and(eq(orders.accountId, accountId), isNotNull(orders.reconciliationId), eq(orders.state, 'ERROR')))
    .orderBy(asc(orders.id));
