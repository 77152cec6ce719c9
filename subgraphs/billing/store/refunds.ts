import { and, asc, eq } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, PaymentId } from '#kernel/ids';
import { payments, type RefundRow, refunds } from './tables';

export const refundByNumber = defineLoader(
  (db, keys: readonly string[]) => db.select().from(refunds).where(anyOf(refunds.number, keys)),
  row => row.number,
);

/** The refunds of each payment, the first first. They never add up to more than the payment. */
export const refundsOfPayment = defineListLoader(
  (db, keys: readonly PaymentId[]) =>
    db.select().from(refunds).where(anyOf(refunds.paymentId, keys)).orderBy(asc(refunds.paymentId), asc(refunds.sequence)),
  row => row.paymentId,
);

/** A refund with the payment that the provider must be told about. */
export async function findRefund(db: Queryable, accountId: AccountId, number: string) {
  const [found] = await db
    .select({ refund: refunds, payment: payments })
    .from(refunds)
    .innerJoin(payments, and(eq(payments.accountId, refunds.accountId), eq(payments.id, refunds.paymentId)))
    .where(and(eq(refunds.accountId, accountId), eq(refunds.number, number)));
  return found ?? null;
}

export async function lockRefund(tx: Transaction, accountId: AccountId, number: string): Promise<RefundRow | null> {
  const [refund] = await tx
    .select()
    .from(refunds)
    .where(and(eq(refunds.accountId, accountId), eq(refunds.number, number)))
    .for('update');
  return refund ?? null;
}

export async function insertRefund(tx: Transaction, refund: RefundRow): Promise<RefundRow> {
  const [row] = await tx.insert(refunds).values(refund).returning();
  return row!;
}

export async function saveRefundRow(
  tx: Transaction,
  refund: RefundRow,
  change: Partial<Pick<RefundRow, 'status' | 'failure' | 'refundedOn' | 'refundedAt'>>,
): Promise<RefundRow> {
  const [row] = await tx
    .update(refunds)
    .set(change)
    .where(and(eq(refunds.accountId, refund.accountId), eq(refunds.number, refund.number)))
    .returning();
  return row!;
}
