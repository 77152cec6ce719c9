import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { currency, id, plainDate } from '#kernel/db/columns';
import type { ChargeInForce, PlanAtRenewal } from '../domain/agreement';

// Copies of what neighbours own, fed from their event logs, so that no purchase waits for a neighbour.

export const accountCopies = pgTable('account_copies', {
  accountId: id('account').primaryKey(),
  version: integer().notNull(),
  number: text().notNull(),
  name: text().notNull(),
  organizationName: text().notNull(),
  currency: currency().notNull(),
  sellingEntity: text().notNull(),
  paymentTermsDays: integer().notNull(),
  isTaxExempt: boolean().notNull(),
  vatId: text(),
  holds: jsonb().$type<readonly string[]>().notNull(),
  billToName: text().notNull(),
  billToCountry: text().notNull(),
  soldToName: text().notNull(),
  soldToCountry: text().notNull(),
  /** Null for accounts that were last heard of before this was kept. */
  isAutoPay: boolean(),
});

export const subscriptionCopies = pgTable(
  'subscription_copies',
  {
    accountId: id('account').notNull(),
    id: id('subscription').notNull(),
    version: integer().notNull(),
    name: text().notNull(),
    status: text().notNull(),
    planSku: text().notNull(),
    planName: text().notNull(),
    planTier: text().notNull(),
    planDeployment: text().notNull(),
    termStartsOn: plainDate().notNull(),
    termEndsOn: plainDate().notNull(),
    termMonths: integer().notNull(),
    isAutoRenew: boolean().notNull(),
    namespaceId: id('namespace'),
    charges: jsonb().$type<readonly ChargeInForce[]>().notNull(),
    planAtRenewal: jsonb().$type<PlanAtRenewal>(),
  },
  t => [primaryKey({ columns: [t.accountId, t.id] }), index().on(t.name), index().on(t.namespaceId)],
);

export const namespaceCopies = pgTable(
  'namespace_copies',
  {
    accountId: id('account').notNull(),
    id: id('namespace').notNull(),
    path: text().notNull(),
  },
  t => [primaryKey({ columns: [t.accountId, t.id] }), index().on(t.id)],
);

/** The cards of an account that billing keeps, by their ids alone: what is placed without a buyer is paid with the newest. */
export const cardCopies = pgTable('card_copies', { accountId: id('account').notNull(), id: id('paymentMethod').notNull() }, t => [
  primaryKey({ columns: [t.accountId, t.id] }),
]);

/** What a true-up at the end of a term is counted from, as subscriptions last said. */
export const termCounts = pgTable(
  'term_counts',
  {
    accountId: id('account').notNull(),
    subscriptionId: id('subscription').notNull(),
    termStartsOn: plainDate().notNull(),
    usersMax: integer().notNull(),
    isReconciled: boolean().notNull(),
  },
  t => [primaryKey({ columns: [t.accountId, t.subscriptionId, t.termStartsOn] })],
);

export type TermCountRow = typeof termCounts.$inferSelect;
export type AccountCopyRow = typeof accountCopies.$inferSelect;
export type SubscriptionCopyRow = typeof subscriptionCopies.$inferSelect;
export type NamespaceCopyRow = typeof namespaceCopies.$inferSelect;
