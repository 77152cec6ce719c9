import { and, asc, eq, getTableColumns, min, sql, sum } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { AccountId, InvoiceId } from '#kernel/ids';
import {
  type InvoiceLineRow,
  type InvoiceRow,
  type InvoiceVoidRow,
  invoiceLines,
  invoiceSeries,
  invoices,
  invoiceVoids,
  type ReceivableRow,
  receivables,
} from './tables';

/** Every column of an invoice with what is owed on it. */
export const invoiceColumns = {
  ...getTableColumns(invoices),
  status: receivables.status,
  balanceMinor: receivables.balanceMinor,
  pendingMinor: receivables.pendingMinor,
};

/** An invoice and its receivable have the same account and id, and always come together. */
export const isReceivableOfInvoice = and(eq(receivables.accountId, invoices.accountId), eq(receivables.invoiceId, invoices.id));

const selectInvoices = (db: Queryable) => db.select(invoiceColumns).from(invoices).innerJoin(receivables, isReceivableOfInvoice);

export const invoiceById = defineLoader(
  (db, keys: readonly InvoiceId[]): Promise<readonly InvoiceRow[]> => selectInvoices(db).where(anyOf(invoices.id, keys)),
  row => row.id,
);

export const invoiceByNumber = defineLoader(
  (db, keys: readonly string[]): Promise<readonly InvoiceRow[]> => selectInvoices(db).where(anyOf(invoices.number, keys)),
  row => row.number,
);

export const linesOfInvoice = defineListLoader(
  (db, keys: readonly InvoiceId[]) =>
    db
      .select()
      .from(invoiceLines)
      .where(anyOf(invoiceLines.invoiceId, keys))
      .orderBy(asc(invoiceLines.invoiceId), asc(invoiceLines.position)),
  row => row.invoiceId,
);

/** What each account owes in each currency, as one row for an account and a currency. */
export const openBalancesOfAccount = defineListLoader(
  (db, keys: readonly AccountId[]) =>
    db
      .select({
        accountId: receivables.accountId,
        currency: receivables.currency,
        balanceMinor: sum(receivables.balanceMinor).mapWith(BigInt),
      })
      .from(receivables)
      .where(and(anyOf(receivables.accountId, keys), eq(receivables.status, 'POSTED')))
      .groupBy(receivables.accountId, receivables.currency),
  row => row.accountId,
);

export async function findInvoice(db: Queryable, accountId: AccountId, id: InvoiceId): Promise<InvoiceRow | null> {
  const [invoice] = await selectInvoices(db).where(and(eq(invoices.accountId, accountId), eq(invoices.id, id)));
  return invoice ?? null;
}

export async function findInvoiceByNumber(db: Queryable, number: string): Promise<InvoiceRow | null> {
  const [invoice] = await selectInvoices(db).where(eq(invoices.number, number));
  return invoice ?? null;
}

export async function findLines(
  db: Queryable,
  invoice: { readonly accountId: AccountId; readonly id: InvoiceId },
): Promise<readonly InvoiceLineRow[]> {
  return db
    .select()
    .from(invoiceLines)
    .where(and(eq(invoiceLines.accountId, invoice.accountId), eq(invoiceLines.invoiceId, invoice.id)))
    .orderBy(asc(invoiceLines.position));
}

/** The invoice as it stands now, with what is owed on it locked until the transaction ends. */
export async function lockInvoice(tx: Transaction, accountId: AccountId, id: InvoiceId): Promise<InvoiceRow | null> {
  const [invoice] = await selectInvoices(tx)
    .where(and(eq(invoices.accountId, accountId), eq(invoices.id, id)))
    .for('update', { of: receivables });
  return invoice ?? null;
}

/**
 * The account's next number. Whoever posts holds the series' row until the commit, and a rollback gives the number
 * back: so a series has no gap.
 */
export async function nextSequence(tx: Transaction, accountId: AccountId): Promise<number> {
  const [series] = await tx
    .insert(invoiceSeries)
    .values({ accountId, lastSequence: 1 })
    .onConflictDoUpdate({ target: invoiceSeries.accountId, set: { lastSequence: sql`${invoiceSeries.lastSequence} + 1` } })
    .returning();
  return series!.lastSequence;
}

/**
 * The place of an invoice that is brought along, under the lock of the account's series: below zero, so that our own
 * numbers begin with 1 and have no gap.
 */
export async function placeBroughtAlong(tx: Transaction, accountId: AccountId): Promise<number> {
  await tx
    .insert(invoiceSeries)
    .values({ accountId, lastSequence: 0 })
    .onConflictDoUpdate({ target: invoiceSeries.accountId, set: { lastSequence: sql`${invoiceSeries.lastSequence}` } });
  const [lowest] = await tx
    .select({ sequence: min(invoices.sequence) })
    .from(invoices)
    .where(eq(invoices.accountId, accountId));
  return Math.min(lowest?.sequence ?? 0, 0) - 1;
}

/** Saves a posted invoice whole: the document, its lines and what is owed on it. */
export async function insertInvoice(tx: Transaction, invoice: InvoiceRow, lines: readonly InvoiceLineRow[]): Promise<void> {
  const { status, balanceMinor, pendingMinor, ...document } = invoice;
  const { accountId, id: invoiceId, currency, dueOn } = document;
  await Promise.all([
    tx.insert(invoices).values(document),
    tx.insert(invoiceLines).values([...lines]),
    tx.insert(receivables).values({ accountId, invoiceId, status, currency, balanceMinor, pendingMinor, dueOn }),
  ]);
}

export async function saveReceivable(
  tx: Transaction,
  invoice: InvoiceRow,
  change: Partial<Pick<ReceivableRow, 'status' | 'balanceMinor' | 'pendingMinor'>>,
): Promise<InvoiceRow> {
  await tx
    .update(receivables)
    .set(change)
    .where(and(eq(receivables.accountId, invoice.accountId), eq(receivables.invoiceId, invoice.id)));
  return { ...invoice, ...change };
}

export async function insertVoid(tx: Transaction, taken: InvoiceVoidRow): Promise<void> {
  await tx.insert(invoiceVoids).values(taken);
}

/** When and why each invoice was taken back, where it was. */
export const voidOfInvoice = defineLoader(
  (db, keys: readonly InvoiceId[]) => db.select().from(invoiceVoids).where(anyOf(invoiceVoids.invoiceId, keys)),
  row => row.invoiceId,
);
