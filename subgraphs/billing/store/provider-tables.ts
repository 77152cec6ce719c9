import { sql } from 'drizzle-orm';
import { boolean, check, integer, pgSchema, text } from 'drizzle-orm/pg-core';
import { currency, minor } from '#kernel/db/columns';
import { PROVIDER_STATUSES } from '../domain/payment';

/**
 * The development payment provider's own books. They stand apart from billing's tables, as a real provider's would:
 * in a schema of their own, made by a migration of their own, and unknown to `tables.ts`.
 */
export const developmentProvider = pgSchema('development_provider');

export const providerAuthorizations = developmentProvider.table(
  'authorizations',
  {
    /** The caller's idempotency key: one key, one charge. */
    key: text().primaryKey(),
    token: text().notNull(),
    amountMinor: minor().notNull(),
    currency: currency().notNull(),
    status: text({ enum: PROVIDER_STATUSES }).notNull(),
    reason: text(),
    capturedMinor: minor().notNull(),
    refundedMinor: minor().notNull().default(sql`0`),
    /** How often the key was presented for authorisation: what a test of retries counts. */
    calls: integer().notNull(),
    /** How often the buyer answered the bank's challenge wrongly. */
    wrongAnswers: integer().notNull(),
  },
  table => [check('authorizations_captured', sql`${table.capturedMinor} between 0 and ${table.amountMinor}`)],
);

/** What the provider has given back, or refused to. */
export const providerRefunds = developmentProvider.table('refunds', {
  key: text().primaryKey(),
  authorizationKey: text().notNull(),
  amountMinor: minor().notNull(),
  isRefunded: boolean().notNull(),
  calls: integer().notNull(),
});
