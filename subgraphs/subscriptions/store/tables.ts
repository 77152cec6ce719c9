import { sql } from 'drizzle-orm';
import { boolean, check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { currency, id, instant, minor, oneOf, plainDate } from '#kernel/db/columns';
import { CHARGE_KINDS, CHARGE_MODELS } from '../domain/charge';
import { type PlanAtRenewal, STANDINGS, TERM_KINDS, VERSION_KINDS } from '../domain/subscription';

export * from './notice-tables';
export * from './reconciliation-tables';
export * from './renewal-tables';
export * from './trial-tables';

/** The head of a subscription: its name for life, and the number of its newest version, which is taken under its lock. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    accountId: id('account').notNull(),
    id: id('subscription').notNull(),
    name: text().notNull(),
    version: integer().notNull(),
    /** Where the newest version allocates it. */
    namespaceId: id('namespace'),
    /** True when it grants seats: of these one at a time stands on a namespace. */
    isBase: boolean().notNull(),
    /** Through whom it is sold, where a partner sells it. */
    resalePartnerId: id('partner'),
    createdAt: instant().notNull(),
    /** How it was sold, as its first order said: directly, or by a reseller. Null for what was sold before this was kept. */
    dealType: text(),
    /** The kind of its newest licence, as licences told. Null before one was issued. */
    licenseKind: text(),
    /** The next day on which a quarter of it is looked at. */
    reconcilesOn: plainDate(),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.id] }),
    index().on(t.id),
    index().on(t.name),
    index().on(t.namespaceId),
    index('subscriptions_reconciling').on(t.reconcilesOn).where(sql`reconciles_on is not null`),
  ],
);

/** A stretch of a subscription. Added, never changed. */
export const terms = pgTable(
  'terms',
  {
    accountId: id('account').notNull(),
    id: id('term').notNull(),
    subscriptionId: id('subscription').notNull(),
    kind: oneOf(TERM_KINDS).notNull(),
    startsOn: plainDate().notNull(),
    endsOn: plainDate().notNull(),
    months: integer().notNull(),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.id] }),
    index().on(t.subscriptionId),
    // Those that end on a day are found without reading the others.
    index().on(t.endsOn),
    foreignKey({
      name: 'terms_of_subscription',
      columns: [t.accountId, t.subscriptionId],
      foreignColumns: [subscriptions.accountId, subscriptions.id],
    }),
    check('terms_run_forward', sql`${t.startsOn} < ${t.endsOn}`),
  ],
);

/** What was agreed, one row for each change. Added, never changed: the database refuses it. */
export const subscriptionVersions = pgTable(
  'subscription_versions',
  {
    accountId: id('account').notNull(),
    subscriptionId: id('subscription').notNull(),
    number: integer().notNull(),
    id: id('subscriptionVersion').notNull(),
    kind: oneOf(VERSION_KINDS).notNull(),
    effectiveOn: plainDate().notNull(),
    standing: oneOf(STANDINGS).notNull(),
    sku: text().notNull(),
    planName: text().notNull(),
    tier: text().notNull(),
    deployment: text().notNull(),
    termId: id('term').notNull(),
    isAutoRenew: boolean().notNull(),
    /** The day from which on it is cancelled, where that was agreed ahead. */
    cancelsOn: plainDate(),
    /** What the next renewal is for, where that is not what is in force. */
    planAtRenewal: jsonb().$type<PlanAtRenewal>(),
    namespaceId: id('namespace'),
    orderId: id('order'),
    actionId: id('orderAction'),
    actor: text().notNull(),
    createdAt: instant().notNull(),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.subscriptionId, t.number] }),
    uniqueIndex().on(t.accountId, t.id),
    // One version for each part of an order, however often the order is heard.
    uniqueIndex().on(t.accountId, t.actionId),
    index().on(t.subscriptionId),
    index().on(t.accountId, t.orderId),
    // Few versions agree on a cancellation; those whose day has come are found without reading the others.
    index('subscription_versions_cancelling').on(t.cancelsOn).where(sql`cancels_on is not null`),
    foreignKey({
      name: 'versions_of_subscription',
      columns: [t.accountId, t.subscriptionId],
      foreignColumns: [subscriptions.accountId, subscriptions.id],
    }),
    foreignKey({ name: 'versions_speak_of_term', columns: [t.accountId, t.termId], foreignColumns: [terms.accountId, terms.id] }),
  ],
);

/** What is paid and granted, and from when to when. Added by a version, never changed: the database refuses it. */
export const charges = pgTable(
  'charges',
  {
    accountId: id('account').notNull(),
    id: id('charge').notNull(),
    subscriptionId: id('subscription').notNull(),
    versionNumber: integer().notNull(),
    sku: text().notNull(),
    kind: oneOf(CHARGE_KINDS).notNull(),
    model: oneOf(CHARGE_MODELS).notNull(),
    quantity: integer().notNull(),
    unitPriceMinor: minor().notNull(),
    currency: currency().notNull(),
    startsOn: plainDate().notNull(),
    endsOn: plainDate().notNull(),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.id] }),
    index().on(t.subscriptionId),
    foreignKey({
      name: 'charges_of_version',
      columns: [t.accountId, t.subscriptionId, t.versionNumber],
      foreignColumns: [subscriptionVersions.accountId, subscriptionVersions.subscriptionId, subscriptionVersions.number],
    }),
    check('charges_run_forward', sql`${t.startsOn} < ${t.endsOn}`),
    check('charges_of_something', sql`${t.quantity} > 0`),
  ],
);

