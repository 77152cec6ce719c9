import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { currency, id, instant, minor, oneOf, plainDate } from '#kernel/db/columns';
import type { Contact } from '../domain/end-customer';
import { DEAL_KINDS } from '../domain/margin';
import { PARTNER_TRACKS } from '../domain/partner';
import { partners } from './partner-tables';

// The program: what was agreed with whom, at which margins, and copies of what the neighbours say about prices and restrictions.

export const partnerAgreements = pgTable(
  'partner_agreements',
  {
    id: id('partnerAgreement').primaryKey(),
    partnerId: id('partner')
      .notNull()
      .references(() => partners.id),
    currency: currency().notNull(),
    startsOn: plainDate().notNull(),
    endsOn: plainDate().notNull(),
    paymentTermsDays: integer().notNull(),
    /** The account that is invoiced; its own house opens it under this id. */
    accountId: id('account').notNull(),
    billTo: jsonb().$type<Contact>().notNull(),
    /** Who sells to the account, and what stands against it, once its house has said so. */
    sellingEntity: text(),
    holds: jsonb().$type<readonly string[]>().notNull(),
    accountVersion: integer().notNull(),
    createdBy: text().notNull(),
    createdAt: instant().notNull(),
  },
  table => [index().on(table.partnerId, table.id), index().on(table.accountId)],
);

export const marginSchedules = pgTable(
  'margin_schedules',
  {
    id: id('marginSchedule').primaryKey(),
    track: oneOf(PARTNER_TRACKS).notNull(),
    dealKind: oneOf(DEAL_KINDS).notNull(),
    sku: text(),
    effectiveOn: plainDate().notNull(),
    distributorBasisPoints: integer().notNull(),
    resellerBasisPoints: integer().notNull(),
    customerBasisPoints: integer().notNull(),
    createdBy: text().notNull(),
    createdAt: instant().notNull(),
  },
  table => [index().on(table.track, table.dealKind)],
);

/** List prices as orders announced them. */
export const listedPrices = pgTable(
  'listed_prices',
  {
    sku: text().notNull(),
    currency: currency().notNull(),
    validFrom: plainDate().notNull(),
    name: text().notNull(),
    kind: text().notNull(),
    amountMinor: minor().notNull(),
  },
  table => [primaryKey({ columns: [table.sku, table.currency, table.validFrom] })],
);

/** Whom nobody may sell to, as orders announced it. */
export const restrictedParties = pgTable(
  'restricted_parties',
  { kind: oneOf(['PARTY', 'COUNTRY']).notNull(), value: text().notNull() },
  table => [primaryKey({ columns: [table.kind, table.value] })],
);

/** The customers of a partner and the account of each: who buys again buys for the same account. */
export const endCustomers = pgTable(
  'end_customers',
  {
    partnerId: id('partner').notNull(),
    customerKey: text().notNull(),
    accountId: id('account').notNull(),
  },
  table => [primaryKey({ columns: [table.partnerId, table.customerKey] })],
);

export type AgreementRow = typeof partnerAgreements.$inferSelect;
export type ScheduleRow = typeof marginSchedules.$inferSelect;
export type ListedPriceRow = typeof listedPrices.$inferSelect;
