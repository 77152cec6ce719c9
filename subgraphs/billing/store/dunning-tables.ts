import { boolean, foreignKey, index, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { currency, id, instant, minor, plainDate } from '#kernel/db/columns';
import { invoices } from './invoice-tables';

/** Which reminder of the policy was sent for which invoice, once each. Added and never changed. */
export const reminders = pgTable(
  'reminders',
  {
    accountId: id('account').notNull(),
    invoiceId: id('invoice').notNull(),
    /** The step of the policy, by its number of days. */
    step: integer().notNull(),
    daysOverdue: integer().notNull(),
    currency: currency().notNull(),
    balanceMinor: minor().notNull(),
    remindedOn: plainDate().notNull(),
    remindedAt: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.invoiceId, table.step] }),
    index().on(table.invoiceId, table.step),
    foreignKey({ columns: [table.accountId, table.invoiceId], foreignColumns: [invoices.accountId, invoices.id] }),
  ],
);

/** Whether an account is held for what it has not paid. Only accounts that ever were have a row. */
export const standings = pgTable('standings', {
  accountId: id('account').primaryKey(),
  isHeld: boolean().notNull(),
  changedAt: instant().notNull(),
});

export type ReminderRow = typeof reminders.$inferSelect;
