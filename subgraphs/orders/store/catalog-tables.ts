import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { currency, id, minor, oneOf, plainDate } from '#kernel/db/columns';
import { CHANNELS, CHARGE_MODELS, DEPLOYMENTS, PRICE_SHAPES, PRODUCT_KINDS, TIERS } from '../domain/catalog';
import { RESTRICTION_KINDS } from '../domain/screening';

/** A tier as the price book keeps it: `upTo` null takes all units that are left. */
export interface ListedTier {
  readonly upTo: number | null;
  readonly unitAmount: string;
  readonly flatAmount: string | null;
}

// What is sold, and to whom it may not be sold, belongs to no account; a new product is rows here.

export const products = pgTable('products', {
  id: id('product').primaryKey(),
  sku: text().notNull().unique(),
  name: text().notNull(),
  kind: oneOf(PRODUCT_KINDS).notNull(),
  tier: oneOf(TIERS),
  deployment: oneOf(DEPLOYMENTS),
});

export const ratePlans = pgTable(
  'rate_plans',
  {
    code: text().primaryKey(),
    sku: text().notNull(),
    name: text().notNull(),
  },
  t => [index().on(t.sku)],
);

export const ratePlanCharges = pgTable(
  'rate_plan_charges',
  {
    code: text().primaryKey(),
    ratePlanCode: text().notNull(),
    model: oneOf(CHARGE_MODELS).notNull(),
    shape: oneOf(PRICE_SHAPES).notNull(),
    lastsMonths: integer(),
    /** How many units a package holds, where the shape is PACKAGE. */
    packageSize: integer(),
  },
  t => [index().on(t.ratePlanCode)],
);

/** Prices are added and never edited: the newest that is valid on a day holds on that day. */
export const priceBookEntries = pgTable(
  'price_book_entries',
  {
    chargeCode: text().notNull(),
    currency: currency().notNull(),
    channel: oneOf(CHANNELS).notNull(),
    validFrom: plainDate().notNull(),
    amountMinor: minor().notNull(),
    /** The tiers of a graduated or a volume price, amounts as decimal text; the amount beside them is then zero. */
    tiers: jsonb().$type<readonly ListedTier[]>(),
  },
  t => [primaryKey({ columns: [t.chargeCode, t.channel, t.currency, t.validFrom] })],
);

/** Names and countries that may not be sold to; names are kept in their screened form. */
export const restrictedParties = pgTable(
  'restricted_parties',
  {
    kind: oneOf(RESTRICTION_KINDS).notNull(),
    value: text().notNull(),
    reason: text().notNull(),
    listedOn: plainDate().notNull(),
  },
  t => [primaryKey({ columns: [t.kind, t.value] })],
);

export type ProductRow = typeof products.$inferSelect;
export type ChargeRow = typeof ratePlanCharges.$inferSelect;
export type PriceRow = typeof priceBookEntries.$inferSelect;
