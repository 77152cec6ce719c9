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

export type AccountCopyRow = typeof accountCopies.$inferSelect;
export type SubscriptionCopyRow = typeof subscriptionCopies.$inferSelect;
export type NamespaceCopyRow = typeof namespaceCopies.$inferSelect;
