import { pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { id, instant } from '#kernel/db/columns';

/** The terms whose end was announced: one notice for each. */
export const renewalNotices = pgTable(
  'renewal_notices',
  { accountId: id('account').notNull(), termId: id('term').notNull(), noticedAt: instant().notNull() },
  t => [primaryKey({ columns: [t.accountId, t.termId] })],
);
