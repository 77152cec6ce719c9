import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { id, instant, oneOf, plainDate } from '#kernel/db/columns';
import { TRIAL_KINDS } from '../domain/trial';

/** A trial of a group: one for each, ever. It costs nothing and is no charge, so it counts in no recurring revenue. */
export const trials = pgTable(
  'trials',
  {
    accountId: id('account').notNull(),
    id: id('trial').notNull(),
    namespaceId: id('namespace').notNull(),
    kind: oneOf(TRIAL_KINDS).notNull(),
    days: integer().notNull(),
    seats: integer().notNull(),
    startsOn: plainDate().notNull(),
    /** The day after its last; earlier than agreed where a purchase dropped the rest. */
    endsOn: plainDate().notNull(),
    /** The subscription that stood on the group when it began: it has had its trial, wherever it moves. */
    onSubscriptionId: id('subscription'),
    convertedOn: plainDate(),
    /** The subscription that it became. */
    subscriptionId: id('subscription'),
    /** When its coming end was announced to the Sold-To contact. */
    noticedAt: instant(),
    /** When its neighbours were told that it had ended unconverted. */
    expiryToldAt: instant(),
    startedBy: text().notNull(),
    createdAt: instant().notNull(),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex('trials_of_namespace').on(t.accountId, t.namespaceId),
    uniqueIndex('trials_on_subscription').on(t.accountId, t.onSubscriptionId).where(sql`on_subscription_id is not null`),
    index().on(t.namespaceId),
    index().on(t.subscriptionId),
    // Trials that run; those whose day has come are found without reading the ended ones.
    index('trials_running').on(t.endsOn).where(sql`converted_on is null and expiry_told_at is null`),
  ],
);

/** A term's end that support put off: once for each term. Added, never changed. */
export const temporaryExtensions = pgTable(
  'temporary_extensions',
  {
    accountId: id('account').notNull(),
    id: id('extension').notNull(),
    subscriptionId: id('subscription').notNull(),
    termId: id('term').notNull(),
    endsOn: plainDate().notNull(),
    reason: text().notNull(),
    grantedBy: text().notNull(),
    grantedAt: instant().notNull(),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex('temporary_extensions_of_term').on(t.accountId, t.termId),
    index().on(t.subscriptionId),
  ],
);

export type TrialRow = typeof trials.$inferSelect;
export type ExtensionRow = typeof temporaryExtensions.$inferSelect;
