import { boolean, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { currency, id } from '#kernel/db/columns';
import type { BillTo } from './invoice-tables';

export * from './credit-tables';
export * from './dunning-tables';
export * from './invoice-tables';
export * from './journal-tables';
export * from './payment-tables';
export * from './period-tables';

/** Copy of what customers says about an account; the newest version it has spoken of. */
export const accounts = pgTable('accounts', {
  accountId: id('account').primaryKey(),
  version: integer().notNull(),
  number: text().notNull(),
  name: text().notNull(),
  currency: currency().notNull(),
  billTo: jsonb().$type<BillTo>().notNull(),
  /** Null for accounts that were last heard of before these were kept. */
  organizationName: text(),
  vatId: text(),
  isTaxExempt: boolean(),
});

export type AccountRow = typeof accounts.$inferSelect;
