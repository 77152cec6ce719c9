import { and, asc, eq, isNull, lte, or } from 'drizzle-orm';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { AccountId, InvoiceId, OrderId } from '#kernel/ids';
import { addMs, dayOf, type Instant, type PlainDate } from '#kernel/time';
import { INSTALMENT_WAIT_MS } from '../domain/policy';
import { type OrderInstalmentRow, orderInstalments, orders, subscriptionCopies } from './tables';

export interface InstalmentKey {
  readonly accountId: AccountId;
  readonly orderId: OrderId;
  readonly invoicedOn: PlainDate;
}

/** Instalments of fulfilled orders whose day has come and that billing has not posted, the longest due first. */
export const instalmentsDue = (db: Queryable, now: Instant, limit: number): Promise<readonly InstalmentKey[]> =>
  db
    .select({ accountId: orderInstalments.accountId, orderId: orderInstalments.orderId, invoicedOn: orderInstalments.invoicedOn })
    .from(orderInstalments)
    .innerJoin(orders, and(eq(orders.accountId, orderInstalments.accountId), eq(orders.id, orderInstalments.orderId)))
    .where(
      and(isNull(orderInstalments.postedAt), lte(orderInstalments.invoicedOn, dayOf(now)), isSilent(now), eq(orders.state, 'FULFILLED')),
    )
    .orderBy(asc(orderInstalments.invoicedOn), asc(orderInstalments.orderId))
    .limit(limit);

/** An instalment that is still to be posted, its row locked. */
export async function instalmentForUpdate(tx: Transaction, key: InstalmentKey, now: Instant): Promise<OrderInstalmentRow | null> {
  const [instalment] = await tx
    .select()
    .from(orderInstalments)
    .where(and(isInstalment(key), isNull(orderInstalments.postedAt), isSilent(now)))
    .for('update');
  return instalment ?? null;
}

export async function saveInstalment(tx: Transaction, { requestedAt, postedAt, ...key }: OrderInstalmentRow): Promise<void> {
  await tx.update(orderInstalments).set({ requestedAt, postedAt }).where(isInstalment(key));
}

/** The instalment that an invoice is for, or null when it is the invoice of an order itself. */
export async function instalmentOfInvoice(db: Queryable, accountId: AccountId, invoiceId: InvoiceId): Promise<OrderInstalmentRow | null> {
  const [found] = await db
    .select()
    .from(orderInstalments)
    .where(and(eq(orderInstalments.accountId, accountId), eq(orderInstalments.invoiceId, invoiceId)));
  return found ?? null;
}

/** The subscriptions of an account that were ended: nothing is charged for them any more. */
export async function endedSubscriptions(db: Queryable, accountId: AccountId): Promise<ReadonlySet<string>> {
  const ended = await db
    .select({ id: subscriptionCopies.id })
    .from(subscriptionCopies)
    .where(and(eq(subscriptionCopies.accountId, accountId), eq(subscriptionCopies.status, 'CANCELLED')));
  return new Set(ended.map(({ id }) => id));
}

const isInstalment = ({ accountId, orderId, invoicedOn }: InstalmentKey) =>
  and(eq(orderInstalments.accountId, accountId), eq(orderInstalments.orderId, orderId), eq(orderInstalments.invoicedOn, invoicedOn));
const isSilent = (now: Instant) =>
  or(isNull(orderInstalments.requestedAt), lte(orderInstalments.requestedAt, addMs(now, -INSTALMENT_WAIT_MS)));
