import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { currency, id, instant, minor, oneOf, plainDate } from '#kernel/db/columns';
import { JOURNAL_KINDS, LEDGER_CODES } from '../domain/journal';
import { invoices } from './invoice-tables';

/** The double-entry journal. Entries are added and never changed; a correction is another entry. */
export const journalEntries = pgTable(
  'journal_entries',
  {
    accountId: id('account').notNull(),
    id: id('journalEntry').notNull(),
    kind: oneOf(JOURNAL_KINDS).notNull(),
    invoiceId: id('invoice').notNull(),
    paymentId: id('payment'),
    creditMemoNumber: text(),
    refundNumber: text(),
    description: text().notNull(),
    postedOn: plainDate().notNull(),
    postedAt: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index().on(table.accountId, table.invoiceId),
    foreignKey({ columns: [table.accountId, table.invoiceId], foreignColumns: [invoices.accountId, invoices.id] }),
  ],
);

/** The sides of an entry. One statement writes all of an entry, and a trigger checks that it sums to zero. */
export const journalPostings = pgTable(
  'journal_postings',
  {
    accountId: id('account').notNull(),
    entryId: id('journalEntry').notNull(),
    position: integer().notNull(),
    code: oneOf(LEDGER_CODES).notNull(),
    currency: currency().notNull(),
    debitMinor: minor().notNull(),
    creditMinor: minor().notNull(),
    working: text().notNull(),
    postedOn: plainDate().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.entryId, table.position] }),
    index().on(table.postedOn, table.currency, table.code),
    foreignKey({ columns: [table.accountId, table.entryId], foreignColumns: [journalEntries.accountId, journalEntries.id] }),
    check(
      'journal_postings_one_side',
      sql`${table.debitMinor} >= 0 and ${table.creditMinor} >= 0 and (${table.debitMinor} = 0) <> (${table.creditMinor} = 0)`,
    ),
  ],
);
