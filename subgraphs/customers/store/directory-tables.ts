import { foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, oneOf } from '#kernel/db/columns';
import { DIRECTORY_KINDS } from '../domain/directory';

/**
 * What exists in any house, and whose it is: enough to answer `node` and `search` without asking a neighbour. It may
 * know of an account's things before it knows of the account, so it refers to no account row.
 */
export const directoryEntries = pgTable(
  'directory_entries',
  {
    accountId: id('account').notNull(),
    /** In its text form, because entries are of many kinds. */
    entityId: text().notNull(),
    kind: oneOf(DIRECTORY_KINDS).notNull(),
    label: text().notNull(),
  },
  table => [primaryKey({ columns: [table.accountId, table.entityId] }), index().on(table.entityId)],
);

/** The words by which an entry is found, in byte order so that a beginning is a range. */
export const directoryWords = pgTable(
  'directory_words',
  {
    accountId: id('account').notNull(),
    entityId: text().notNull(),
    word: text().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.entityId, table.word] }),
    foreignKey({
      name: 'directory_words_entry_fk',
      columns: [table.accountId, table.entityId],
      foreignColumns: [directoryEntries.accountId, directoryEntries.entityId],
    }).onDelete('cascade'),
    index().on(table.word.op('text_pattern_ops')),
    index().on(table.accountId, table.word.op('text_pattern_ops')),
  ],
);

export type DirectoryRow = typeof directoryEntries.$inferSelect;
