import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { currency, id, instant, minor, oneOf, plainDate } from '#kernel/db/columns';
import { CHANNELS, CHARGE_MODELS, DEAL_TYPES, PRODUCT_KINDS } from '../domain/catalog';
import { ORDER_STATES } from '../domain/order';
import type { BookingMetrics } from '../domain/order-type';
import type { Amendment } from '../domain/plan';
import { ENTRY_KINDS } from '../domain/progress';
import { ACTION_KINDS } from '../domain/request';
import { STEP_KINDS, STEP_STATES } from '../domain/steps';
import { SELLING_ENTITY_NAMES } from '../domain/tax';

// An order and its plan: actions, lines, the steps that carry them out, and the story so far.

export const orders = pgTable(
  'orders',
  {
    accountId: id('account').notNull(),
    id: id('order').notNull(),
    number: text().notNull(),
    state: oneOf(ORDER_STATES).notNull(),
    channel: oneOf(CHANNELS).notNull(),
    dealType: oneOf(DEAL_TYPES).notNull(),
    sellingEntity: oneOf(SELLING_ENTITY_NAMES).notNull(),
    currency: currency().notNull(),
    subtotalMinor: minor().notNull(),
    taxMinor: minor().notNull(),
    totalMinor: minor().notNull(),
    paymentMethodId: id('paymentMethod'),
    paymentId: id('payment'),
    paymentTermsDays: integer().notNull(),
    poNumber: text(),
    invoiceId: id('invoice').notNull(),
    issuedOn: plainDate().notNull(),
    dueOn: plainDate().notNull(),
    placedBy: text().notNull(),
    placedAt: instant().notNull(),
    fulfilledAt: instant(),
    correlationId: text().notNull(),
    timelineLength: integer().notNull(),
    /** The quote that it was, where sales sold it. */
    quoteId: id('quote'),
    /** Null for orders of before metrics were counted. */
    metrics: jsonb().$type<BookingMetrics>(),
    /** The reconciliation that it charges, where it was placed for one. */
    reconciliationId: id('reconciliation'),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.id] }),
    index().on(t.id),
    index().on(t.number),
    uniqueIndex('orders_of_reconciliation').on(t.accountId, t.reconciliationId).where(sql`reconciliation_id is not null`),
  ],
);

export const orderActions = pgTable(
  'order_actions',
  {
    accountId: id('account').notNull(),
    id: id('orderAction').notNull(),
    orderId: id('order').notNull(),
    position: integer().notNull(),
    kind: oneOf(ACTION_KINDS).notNull(),
    subscriptionId: id('subscription').notNull(),
    subscriptionName: text(),
    sku: text().notNull(),
    quantity: integer().notNull(),
    effectiveOn: plainDate().notNull(),
    planSku: text().notNull(),
    planName: text().notNull(),
    planTier: text().notNull(),
    planDeployment: text().notNull(),
    termStartsOn: plainDate().notNull(),
    termEndsOn: plainDate().notNull(),
    termMonths: integer().notNull(),
    isAutoRenew: boolean().notNull(),
    namespaceId: id('namespace'),
    amendment: jsonb().$type<Amendment>(),
  },
  t => [primaryKey({ columns: [t.accountId, t.id] }), index().on(t.orderId), index().on(t.subscriptionId)],
);

export const orderLines = pgTable(
  'order_lines',
  {
    accountId: id('account').notNull(),
    id: id('invoiceLine').notNull(),
    orderId: id('order').notNull(),
    position: integer().notNull(),
    actionId: id('orderAction').notNull(),
    subscriptionId: id('subscription').notNull(),
    chargeId: id('charge').notNull(),
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
    creditedInvoiceId: id('invoice'),
    creditedLineId: id('invoiceLine'),
    invoicedOn: plainDate(),
  },
  t => [primaryKey({ columns: [t.accountId, t.id] }), index().on(t.orderId), index().on(t.subscriptionId)],
);

/** The invoices of later years of a ramp: each is asked for on its day, until billing has posted it. */
export const orderInstalments = pgTable(
  'order_instalments',
  {
    accountId: id('account').notNull(),
    orderId: id('order').notNull(),
    invoicedOn: plainDate().notNull(),
    invoiceId: id('invoice').notNull(),
    requestedAt: instant(),
    postedAt: instant(),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.orderId, t.invoicedOn] }),
    index().on(t.invoiceId),
    index('order_instalments_open').on(t.invoicedOn).where(sql`posted_at is null`),
  ],
);

export const orderSteps = pgTable(
  'order_steps',
  {
    accountId: id('account').notNull(),
    orderId: id('order').notNull(),
    kind: oneOf(STEP_KINDS).notNull(),
    state: oneOf(STEP_STATES).notNull(),
    attempts: integer().notNull(),
    failures: integer().notNull(),
    lastError: text(),
    requestedAt: instant(),
    nextRetryAt: instant(),
    answerDueAt: instant(),
    doneAt: instant(),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.orderId, t.kind] }),
    index().on(t.orderId),
    // Few steps run at any moment; those that are overdue are found without reading the finished ones.
    index('order_steps_awaited').on(t.answerDueAt).where(sql`state = 'RUNNING'`),
  ],
);

export const orderTimeline = pgTable(
  'order_timeline',
  {
    accountId: id('account').notNull(),
    orderId: id('order').notNull(),
    position: integer().notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
    house: text().notNull(),
    kind: oneOf(ENTRY_KINDS).notNull(),
    step: oneOf(STEP_KINDS),
    detail: text().notNull(),
  },
  t => [primaryKey({ columns: [t.accountId, t.orderId, t.position] }), index().on(t.orderId)],
);

export type OrderRow = typeof orders.$inferSelect;
export type OrderActionRow = typeof orderActions.$inferSelect;
export type OrderLineRow = typeof orderLines.$inferSelect;
export type OrderInstalmentRow = typeof orderInstalments.$inferSelect;
export type OrderStepRow = typeof orderSteps.$inferSelect;
export type OrderTimelineRow = typeof orderTimeline.$inferSelect;
