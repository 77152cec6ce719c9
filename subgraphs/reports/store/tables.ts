import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { currency, id, instant, minor, plainDate } from '#kernel/db/columns';

export * from './export-tables';
export * from './snapshot-tables';

/** Whose an account is, and how it is grouped. No name and no address: reports need nobody's. */
export const accountFacts = pgTable(
  'account_facts',
  {
    accountId: id('account').primaryKey(),
    version: integer().notNull(),
    organizationId: id('organization').notNull(),
    segment: text().notNull(),
  },
  table => [index().on(table.organizationId)],
);

/** Which company belongs to which. */
export const organizationFacts = pgTable('organization_facts', {
  organizationId: id('organization').primaryKey(),
  version: integer().notNull(),
  parentId: id('organization'),
});

/** The newest version that was heard of a subscription: what is older changes nothing any more. */
export const subscriptionFacts = pgTable(
  'subscription_facts',
  {
    accountId: id('account').notNull(),
    subscriptionId: id('subscription').notNull(),
    version: integer().notNull(),
    name: text().notNull(),
  },
  table => [primaryKey({ columns: [table.accountId, table.subscriptionId] })],
);

/**
 * A recurring charge as it was known from one moment to another. A correction closes a row and adds another, so a report
 * can be asked for as of a moment long past.
 */
export const chargeFacts = pgTable(
  'charge_facts',
  {
    accountId: id('account').notNull(),
    subscriptionId: id('subscription').notNull(),
    chargeId: id('charge').notNull(),
    version: integer().notNull(),
    /** The order that first brought the charge; its channel is the charge's. */
    orderId: id('order'),
    sku: text().notNull(),
    kind: text().notNull(),
    tier: text().notNull(),
    deployment: text().notNull(),
    quantity: integer().notNull(),
    /** For one and a year. */
    unitPriceMinor: minor().notNull(),
    currency: currency().notNull(),
    startsOn: plainDate().notNull(),
    endsOn: plainDate().notNull(),
    /** The first days of the months in which it starts and ends: it counts from the one to before the other. */
    startsMonth: plainDate().notNull(),
    endsMonth: plainDate().notNull(),
    knownFrom: instant().notNull(),
    knownUntil: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.subscriptionId, table.chargeId, table.version] }),
    index().on(table.startsMonth, table.endsMonth),
    index().on(table.subscriptionId, table.endsOn),
  ],
);

/** The terms of a subscription, each with the day on which it ends as last agreed. */
export const termFacts = pgTable(
  'term_facts',
  {
    accountId: id('account').notNull(),
    subscriptionId: id('subscription').notNull(),
    startsOn: plainDate().notNull(),
    endsOn: plainDate().notNull(),
    months: integer().notNull(),
  },
  table => [primaryKey({ columns: [table.accountId, table.subscriptionId, table.startsOn] }), index().on(table.endsOn)],
);

export const orderFacts = pgTable(
  'order_facts',
  {
    accountId: id('account').notNull(),
    orderId: id('order').notNull(),
    channel: text(),
    placedAt: instant().notNull(),
    fulfilledAt: instant(),
    dealType: text(),
    /** What kind of business it was; null for orders that were placed before this was told. */
    orderType: text(),
    netArrMinor: minor(),
    currency: currency(),
  },
  table => [primaryKey({ columns: [table.accountId, table.orderId] }), index().on(table.placedAt)],
);

/** The partner that sold an order on to its customer. */
export const orderPartners = pgTable(
  'order_partners',
  { accountId: id('account').notNull(), orderId: id('order').notNull(), partnerId: id('partner').notNull() },
  table => [primaryKey({ columns: [table.accountId, table.orderId] })],
);

/** What a partner is called. */
export const partnerFacts = pgTable(
  'partner_facts',
  { partnerId: id('partner').primaryKey(), version: integer().notNull(), name: text().notNull() },
  table => [index().on(table.name)],
);

export const invoiceFacts = pgTable(
  'invoice_facts',
  {
    accountId: id('account').notNull(),
    invoiceId: id('invoice').notNull(),
    number: text().notNull(),
    orderId: id('order'),
    currency: currency().notNull(),
    issuedOn: plainDate().notNull(),
    dueOn: plainDate().notNull(),
    /** The day on which nothing was owed any more. */
    settledOn: plainDate(),
  },
  table => [primaryKey({ columns: [table.accountId, table.invoiceId] }), index().on(table.issuedOn)],
);

/** What an event did to what is owed on an invoice: positive when it was posted, negative when it was paid or credited. */
export const receivableMovements = pgTable(
  'receivable_movements',
  {
    accountId: id('account').notNull(),
    eventId: id('event').notNull(),
    invoiceId: id('invoice').notNull(),
    movedOn: plainDate().notNull(),
    amountMinor: minor().notNull(),
    currency: currency().notNull(),
  },
  table => [primaryKey({ columns: [table.accountId, table.eventId] }), index().on(table.movedOn)],
);

/** The users of a subscription on a day: the most that one of its instances told. */
export const usageFacts = pgTable(
  'usage_facts',
  {
    accountId: id('account').notNull(),
    subscriptionId: id('subscription').notNull(),
    usedOn: plainDate().notNull(),
    billable: integer().notNull(),
    seats: integer().notNull(),
  },
  table => [primaryKey({ columns: [table.accountId, table.subscriptionId, table.usedOn] }), index().on(table.usedOn)],
);

export const activationFacts = pgTable(
  'activation_facts',
  {
    accountId: id('account').notNull(),
    activationId: id('activation').notNull(),
    issuedAt: instant().notNull(),
    activatedAt: instant(),
  },
  table => [primaryKey({ columns: [table.accountId, table.activationId] }), index().on(table.issuedAt)],
);

export const trialFacts = pgTable(
  'trial_facts',
  {
    accountId: id('account').notNull(),
    trialId: id('trial').notNull(),
    startedOn: plainDate().notNull(),
    convertedOn: plainDate(),
  },
  table => [primaryKey({ columns: [table.accountId, table.trialId] }), index().on(table.startedOn)],
);

export type ChargeFact = typeof chargeFacts.$inferSelect;
