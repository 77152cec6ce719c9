import { and, asc, eq, ne } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable } from '#kernel/db/database';
import type { AccountId, SubscriptionId } from '#kernel/ids';
import { dayOf } from '#kernel/time';
import type { PastAction, SoldLine } from '../domain/history';
import { orderActions, orderInstalments, orderLines, orderSteps, orders } from './tables';

/** What was ordered for subscriptions, the oldest first. What was rejected, or stopped before it was written, is left out. */
export async function actionsOfSubscriptions(
  db: Queryable,
  accountId: AccountId,
  ids: readonly SubscriptionId[],
): Promise<ReadonlyMap<SubscriptionId, readonly PastAction[]>> {
  const rows = await db
    .select({ action: orderActions, placedAt: orders.placedAt, state: orders.state, written: orderSteps.state })
    .from(orderActions)
    .innerJoin(orders, and(eq(orders.accountId, orderActions.accountId), eq(orders.id, orderActions.orderId)))
    .innerJoin(orderSteps, isSubscriptionStep)
    .where(and(eq(orderActions.accountId, accountId), anyOf(orderActions.subscriptionId, ids), ne(orders.state, 'REJECTED')))
    .orderBy(asc(orders.placedAt), asc(orderActions.id));
  const standing = rows.filter(({ state, written }) => written === 'DONE' || (state !== 'ERROR' && state !== 'CANCELLED'));
  const past = standing.map(({ action, placedAt, written }) => ({
    id: action.subscriptionId,
    kind: action.kind,
    orderedOn: dayOf(placedAt),
    termStartsOn: action.termStartsOn,
    termEndsOn: action.termEndsOn,
    termMonths: action.termMonths,
    amendment: action.amendment,
    isWritten: written === 'DONE',
  }));
  return Map.groupBy(past, action => action.id);
}

/** What subscriptions were charged and credited with, the oldest first, as far as it was carried out. */
export async function linesOfSubscriptions(
  db: Queryable,
  accountId: AccountId,
  ids: readonly SubscriptionId[],
): Promise<ReadonlyMap<SubscriptionId, readonly SoldLine[]>> {
  const rows = await db
    .select({ line: orderLines, invoiceId: orders.invoiceId, instalment: orderInstalments })
    .from(orderLines)
    .innerJoin(orders, and(eq(orders.accountId, orderLines.accountId), eq(orders.id, orderLines.orderId)))
    .innerJoin(
      orderSteps,
      and(eq(orderSteps.accountId, orders.accountId), eq(orderSteps.orderId, orders.id), eq(orderSteps.kind, 'SUBSCRIPTION')),
    )
    .leftJoin(
      orderInstalments,
      and(
        eq(orderInstalments.accountId, orderLines.accountId),
        eq(orderInstalments.orderId, orderLines.orderId),
        eq(orderInstalments.invoicedOn, orderLines.invoicedOn),
      ),
    )
    .where(and(eq(orderLines.accountId, accountId), anyOf(orderLines.subscriptionId, ids), eq(orderSteps.state, 'DONE')))
    .orderBy(asc(orders.placedAt), asc(orderLines.orderId), asc(orderLines.position));
  return Map.groupBy(
    rows.map(({ line, invoiceId, instalment }) => ({
      ...line,
      invoiceId: instalment?.invoiceId ?? invoiceId,
      isInvoiced: instalment === null || instalment.requestedAt !== null,
    })),
    line => line.subscriptionId,
  );
}

const isSubscriptionStep = and(
  eq(orderSteps.accountId, orderActions.accountId),
  eq(orderSteps.orderId, orderActions.orderId),
  eq(orderSteps.kind, 'SUBSCRIPTION'),
);
