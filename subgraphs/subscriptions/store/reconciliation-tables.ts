import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, uniqueIndex } from 'drizzle-orm/pg-core';
import { currency, id, instant, minor, oneOf, plainDate } from '#kernel/db/columns';
import { RECONCILIATION_REASONS, RECONCILIATION_STATUSES } from '../domain/reconciliation';

/** What came of looking at a quarter of a term: one row for each, which moves on until it ends. */
export const reconciliations = pgTable(
  'reconciliations',
  {
    accountId: id('account').notNull(),
    id: id('reconciliation').notNull(),
    subscriptionId: id('subscription').notNull(),
    termId: id('term').notNull(),
    quarter: integer().notNull(),
    /** The day after the quarter's last. */
    quarterEndsOn: plainDate().notNull(),
    monthsLeft: integer().notNull(),
    status: oneOf(RECONCILIATION_STATUSES).notNull(),
    reason: oneOf(RECONCILIATION_REASONS),
    usersMax: integer(),
    seats: integer().notNull(),
    overageSeats: integer().notNull(),
    /** What the overage comes to before tax; null where nothing is charged. */
    amountMinor: minor(),
    currency: currency(),
    countedOn: plainDate().notNull(),
    chargeOn: plainDate(),
    /** The next day on which the calendar has something to do about it. */
    dueOn: plainDate(),
    attempts: integer().notNull(),
    orderId: id('order'),
    endedAt: instant(),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex('reconciliations_of_quarter').on(t.accountId, t.termId, t.quarter),
    index().on(t.subscriptionId),
    index().on(t.accountId, t.orderId),
    // Few are open at any moment; those whose day has come are found without reading the ended ones.
    index('reconciliations_due').on(t.dueOn).where(sql`due_on is not null`),
    check('reconciliations_count_up', sql`${t.overageSeats} >= 0`),
  ],
);

/** The users of a subscription's instances on a day, as licences told. Of several counts of a day the highest. */
export const seatCounts = pgTable(
  'seat_counts',
  {
    accountId: id('account').notNull(),
    subscriptionId: id('subscription').notNull(),
    countedOn: plainDate().notNull(),
    users: integer().notNull(),
    /** L6: the most since its term began, as licences knew on that day. */
    usersMax: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.accountId, t.subscriptionId, t.countedOn] })],
);

export type ReconciliationRow = typeof reconciliations.$inferSelect;
export type SeatCountRow = typeof seatCounts.$inferSelect;
