import { index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { id, instant, oneOf } from '#kernel/db/columns';
import { DELIVERY_STATES, WEBHOOK_EVENTS } from '../domain/webhook';
import { partners } from './partner-tables';

export const statusWebhooks = pgTable(
  'status_webhooks',
  {
    id: id('statusWebhook').primaryKey(),
    partnerId: id('partner')
      .notNull()
      .references(() => partners.id),
    url: text().notNull(),
    events: text({ enum: WEBHOOK_EVENTS }).array().notNull(),
    createdBy: text().notNull(),
    createdAt: instant().notNull(),
    removedAt: instant(),
  },
  table => [unique().on(table.partnerId, table.url)],
);

export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: id('webhookDelivery').primaryKey(),
    webhookId: id('statusWebhook')
      .notNull()
      .references(() => statusWebhooks.id),
    partnerId: id('partner').notNull(),
    event: text().notNull(),
    /** What it is about: receivers put what they get of one key in the order of `sequence`. */
    orderingKey: text().notNull(),
    sequence: integer().notNull(),
    body: text().notNull(),
    state: oneOf(DELIVERY_STATES).notNull(),
    attempts: integer().notNull(),
    responseStatus: integer(),
    error: text(),
    createdAt: instant().notNull(),
    triedAt: instant(),
  },
  table => [index().on(table.webhookId, table.id)],
);

export type WebhookRow = typeof statusWebhooks.$inferSelect;
export type DeliveryRow = typeof webhookDeliveries.$inferSelect;
