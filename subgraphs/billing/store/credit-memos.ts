import { and, asc, desc, eq, lt, sql, sum } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, InvoiceId, OrderId } from '#kernel/ids';
import type { DocumentKind } from '../domain/document-number';
import { type CreditMemoLineRow, type CreditMemoRow, creditMemoLines, creditMemos, documentSeries, type InvoiceRow } from './tables';

export const creditMemoByNumber = defineLoader(
  (db, keys: readonly string[]) => db.select().from(creditMemos).where(anyOf(creditMemos.number, keys)),
  row => row.number,
);

/** The credit memos of each invoice, the first first. An invoice has few: each takes a part of what it charged. */
export const creditMemosOfInvoice = defineListLoader(
  (db, keys: readonly InvoiceId[]) =>
    db.select().from(creditMemos).where(anyOf(creditMemos.invoiceId, keys)).orderBy(asc(creditMemos.invoiceId), asc(creditMemos.sequence)),
  row => row.invoiceId,
);

export const linesOfCreditMemo = defineListLoader(
  (db, keys: readonly string[]) =>
    db
      .select()
      .from(creditMemoLines)
      .where(anyOf(creditMemoLines.creditMemoNumber, keys))
      .orderBy(asc(creditMemoLines.creditMemoNumber), asc(creditMemoLines.position)),
  row => row.creditMemoNumber,
);

/** The credit memos of an account, the newest first, from below a sequence on. */
export function listCreditMemos(
  db: Queryable,
  accountId: AccountId,
  below: number | null,
  limit: number,
): Promise<readonly CreditMemoRow[]> {
  return db
    .select()
    .from(creditMemos)
    .where(and(eq(creditMemos.accountId, accountId), below === null ? undefined : lt(creditMemos.sequence, below)))
    .orderBy(desc(creditMemos.sequence))
    .limit(limit);
}

/** What was credited of each line of an invoice so far. */
export function creditedOfInvoice(db: Queryable, accountId: AccountId, invoiceId: InvoiceId) {
  return db
    .select({
      invoiceLineId: creditMemoLines.invoiceLineId,
      amountMinor: sum(creditMemoLines.amountMinor).mapWith(BigInt),
      taxMinor: sum(creditMemoLines.taxMinor).mapWith(BigInt),
    })
    .from(creditMemoLines)
    .where(and(eq(creditMemoLines.accountId, accountId), eq(creditMemoLines.invoiceId, invoiceId)))
    .groupBy(creditMemoLines.invoiceLineId);
}

/** Whether an order has given back of an invoice before. The invoice is locked by whoever asks. */
export async function isCreditedBy(
  tx: Transaction,
  { accountId, id }: Pick<InvoiceRow, 'accountId' | 'id'>,
  orderId: OrderId,
): Promise<boolean> {
  const [memo] = await tx
    .select({ number: creditMemos.number })
    .from(creditMemos)
    .where(and(eq(creditMemos.accountId, accountId), eq(creditMemos.orderId, orderId), eq(creditMemos.invoiceId, id)));
  return memo !== undefined;
}

export async function insertCreditMemo(tx: Transaction, memo: CreditMemoRow, lines: readonly CreditMemoLineRow[]): Promise<void> {
  await tx.insert(creditMemos).values(memo);
  await tx.insert(creditMemoLines).values([...lines]);
}

/** The account's next number of a kind. As with invoices: held until the commit, given back by a rollback, so without a gap. */
export async function nextDocument(tx: Transaction, accountId: AccountId, kind: DocumentKind): Promise<number> {
  const [series] = await tx
    .insert(documentSeries)
    .values({ accountId, kind, lastSequence: 1 })
    .onConflictDoUpdate({
      target: [documentSeries.accountId, documentSeries.kind],
      set: { lastSequence: sql`${documentSeries.lastSequence} + 1` },
    })
    .returning();
  return series!.lastSequence;
}
