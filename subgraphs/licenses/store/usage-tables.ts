import { foreignKey, index, integer, jsonb, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { id, instant, oneOf, plainDate } from '#kernel/db/columns';
import type { AddOnUsage } from '../domain/seat-report';
import { SEAT_ALERT_LEVELS } from '../domain/seats';
import { instances } from './license-tables';

/** Seat alerts that were raised: one for a term, a number of seats and a level. */
export const seatAlerts = pgTable(
  'seat_alerts',
  {
    accountId: id('account').notNull(),
    subscriptionId: id('subscription').notNull(),
    termStartsOn: plainDate().notNull(),
    seats: integer().notNull(),
    level: oneOf(SEAT_ALERT_LEVELS).notNull(),
    users: integer().notNull(),
    raisedOn: plainDate().notNull(),
    raisedAt: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.subscriptionId, table.termStartsOn, table.seats, table.level] }),
    index('seat_alerts_by_subscription').on(table.subscriptionId, table.raisedAt),
  ],
);

/** What an instance counted on one day. The first report of a day stands; a resend changes nothing. */
export const seatReports = pgTable(
  'seat_reports',
  {
    accountId: id('account').notNull(),
    instanceId: id('instance').notNull(),
    usedOn: plainDate().notNull(),
    subscriptionId: id('subscription').notNull(),
    licenseId: id('license').notNull(),
    termStartsOn: plainDate().notNull(),
    billableUsers: integer().notNull(),
    maxHistoricalUsers: integer().notNull(),
    /** The most users that this report proves for its term. Max users is the highest of a term's reports. */
    peakUsers: integer().notNull(),
    seats: integer().notNull(),
    addOns: jsonb().$type<readonly AddOnUsage[]>().notNull(),
    reportedAt: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.instanceId, table.usedOn] }),
    index('seat_reports_by_subscription').on(table.subscriptionId, table.usedOn),
    foreignKey({ columns: [table.accountId, table.instanceId], foreignColumns: [instances.accountId, instances.id] }),
  ],
);

export type SeatAlertRow = typeof seatAlerts.$inferSelect;
export type SeatReportRow = typeof seatReports.$inferSelect;
