import { and, asc, eq, gt, lte, max, min, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import { type AccountId, type InvoiceId, uuidOf } from '#kernel/ids';
import type { Instant, PlainDate } from '#kernel/time';
import { invoices, type ReminderRow, receivables, reminders, standings } from './tables';

export const remindersOfInvoice = defineListLoader(
  (db, keys: readonly InvoiceId[]) =>
    db.select().from(reminders).where(anyOf(reminders.invoiceId, keys)).orderBy(asc(reminders.invoiceId), asc(reminders.step)),
  row => row.invoiceId,
);

export const standingOfAccount = defineLoader(
  (db, keys: readonly AccountId[]) => db.select().from(standings).where(anyOf(standings.accountId, keys)),
  row => row.accountId,
);

/** Something is owed that is not on its way. */
const isOpen = and(eq(receivables.status, 'POSTED'), gt(receivables.balanceMinor, receivables.pendingMinor));

/** Accounts with something that was due on a day or before, or that are held, in the order of their ids. */
export async function accountsToDun(
  db: Queryable,
  dueOn: PlainDate,
  after: AccountId | null,
  limit: number,
): Promise<readonly AccountId[]> {
  const isAfter = (column: typeof receivables.accountId | typeof standings.accountId) =>
    after ? sql`${column} > ${uuidOf(after)}::uuid` : undefined;
  const overdue = db
    .selectDistinct({ accountId: receivables.accountId })
    .from(receivables)
    // The balance alone first: it is what the index of open receivables was made for.
    .where(and(gt(receivables.balanceMinor, 0n), isOpen, lte(receivables.dueOn, dueOn), isAfter(receivables.accountId)));
  const held = db
    .select({ accountId: standings.accountId })
    .from(standings)
    .where(and(eq(standings.isHeld, true), isAfter(standings.accountId)));
  const found = await overdue.union(held).orderBy(asc(sql`account_id`)).limit(limit);
  return found.map(row => row.accountId);
}

/**
 * What an account has not paid by its day, the oldest first, locked: a payment that is being kept is waited for, and one
 * that comes after waits for us. So nobody is held for what was just paid.
 */
export async function lockOverdue(tx: Transaction, accountId: AccountId, dueOn: PlainDate) {
  return tx
    .select({
      invoiceId: receivables.invoiceId,
      number: invoices.number,
      currency: receivables.currency,
      balanceMinor: receivables.balanceMinor,
      dueOn: receivables.dueOn,
    })
    .from(receivables)
    .innerJoin(invoices, and(eq(invoices.accountId, receivables.accountId), eq(invoices.id, receivables.invoiceId)))
    .where(and(eq(receivables.accountId, accountId), isOpen, lte(receivables.dueOn, dueOn)))
    .orderBy(asc(receivables.dueOn), asc(receivables.invoiceId))
    .for('update', { of: receivables });
}

/** The last reminder that was sent for each invoice of an account. */
export async function lastReminders(db: Queryable, accountId: AccountId): Promise<ReadonlyMap<InvoiceId, number>> {
  const sent = await db
    .select({ invoiceId: reminders.invoiceId, step: max(reminders.step) })
    .from(reminders)
    .where(eq(reminders.accountId, accountId))
    .groupBy(reminders.invoiceId);
  return new Map(sent.map(({ invoiceId, step }) => [invoiceId, step ?? 0]));
}

/** Keeps that a reminder was sent; false when it was before. */
export async function insertReminder(tx: Transaction, reminder: ReminderRow): Promise<boolean> {
  const added = await tx.insert(reminders).values(reminder).onConflictDoNothing().returning({ step: reminders.step });
  return added.length > 0;
}

/** The day since which an account owes its oldest open invoice, or null when it owes nothing. */
export async function oldestDueOn(db: Queryable, accountId: AccountId): Promise<PlainDate | null> {
  const [found] = await db
    .select({ dueOn: min(receivables.dueOn) })
    .from(receivables)
    .where(and(eq(receivables.accountId, accountId), isOpen));
  return found?.dueOn ?? null;
}

/** Whether an account is held now, locked where it is known. */
export async function lockHold(tx: Transaction, accountId: AccountId): Promise<boolean> {
  const [standing] = await tx.select().from(standings).where(eq(standings.accountId, accountId)).for('update');
  return standing?.isHeld ?? false;
}

export async function saveHold(tx: Transaction, accountId: AccountId, isHeld: boolean, changedAt: Instant): Promise<void> {
  const change = { isHeld, changedAt };
  await tx
    .insert(standings)
    .values({ accountId, ...change })
    .onConflictDoUpdate({ target: standings.accountId, set: change });
}
