import { index, integer, jsonb, pgTable, primaryKey, uniqueIndex } from 'drizzle-orm/pg-core';
import { id, instant, oneOf, plainDate } from '#kernel/db/columns';
import { RENEWAL_STATUSES, type RenewalReason } from '../domain/renewal';

/** What came of the last day of each term: one row for each, which moves on with the order that renews it. */
export const renewalAttempts = pgTable(
  'renewal_attempts',
  {
    accountId: id('account').notNull(),
    id: id('renewalAttempt').notNull(),
    subscriptionId: id('subscription').notNull(),
    /** The term that ends. */
    termId: id('term').notNull(),
    termEndsOn: plainDate().notNull(),
    status: oneOf(RENEWAL_STATUSES).notNull(),
    reasons: jsonb().$type<readonly RenewalReason[]>().notNull(),
    /** How many seats were asked for; null where nothing was. */
    seats: integer(),
    orderId: id('order'),
    attemptedAt: instant().notNull(),
    endedAt: instant(),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex('renewal_attempts_of_term').on(t.accountId, t.termId),
    index().on(t.subscriptionId),
    index().on(t.accountId, t.orderId),
  ],
);

/** The cards of an account, as billing told: the newest is charged. */
export const cardCopies = pgTable(
  'card_copies',
  { accountId: id('account').notNull(), id: id('paymentMethod').notNull(), endsOn: plainDate() },
  t => [primaryKey({ columns: [t.accountId, t.id] })],
);

export type RenewalAttemptRow = typeof renewalAttempts.$inferSelect;
export type CardCopyRow = typeof cardCopies.$inferSelect;