/** How versions shortened charges. Added, never changed: a charge is in force until the earliest of its endings. */
export const chargeEndings = pgTable(
  'charge_endings',
  {
    accountId: id('account').notNull(),
    chargeId: id('charge').notNull(),
    subscriptionId: id('subscription').notNull(),
    versionNumber: integer().notNull(),
    endsOn: plainDate().notNull(),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.chargeId, t.versionNumber] }),
    index().on(t.subscriptionId),
    foreignKey({ name: 'endings_of_charge', columns: [t.accountId, t.chargeId], foreignColumns: [charges.accountId, charges.id] }),
    foreignKey({
      name: 'endings_of_version',
      columns: [t.accountId, t.subscriptionId, t.versionNumber],
      foreignColumns: [subscriptionVersions.accountId, subscriptionVersions.subscriptionId, subscriptionVersions.number],
    }),
  ],
);

/** Versions that neighbours have not been told of, because what they displace still holds. */
export const waitingVersions = pgTable(
  'waiting_versions',
  {
    accountId: id('account').notNull(),
    subscriptionId: id('subscription').notNull(),
    number: integer().notNull(),
    effectiveOn: plainDate().notNull(),
  },
  t => [primaryKey({ columns: [t.accountId, t.subscriptionId, t.number] }), index().on(t.effectiveOn)],
);

/** The orders whose changes are written, so that an order that is heard again is answered and not carried out again. */
export const carriedOrders = pgTable(
  'carried_orders',
  { accountId: id('account').notNull(), orderId: id('order').notNull(), carriedAt: instant().notNull() },
  t => [primaryKey({ columns: [t.accountId, t.orderId] })],
);

/** A customer's group on the hosted product. Its plan is computed, so it is no column. */
export const namespaces = pgTable(
  'namespaces',
  { accountId: id('account').notNull(), id: id('namespace').notNull(), path: text().notNull(), createdAt: instant().notNull() },
  t => [primaryKey({ columns: [t.accountId, t.id] }), index().on(t.id)],
);

/** Whose each path is: the directory that keeps a path unique across accounts. */
export const namespacePaths = pgTable('namespace_paths', {
  path: text().primaryKey(),
  accountId: id('account').notNull(),
  namespaceId: id('namespace').notNull(),
});

/** How many users a namespace had at a moment, as its product told. The latest moment counts. */
export const namespaceUsage = pgTable(
  'namespace_usage',
  {
    accountId: id('account').notNull(),
    namespaceId: id('namespace').notNull(),
    measuredAt: instant().notNull(),
    seatsInUse: integer().notNull(),
  },
  t => [
    primaryKey({ columns: [t.accountId, t.namespaceId, t.measuredAt] }),
    index().on(t.namespaceId, t.measuredAt),
    foreignKey({
      name: 'usage_of_namespace',
      columns: [t.accountId, t.namespaceId],
      foreignColumns: [namespaces.accountId, namespaces.id],
    }),
    check('namespace_usage_counts', sql`${t.seatsInUse} >= 0`),
  ],
);

/** What renewals need to know of a billing account; the owner is customers. */
export const accountCopies = pgTable(
  'account_copies',
  {
    accountId: id('account').primaryKey(),
    version: integer().notNull(),
    segment: text().notNull(),
    holds: jsonb().$type<readonly string[]>().notNull(),
    /** Whose account it is; null until the account speaks again, where the row is older than the column. */
    organizationId: id('organization'),
    /** Null for accounts that were last heard of before this was kept. */
    hasMasterAgreement: boolean(),
    /** The same: whether renewals are charged to a card. */
    isAutoPay: boolean(),
    /** The same: to whom notices go. */
    soldTo: jsonb().$type<{ readonly name: string; readonly email: string }>(),
  },
  t => [index().on(t.organizationId)],
);

export * from './ramp-tables';

export type SubscriptionRow = typeof subscriptions.$inferSelect;
export type TermRow = typeof terms.$inferSelect;
export type VersionRow = typeof subscriptionVersions.$inferSelect;
export type ChargeRow = typeof charges.$inferSelect;
export type EndingRow = typeof chargeEndings.$inferSelect;
export type WaitingRow = typeof waitingVersions.$inferSelect;
export type NamespaceRow = typeof namespaces.$inferSelect;
export type NamespaceUsageRow = typeof namespaceUsage.$inferSelect;
export type AccountCopyRow = typeof accountCopies.$inferSelect;
