import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { currency, id, instant, minor, oneOf, plainDate } from '#kernel/db/columns';
import type { EndCustomer } from '../domain/end-customer';
import { DEAL_KINDS } from '../domain/margin';
import { PARTNER_ORDER_KINDS, PARTNER_ORDER_STATUSES } from '../domain/partner-order';
import { partners } from './partner-tables';

// A partner's order with its chain of prices, and what the neighbours said of it since.

export const partnerOrders = pgTable(
  'partner_orders',
  {
    id: id('partnerOrder').primaryKey(),
    /** Who ordered and is invoiced. */
    partnerId: id('partner')
      .notNull()
      .references(() => partners.id),
    resellerId: id('partner'),
    externalId: text().notNull(),
    requestHash: text().notNull(),
    kind: oneOf(PARTNER_ORDER_KINDS).notNull(),
    dealKind: oneOf(DEAL_KINDS).notNull(),
    orderId: id('order').notNull(),
    accountId: id('account').notNull(),
    agreementId: id('partnerAgreement').notNull(),
    dealRegistrationId: id('dealRegistration'),
    endCustomer: jsonb().$type<EndCustomer>().notNull(),
    currency: currency().notNull(),
    listMinor: minor().notNull(),
    costMinor: minor().notNull(),
    resellerMinor: minor().notNull(),
    customerMinor: minor().notNull(),
    poNumber: text(),
    poAmountMinor: minor(),
    areTermsAccepted: boolean().notNull(),
    marketplaceOfferId: text(),
    marketplaceAgreementId: text(),
    status: oneOf(PARTNER_ORDER_STATUSES).notNull(),
    isLicenseDelivered: boolean().notNull(),
    subscriptionName: text(),
    invoiceNumber: text(),
    invoiceStatus: text(),
    invoiceDueOn: plainDate(),
    historyLength: integer().notNull(),
    placedBy: text().notNull(),
    placedAt: instant().notNull(),
    correlationId: text().notNull(),
  },
  table => [
    unique().on(table.partnerId, table.externalId),
    index().on(table.partnerId, table.id),
    index().on(table.resellerId, table.id),
    index().on(table.orderId),
  ],
);

export const partnerOrderLines = pgTable(
  'partner_order_lines',
  {
    partnerOrderId: id('partnerOrder')
      .notNull()
      .references(() => partnerOrders.id),
    position: integer().notNull(),
    /** Null until its own house has named the subscription that the line became. */
    subscriptionName: text(),
    sku: text().notNull(),
    name: text().notNull(),
    quantity: integer().notNull(),
    startsOn: plainDate().notNull(),
    endsOn: plainDate().notNull(),
    currency: currency().notNull(),
    listUnitMinor: minor().notNull(),
    costUnitMinor: minor().notNull(),
    resellerUnitMinor: minor().notNull(),
    customerUnitMinor: minor().notNull(),
    listMinor: minor().notNull(),
    costMinor: minor().notNull(),
    resellerMinor: minor().notNull(),
    customerMinor: minor().notNull(),
  },
  table => [primaryKey({ columns: [table.partnerOrderId, table.position] }), index().on(table.subscriptionName)],
);

export const partnerOrderHistory = pgTable(
  'partner_order_history',
  {
    partnerOrderId: id('partnerOrder')
      .notNull()
      .references(() => partnerOrders.id),
    position: integer().notNull(),
    at: instant().notNull(),
    status: oneOf(PARTNER_ORDER_STATUSES).notNull(),
    reason: text().notNull(),
    actor: text().notNull(),
  },
  table => [primaryKey({ columns: [table.partnerOrderId, table.position] })],
);

/** Subscriptions that partners sold, at the newest version that their own house announced. */
export const soldSubscriptions = pgTable(
  'sold_subscriptions',
  {
    id: id('subscription').primaryKey(),
    accountId: id('account').notNull(),
    partnerOrderId: id('partnerOrder').notNull(),
    partnerId: id('partner').notNull(),
    resellerId: id('partner'),
    name: text().notNull().unique(),
    version: integer().notNull(),
    status: text().notNull(),
    endCustomer: text().notNull(),
    sku: text().notNull(),
    seats: integer().notNull(),
    startsOn: plainDate().notNull(),
    endsOn: plainDate().notNull(),
    isLicenseDelivered: boolean().notNull(),
  },
  table => [index().on(table.partnerId, table.endsOn, table.id), index().on(table.resellerId, table.endsOn, table.id)],
);

export type PartnerOrderRow = typeof partnerOrders.$inferSelect;
export type PartnerOrderLineRow = typeof partnerOrderLines.$inferSelect;
export type HistoryRow = typeof partnerOrderHistory.$inferSelect;
export type SoldSubscriptionRow = typeof soldSubscriptions.$inferSelect;
