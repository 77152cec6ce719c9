import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, InvoiceId, PaymentId } from '#kernel/ids';
import { type AllocationRow, allocations, type PaymentRow, paymentMethods, payments } from './tables';

/** An invoice that was paid in more parts than this shows the newest of them. */
const PAYMENTS_PER_INVOICE_MAX = 100;

export const paymentById = defineLoader(
  (db, keys: readonly PaymentId[]) => db.select().from(payments).where(anyOf(payments.id, keys)),
  row => row.id,
);

/** The payments of each invoice in the order in which they were made. */
export const paymentsOfInvoice = defineListLoader(
  (db, keys: readonly InvoiceId[]) =>
    db
      .select()
      .from(payments)
      .where(and(anyOf(payments.invoiceId, keys), isAmongNewest()))
      .orderBy(asc(payments.id)),
  row => row.invoiceId!,
);

/** How each payment lowered an invoice's balance, once it did. */
export const allocationOfPayment = defineLoader(
  (db, keys: readonly PaymentId[]) => db.select().from(allocations).where(anyOf(allocations.paymentId, keys)),
  row => row.paymentId,
);

export async function lockPayment(tx: Transaction, accountId: AccountId, id: PaymentId): Promise<PaymentRow | null> {
  const [payment] = await tx
    .select()
    .from(payments)
    .where(and(eq(payments.accountId, accountId), eq(payments.id, id)))
    .for('update');
  return payment ?? null;
}

export async function findAccountOfPayment(db: Queryable, id: PaymentId): Promise<AccountId | null> {
  const [found] = await db.select({ accountId: payments.accountId }).from(payments).where(eq(payments.id, id));
  return found?.accountId ?? null;
}

/** A card payment with what the provider must be told to charge it. */
export async function findCardPayment(db: Queryable, accountId: AccountId, id: PaymentId) {
  const [found] = await db
    .select({ payment: payments, providerToken: paymentMethods.providerToken })
    .from(payments)
    .innerJoin(paymentMethods, and(eq(paymentMethods.accountId, payments.accountId), eq(paymentMethods.id, payments.paymentMethodId)))
    .where(and(eq(payments.accountId, accountId), eq(payments.id, id)));
  return found ?? null;
}

export async function insertPayment(tx: Transaction, payment: typeof payments.$inferInsert): Promise<PaymentRow> {
  const [row] = await tx.insert(payments).values(payment).returning();
  return row!;
}

export async function savePayment(
  tx: Transaction,
  payment: PaymentRow,
  change: Partial<Omit<PaymentRow, 'accountId' | 'id'>>,
): Promise<PaymentRow> {
  const [row] = await tx
    .update(payments)
    .set(change)
    .where(and(eq(payments.accountId, payment.accountId), eq(payments.id, payment.id)))
    .returning();
  return row!;
}

export async function insertAllocation(tx: Transaction, allocation: AllocationRow): Promise<void> {
  await tx.insert(allocations).values(allocation);
}

const isAmongNewest = (): SQL => sql`${payments.id} in (
  select newer.id from ${payments} newer
  where newer.invoice_id = ${payments.invoiceId} order by newer.id desc limit ${PAYMENTS_PER_INVOICE_MAX})`;
