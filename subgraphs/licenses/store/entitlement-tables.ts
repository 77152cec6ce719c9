import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, plainDate } from '#kernel/db/columns';
import type { GrantedCharge } from '../domain/entitlement';

/** Every version of a subscription that was told: what was granted on a day stays answerable. Added, never changed. */
export const entitlingVersions = pgTable(
  'entitling_versions',
  {
    accountId: id('account').notNull(),
    subscriptionId: id('subscription').notNull(),
    version: integer().notNull(),
    effectiveOn: plainDate().notNull(),
    status: text().notNull(),
    tier: text().notNull(),
    termStartsOn: plainDate().notNull(),
    termEndsOn: plainDate().notNull(),
    namespaceId: id('namespace'),
    charges: jsonb().$type<readonly GrantedCharge[]>().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.subscriptionId, table.version] }),
    index('entitling_versions_subscription').on(table.subscriptionId),
    index('entitling_versions_namespace').on(table.namespaceId),
  ],
);

/** A copy of what subscriptions say about a namespace: whose it is. */
export const namespaceCopies = pgTable(
  'namespace_copies',
  { accountId: id('account').notNull(), id: id('namespace').notNull(), path: text().notNull() },
  table => [primaryKey({ columns: [table.accountId, table.id] }), index('namespace_copies_id').on(table.id)],
);

/** A copy of what subscriptions say about the trial of a namespace. */
export const trialCopies = pgTable(
  'trial_copies',
  {
    accountId: id('account').notNull(),
    id: id('trial').notNull(),
    namespaceId: id('namespace').notNull(),
    tier: text().notNull(),
    seats: integer().notNull(),
    startsOn: plainDate().notNull(),
    endsOn: plainDate().notNull(),
    /** The subscription that it became; it takes over on the day on which that is in force. */
    becameId: id('subscription'),
  },
  table => [primaryKey({ columns: [table.accountId, table.id] }), index('trial_copies_namespace').on(table.namespaceId)],
);

/** Compute minutes that a namespace used on a day, as far as they were reported. */
export const computeUsage = pgTable(
  'compute_usage',
  {
    accountId: id('account').notNull(),
    namespaceId: id('namespace').notNull(),
    usedOn: plainDate().notNull(),
    minutes: integer().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.namespaceId, table.usedOn] }),
    index('compute_usage_namespace').on(table.namespaceId, table.usedOn),
  ],
);

export type EntitlingVersionRow = typeof entitlingVersions.$inferSelect;
export type NamespaceCopy = typeof namespaceCopies.$inferSelect;
export type TrialCopy = typeof trialCopies.$inferSelect;
