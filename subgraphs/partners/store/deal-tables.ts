import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { id, instant, oneOf, plainDate } from '#kernel/db/columns';
import { DEAL_STATES } from '../domain/deal-registration';
import type { EndCustomer } from '../domain/end-customer';
import { partners } from './partner-tables';

export const dealRegistrations = pgTable(
  'deal_registrations',
  {
    id: id('dealRegistration').primaryKey(),
    partnerId: id('partner')
      .notNull()
      .references(() => partners.id),
    endCustomer: jsonb().$type<EndCustomer>().notNull(),
    sku: text().notNull(),
    seats: integer().notNull(),
    expectedCloseOn: plainDate().notNull(),
    state: oneOf(DEAL_STATES).notNull(),
    decisionDueOn: plainDate().notNull(),
    decidedBy: text(),
    decidedAt: instant(),
    reason: text(),
    expiresOn: plainDate(),
    extendedAt: instant(),
    registeredBy: text().notNull(),
    registeredAt: instant().notNull(),
  },
  table => [index().on(table.partnerId, table.id), index().on(table.state, table.decisionDueOn)],
);

/** C2: one deal for an opportunity. The row is the lock, and names the deal that holds it. */
export const dealOpportunities = pgTable('deal_opportunities', {
  opportunityKey: text().primaryKey(),
  dealRegistrationId: id('dealRegistration').notNull(),
});

export type DealRow = typeof dealRegistrations.$inferSelect;
