import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { currency, id, instant, minor, oneOf, plainDate } from '#kernel/db/columns';
import type { MoneyText } from '#kernel/money';
import { APPROVAL_MEASURES, APPROVAL_STATES } from '../domain/approval';
import { CHARGE_MODELS, PRODUCT_KINDS } from '../domain/catalog';
import type { BookingMetrics } from '../domain/order-type';
import type { PlannedChange } from '../domain/plan';
import { QUOTE_KINDS, QUOTE_STATUSES } from '../domain/quote';
import type { ActionRequest } from '../domain/request';

// What sales offers, until it becomes an order.

export const quotes = pgTable(
  'quotes',
  {
    accountId: id('account').notNull(),
    id: id('quote').notNull(),
    number: text().notNull(),
    version: integer().notNull(),
    kind: oneOf(QUOTE_KINDS).notNull(),
    status: oneOf(QUOTE_STATUSES).notNull(),
    opportunityId: text(),
    isPrimary: boolean().notNull(),
    /** As they are ordered when it is accepted: what depends on the day has its day. */
    actions: jsonb().$type<readonly ActionRequest[]>().notNull(),
    discountBasisPoints: integer().notNull(),
    discountAmount: jsonb().$type<MoneyText>(),
    paymentTermsDays: integer().notNull(),
    termMonths: integer().notNull(),
    pricedOn: plainDate().notNull(),
    expiresOn: plainDate().notNull(),
    currency: currency().notNull(),
    subtotalMinor: minor().notNull(),
    taxMinor: minor().notNull(),
    totalMinor: minor().notNull(),
    metrics: jsonb().$type<BookingMetrics>().notNull(),
    changes: jsonb().$type<readonly PlannedChange[]>().notNull(),
    approvalState: oneOf(APPROVAL_STATES).notNull(),
    approvalReasons: jsonb().$type<readonly string[]>().notNull(),
    approvalNeedsAnother: boolean().notNull(),
    approvalBy: text(),
    approvalAt: instant(),
    approvalReason: text(),
    createdBy: text().notNull(),
    createdAt: instant().notNull(),
    sentAt: instant(),
    acceptedAt: instant(),
    termsAcceptedBy: text(),
    orderId: id('order'),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.id] }),
    index().on(t.id),
    index().on(t.approvalState, t.id),
    index().on(t.accountId, t.opportunityId),
  ],
);

export const quoteLines = pgTable(
  'quote_lines',
  {
    accountId: id('account').notNull(),
    quoteId: id('quote').notNull(),
    position: integer().notNull(),
    sku: text().notNull(),
    kind: oneOf(PRODUCT_KINDS).notNull(),
    model: oneOf(CHARGE_MODELS).notNull(),
    description: text().notNull(),
    quantity: integer().notNull(),
    currency: currency().notNull(),
    unitPriceMinor: minor().notNull(),
    days: integer(),
    amountMinor: minor().notNull(),
    working: text().notNull(),
    taxMinor: minor().notNull(),
    taxWorking: text().notNull(),
    periodStartsOn: plainDate().notNull(),
    periodEndsOn: plainDate().notNull(),
    invoicedOn: plainDate(),
  },
  t => [primaryKey({ columns: [t.accountId, t.quoteId, t.position] }), index().on(t.quoteId)],
);

/** A deal that quotes compete for. Its row is locked while one of them becomes the primary one. */
export const opportunities = pgTable(
  'opportunities',
  { accountId: id('account').notNull(), opportunityId: text().notNull(), primaryQuoteId: id('quote').notNull() },
  t => [primaryKey({ columns: [t.accountId, t.opportunityId] })],
);

/** What a quote may not exceed without an approval: data, which operators change. */
export const approvalRules = pgTable('approval_rules', {
  code: text().primaryKey(),
  name: text().notNull(),
  measure: oneOf(APPROVAL_MEASURES).notNull(),
  exceeds: integer().notNull(),
  exceedsAmount: jsonb().$type<MoneyText>(),
  isAnotherNeeded: boolean().notNull(),
  isInForce: boolean().notNull(),
});

export type QuoteRow = typeof quotes.$inferSelect;
export type QuoteLineRow = typeof quoteLines.$inferSelect;
export type ApprovalRuleRow = typeof approvalRules.$inferSelect;
