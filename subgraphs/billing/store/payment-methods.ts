import { and, asc, count, eq } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, PaymentMethodId } from '#kernel/ids';
import { type PaymentMethodRow, paymentMethods } from './tables';

export const paymentMethodById = defineLoader(
  (db, keys: readonly PaymentMethodId[]) => db.select().from(paymentMethods).where(anyOf(paymentMethods.id, keys)),
  row => row.id,
);

/** The methods of each account, oldest first. An account has few: the domain bounds them. */
export const paymentMethodsOfAccount = defineListLoader(
  (db, keys: readonly AccountId[]) =>
    db
      .select()
      .from(paymentMethods)
      .where(anyOf(paymentMethods.accountId, keys))
      .orderBy(asc(paymentMethods.addedAt), asc(paymentMethods.id)),
  row => row.accountId,
);

export async function findPaymentMethod(db: Queryable, accountId: AccountId, id: PaymentMethodId): Promise<PaymentMethodRow | null> {
  const [method] = await db
    .select()
    .from(paymentMethods)
    .where(and(eq(paymentMethods.accountId, accountId), eq(paymentMethods.id, id)));
  return method ?? null;
}

export async function findMethodByToken(db: Queryable, accountId: AccountId, providerToken: string): Promise<PaymentMethodRow | null> {
  const [method] = await db
    .select()
    .from(paymentMethods)
    .where(and(eq(paymentMethods.accountId, accountId), eq(paymentMethods.providerToken, providerToken)));
  return method ?? null;
}

export async function countMethods(db: Queryable, accountId: AccountId): Promise<number> {
  const [row] = await db.select({ methods: count() }).from(paymentMethods).where(eq(paymentMethods.accountId, accountId));
  return row?.methods ?? 0;
}

/** Adds a method, or answers null when the account has its token already: another request was faster. */
export async function insertPaymentMethod(tx: Transaction, method: PaymentMethodRow): Promise<PaymentMethodRow | null> {
  const [row] = await tx
    .insert(paymentMethods)
    .values(method)
    .onConflictDoNothing({ target: [paymentMethods.accountId, paymentMethods.providerToken] })
    .returning();
  return row ?? null;
}
