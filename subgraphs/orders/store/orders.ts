import { and, asc, desc, eq, lt, lte, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import { claimNumber } from '#kernel/db/numbers';
import type { AccountId, OrderId, PaymentMethodId } from '#kernel/ids';
import type { Instant, PlainDate } from '#kernel/time';
import type { OrderState } from '../domain/order';
import type { Entry, Progress } from '../domain/progress';
import {
  type OrderActionRow,
  type OrderInstalmentRow,
  type OrderLineRow,
  type OrderRow,
  type OrderStepRow,
  type OrderTimelineRow,
  orderActions,
  orderInstalments,
  orderLines,
  orderSteps,
  orders,
  orderTimeline,
} from './tables';

/** An order with everything that was planned and written about it. */
export interface Purchase {
  readonly order: OrderRow;
  readonly actions: readonly OrderActionRow[];
  readonly lines: readonly OrderLineRow[];
  readonly steps: readonly OrderStepRow[];
  readonly timeline: readonly OrderTimelineRow[];
  /** The invoices of later years of a ramp. */
  readonly instalments: readonly OrderInstalmentRow[];
}

export interface OrderKey {
  readonly accountId: AccountId;
  readonly id: OrderId;
}

/** The number by which people call an order: `O-00012345`. */
export const claimOrderNumber = (tx: Transaction, { accountId, id }: OrderKey): Promise<string> =>
  claimNumber(tx, 'order', id, accountId, digits => `O-${digits}`);

/** Saves a new order in five statements, and a sixth for a ramp, sent at once, whether it has one line or a thousand. */
export async function insertPurchase(tx: Transaction, { order, actions, lines, steps, timeline, instalments }: Purchase): Promise<void> {
  await Promise.all([
    tx.insert(orders).values(order),
    tx.insert(orderActions).values([...actions]),
    lines.length > 0 && tx.insert(orderLines).values([...lines]),
    tx.insert(orderSteps).values([...steps]),
    tx.insert(orderTimeline).values([...timeline]),
    instalments.length > 0 && tx.insert(orderInstalments).values([...instalments]),
  ]);
}

/** Where an order is kept, by its id alone. */
export async function orderKeyOf(db: Queryable, id: OrderId): Promise<OrderKey | null> {
  const [key] = await db.select({ accountId: orders.accountId, id: orders.id }).from(orders).where(eq(orders.id, id));
  return key ?? null;
}

/** An order and its steps, the order's row locked: answers to one order take turns. */
export async function orderForUpdate(
  tx: Transaction,
  key: OrderKey,
): Promise<{ readonly order: OrderRow; readonly steps: readonly OrderStepRow[] } | null> {
  const ofOrder = and(eq(orderSteps.accountId, key.accountId), eq(orderSteps.orderId, key.id));
  // Sent together and carried out one after the other: the steps are read when the lock is held.
  const [[order], steps] = await Promise.all([
    tx.select().from(orders).where(isOrder(key)).for('update'),
    tx.select().from(orderSteps).where(ofOrder),
  ]);
  return order ? { order, steps } : null;
}

/** Saves how an order went on: its state, the steps that changed, and new entries at the end of its timeline. */
export async function saveProgress(tx: Transaction, order: OrderRow, { state, fulfilledAt, steps, entries }: Progress): Promise<OrderRow> {
  const { accountId, id: orderId } = order;
  const timelineLength = order.timelineLength + entries.length;
  await Promise.all([
    tx.update(orders).set({ state, fulfilledAt, timelineLength }).where(isOrder(order)),
    steps.length > 0 &&
      tx
        .insert(orderSteps)
        .values(steps.map(step => ({ ...step, accountId, orderId })))
        .onConflictDoUpdate({ target: [orderSteps.accountId, orderSteps.orderId, orderSteps.kind], set: STEP_CHANGE }),
    entries.length > 0 && tx.insert(orderTimeline).values([...timelineOf(order, entries)]),
  ]);
  return { ...order, state, fulfilledAt, timelineLength };
}

const STEP_CHANGE = {
  state: sql`excluded.state`,
  attempts: sql`excluded.attempts`,
  failures: sql`excluded.failures`,
  lastError: sql`excluded.last_error`,
  requestedAt: sql`excluded.requested_at`,
  nextRetryAt: sql`excluded.next_retry_at`,
  answerDueAt: sql`excluded.answer_due_at`,
  doneAt: sql`excluded.done_at`,
};

/** New entries as rows, numbered on from those that the order has. */
export const timelineOf = (
  { accountId, id: orderId, timelineLength }: Pick<OrderRow, 'accountId' | 'id' | 'timelineLength'>,
  entries: readonly Entry[],
): readonly OrderTimelineRow[] => entries.map((entry, index) => ({ ...entry, accountId, orderId, position: timelineLength + index }));

/** The card that an order is paid with from now on; its invoice is one of that day, since months of the books may have been closed. */
export async function savePaymentMethod(
  tx: Transaction,
  order: OrderRow,
  paymentMethodId: PaymentMethodId,
  paidOn: PlainDate,
): Promise<OrderRow> {
  const change = { paymentMethodId, issuedOn: paidOn, dueOn: paidOn };
  await tx.update(orders).set(change).where(isOrder(order));
  return { ...order, ...change };
}

/** An order's actions in the order in which they were asked for. */
export const actionsOf = (db: Queryable, { accountId, id }: OrderKey): Promise<readonly OrderActionRow[]> =>
  db
    .select()
    .from(orderActions)
    .where(and(eq(orderActions.accountId, accountId), eq(orderActions.orderId, id)))
    .orderBy(asc(orderActions.position));

/** An order's priced lines, in the order of its actions. */
export const linesOf = (db: Queryable, { accountId, id }: OrderKey): Promise<readonly OrderLineRow[]> =>
  db
    .select()
    .from(orderLines)
    .where(and(eq(orderLines.accountId, accountId), eq(orderLines.orderId, id)))
    .orderBy(asc(orderLines.position));

/** Orders whose running step should have been answered by now, the longest silent first. */
export const silentOrders = (db: Queryable, now: Instant, limit: number): Promise<readonly OrderKey[]> =>
  db
    .select({ accountId: orderSteps.accountId, id: orderSteps.orderId })
    .from(orderSteps)
    .where(and(sql`${orderSteps.state} = 'RUNNING'`, lte(orderSteps.answerDueAt, now)))
    .orderBy(asc(orderSteps.answerDueAt), asc(orderSteps.orderId))
    .limit(limit);

/** The orders of an account that wait for its agreement, the oldest first. */
export const ordersAwaitingAgreement = (
  db: Queryable,
  accountId: AccountId,
): Promise<readonly Pick<OrderStepRow, 'orderId' | 'attempts'>[]> =>
  db
    .select({ orderId: orderSteps.orderId, attempts: orderSteps.attempts })
    .from(orderSteps)
    .where(and(eq(orderSteps.accountId, accountId), eq(orderSteps.kind, 'AGREEMENT'), eq(orderSteps.state, 'RUNNING')))
    .orderBy(asc(orderSteps.orderId));

/** An account's orders, the newest first. */
export const ordersAfter = (
  db: Queryable,
  accountId: AccountId,
  states: readonly OrderState[] | null,
  limit: number,
  after: OrderId | null,
): Promise<readonly OrderRow[]> =>
  db
    .select()
    .from(orders)
    .where(and(eq(orders.accountId, accountId), inStates(states), after ? lt(orders.id, after) : undefined))
    .orderBy(desc(orders.id))
    .limit(limit);

export const countOrders = (db: Queryable, accountId: AccountId, states: readonly OrderState[] | null): Promise<number> =>
  db.$count(orders, and(eq(orders.accountId, accountId), inStates(states)));

export const orderById = defineLoader(
  (db, ids: readonly OrderId[]) => db.select().from(orders).where(anyOf(orders.id, ids)),
  row => row.id,
);

export const orderByNumber = defineLoader(
  (db, numbers: readonly string[]) => db.select().from(orders).where(anyOf(orders.number, numbers)),
  row => row.number,
);

export const actionsByOrder = defineListLoader(
  (db, ids: readonly OrderId[]) =>
    db.select().from(orderActions).where(anyOf(orderActions.orderId, ids)).orderBy(asc(orderActions.position)),
  row => row.orderId,
);

export const linesByOrder = defineListLoader(
  (db, ids: readonly OrderId[]) => db.select().from(orderLines).where(anyOf(orderLines.orderId, ids)).orderBy(asc(orderLines.position)),
  row => row.orderId,
);

export const stepsByOrder = defineListLoader(
  (db, ids: readonly OrderId[]) => db.select().from(orderSteps).where(anyOf(orderSteps.orderId, ids)),
  row => row.orderId,
);

export const timelineByOrder = defineListLoader(
  (db, ids: readonly OrderId[]) =>
    db.select().from(orderTimeline).where(anyOf(orderTimeline.orderId, ids)).orderBy(asc(orderTimeline.position)),
  row => row.orderId,
);

const isOrder = ({ accountId, id }: OrderKey) => and(eq(orders.accountId, accountId), eq(orders.id, id));
const inStates = (states: readonly OrderState[] | null) => (states ? anyOf(orders.state, states) : undefined);
