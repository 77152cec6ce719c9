import { sql } from 'drizzle-orm';
import { foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { id, instant, oneOf, plainDate } from '#kernel/db/columns';
import { LEAD_DELIVERY_STATUSES, LEAD_SOURCES, LEAD_STATUSES, LEAD_TARGETS } from '../domain/lead';

/** Reasons to call a customer. A neighbour may speak of an account's usage before the account is known, so none is referred to. */
export const leads = pgTable(
  'leads',
  {
    accountId: id('account').notNull(),
    id: id('lead').notNull(),
    organizationId: id('organization').notNull(),
    source: oneOf(LEAD_SOURCES).notNull(),
    /** What it is about, in its text form: a subscription, a namespace, or the account itself. */
    subject: text().notNull(),
    message: text().notNull(),
    raisedBy: text(),
    status: oneOf(LEAD_STATUSES).notNull(),
    signals: integer().notNull(),
    lastSignalOn: plainDate().notNull(),
    closedOn: plainDate(),
    closedReason: text(),
    version: integer().notNull(),
    createdAt: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index().on(table.id),
    index().on(table.status, table.id.desc()),
    index().on(table.organizationId, table.id.desc()),
    index().on(table.accountId, table.source, table.subject, table.id.desc()),
    // The same thing is asked of sales once, however often it is seen.
    uniqueIndex('leads_open_once').on(table.accountId, table.source, table.subject).where(sql`status = 'OPEN'`),
  ],
);

/** How a lead travels to a system of sales: one row for each, with its last try. */
export const leadDeliveries = pgTable(
  'lead_deliveries',
  {
    accountId: id('account').notNull(),
    leadId: id('lead').notNull(),
    target: oneOf(LEAD_TARGETS).notNull(),
    status: oneOf(LEAD_DELIVERY_STATUSES).notNull(),
    attempts: integer().notNull(),
    lastError: text(),
    /** The name that the other system gave it. */
    reference: text(),
    requestedAt: instant().notNull(),
    deliveredAt: instant(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.leadId, table.target] }),
    index().on(table.leadId, table.target),
    foreignKey({ columns: [table.accountId, table.leadId], foreignColumns: [leads.accountId, leads.id] }),
  ],
);

export type LeadRow = typeof leads.$inferSelect;
export type LeadDeliveryRow = typeof leadDeliveries.$inferSelect;
