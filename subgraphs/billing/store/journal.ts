import { and, eq, lte, sum } from 'drizzle-orm';
import type { Queryable, Transaction } from '#kernel/db/database';
import type { Currency } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import type { LedgerTotal, Posting } from '../domain/journal';
import { journalEntries, journalPostings } from './tables';

/** Writes an entry with all its sides, or nothing when there are none: a free invoice moves no money. */
export async function insertEntry(tx: Transaction, entry: typeof journalEntries.$inferInsert, postings: readonly Posting[]): Promise<void> {
  if (postings.length === 0) return;
  const sides = postings.map((posting, index) => ({
    accountId: entry.accountId,
    entryId: entry.id,
    position: index + 1,
    code: posting.code,
    currency: posting.debit.currency,
    debitMinor: posting.debit.minor,
    creditMinor: posting.credit.minor,
    working: posting.working,
    postedOn: entry.postedOn,
  }));
  await Promise.all([tx.insert(journalEntries).values(entry), tx.insert(journalPostings).values(sides)]);
}

/** The sums of each ledger account in each currency, up to and including a day. */
export function ledgerTotals(db: Queryable, on: PlainDate, currency: Currency | null): Promise<readonly LedgerTotal[]> {
  return db
    .select({
      code: journalPostings.code,
      currency: journalPostings.currency,
      debitMinor: sum(journalPostings.debitMinor).mapWith(BigInt),
      creditMinor: sum(journalPostings.creditMinor).mapWith(BigInt),
    })
    .from(journalPostings)
    .where(and(lte(journalPostings.postedOn, on), currency ? eq(journalPostings.currency, currency) : undefined))
    .groupBy(journalPostings.code, journalPostings.currency);
}
