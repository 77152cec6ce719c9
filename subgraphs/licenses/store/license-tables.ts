import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { currency, id, instant, oneOf, plainDate } from '#kernel/db/columns';
import { REQUEST_STATES, type RequestedGrant } from '../domain/grant';
import { DEACTIVATION_CAUSES } from '../domain/instance';
import { LICENSE_KINDS, LICENSE_ORIGINS } from '../domain/license';
import type { SeatCharge } from '../domain/seats';

/** One row for each account that licences have heard of: locking it puts what concerns one account in order. */
export const accountGates = pgTable('account_gates', { accountId: id('account').primaryKey() });

/** A copy of what customers say about an account: whose licence it is, and who gets it. */
export const accountCopies = pgTable('account_copies', {
  accountId: id('account').primaryKey(),
  version: integer().notNull(),
  companyName: text().notNull(),
  soldToName: text().notNull(),
  soldToEmail: text().notNull(),
  /** What is offered and charged to it depends on these; null for an account that was heard of before they were kept. */
  currency: currency(),
  segment: text(),
  holds: jsonb().$type<readonly string[]>(),
  hasMasterAgreement: boolean(),
});

/** A copy of the newest version of each subscription. Orders and subscriptions own it; here it is only read. */
export const subscriptionCopies = pgTable(
  'subscription_copies',
  {
    accountId: id('account').notNull(),
    id: id('subscription').notNull(),
    version: integer().notNull(),
    name: text().notNull(),
    status: text().notNull(),
    sku: text().notNull(),
    planName: text().notNull(),
    tier: text().notNull(),
    deployment: text().notNull(),
    termStartsOn: plainDate().notNull(),
    termEndsOn: plainDate().notNull(),
    termMonths: integer().notNull(),
    /** The day on which a cancellation was announced; the licence that follows has expired on it. */
    cancelledOn: plainDate(),
    /** R5: the day until which support put the end of its term off. */
    extendedUntil: plainDate(),
    namespaceId: id('namespace'),
    charges: jsonb().$type<readonly SeatCharge[]>().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index('subscription_copies_id').on(table.id),
    index('subscription_copies_name').on(table.name),
    index('subscription_copies_start').on(table.accountId, table.termStartsOn),
  ],
);

/** Which orders have reached which subscription: a request for licences waits for its own. */
export const subscriptionOrders = pgTable(
  'subscription_orders',
  { accountId: id('account').notNull(), orderId: id('order').notNull(), subscriptionId: id('subscription').notNull() },
  table => [primaryKey({ columns: [table.accountId, table.orderId, table.subscriptionId] })],
);

/** What orders ask of us, until it is granted. */
export const licenseRequests = pgTable(
  'license_requests',
  {
    accountId: id('account').notNull(),
    orderId: id('order').notNull(),
    orderNumber: text().notNull(),
    attempt: integer().notNull(),
    state: oneOf(REQUEST_STATES).notNull(),
    grants: jsonb().$type<readonly RequestedGrant[]>().notNull(),
    /** What has to be placed outside before it is granted, as `target/key`. */
    awaits: jsonb().$type<readonly string[]>().notNull().default([]),
    requestedAt: instant().notNull(),
    grantedAt: instant(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.orderId] }),
    index('license_requests_waiting').on(table.accountId).where(sql`state = 'WAITING'`),
  ],
);

/** A subscription's code, of which instances become activated. One for each self-managed subscription. */
export const activations = pgTable(
  'activations',
  {
    accountId: id('account').notNull(),
    id: id('activation').notNull(),
    subscriptionId: id('subscription').notNull(),
    code: text().notNull(),
    createdAt: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    uniqueIndex('activations_subscription').on(table.accountId, table.subscriptionId),
    index('activations_id').on(table.id),
    index('activations_by_subscription').on(table.subscriptionId),
  ],
);

/** Which activation a code belongs to, by the code's digest: unique over all accounts, and found without comparing codes. */
export const activationCodes = pgTable('activation_codes', {
  codeDigest: text().primaryKey(),
  accountId: id('account').notNull(),
  activationId: id('activation').notNull(),
});

/** What a namespace is granted. Plan, seats and period are those of the subscription in force, and never copied here. */
export const entitlementGrants = pgTable(
  'entitlement_grants',
  {
    accountId: id('account').notNull(),
    id: id('entitlement').notNull(),
    subscriptionId: id('subscription').notNull(),
    namespaceId: id('namespace'),
    createdAt: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    uniqueIndex('entitlement_grants_subscription').on(table.accountId, table.subscriptionId),
  ],
);

/** Licences that instances have at hand and that went to another owner, and the one that speaks for each there. */
export const licenseSuccessors = pgTable(
  'license_successors',
  { licenseId: id('license').primaryKey(), successorId: id('license').notNull() },
  table => [index('license_successors_of').on(table.successorId)],
);

/** A customer's installation, as it names itself, under one activation. */
export const instances = pgTable(
  'instances',
  {
    accountId: id('account').notNull(),
    id: id('instance').notNull(),
    activationId: id('activation').notNull(),
    identifier: text().notNull(),
    hostname: text().notNull(),
    version: text().notNull(),
    activatedAt: instant().notNull(),
    lastSyncAt: instant(),
    /** Set while it is deactivated; activating it again clears all three. */
    deactivatedAt: instant(),
    deactivatedBy: text(),
    deactivationCause: oneOf(DEACTIVATION_CAUSES),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index('instances_id').on(table.id),
    index('instances_by_identifier').on(table.accountId, table.identifier),
    uniqueIndex('instances_identifier').on(table.accountId, table.activationId, table.identifier),
    index('instances_by_activation').on(table.activationId, table.id),
    foreignKey({ columns: [table.accountId, table.activationId], foreignColumns: [activations.accountId, activations.id] }),
  ],
);

/** A signed licence. Never changed: what the subscription grants next is another licence. */
export const licenses = pgTable(
  'licenses',
  {
    accountId: id('account').notNull(),
    id: id('license').notNull(),
    subscriptionId: id('subscription').notNull(),
    activationId: id('activation').notNull(),
    /** 1 for an activation's first licence, and one more for each that replaces it. */
    revision: integer().notNull(),
    kind: oneOf(LICENSE_KINDS).notNull(),
    generatedFrom: oneOf(LICENSE_ORIGINS).notNull(),
    subscriptionName: text().notNull(),
    companyName: text().notNull(),
    plan: text().notNull(),
    seats: integer().notNull(),
    startsOn: plainDate().notNull(),
    expiresOn: plainDate().notNull(),
    graceDays: integer().notNull(),
    issuedAt: instant().notNull(),
    key: text().notNull(),
    /** The version of the subscription that it speaks of. Null for licences from before this was kept. */
    subscriptionVersion: integer(),
    /** Who decided it, why, and the ticket: only where somebody from support did. */
    issuedBy: text(),
    reason: text(),
    ticket: text(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index('licenses_id').on(table.id),
    uniqueIndex('licenses_revision').on(table.accountId, table.activationId, table.revision),
    index('licenses_by_subscription').on(table.subscriptionId, table.revision),
    foreignKey({ columns: [table.accountId, table.activationId], foreignColumns: [activations.accountId, activations.id] }),
  ],
);

/** Licences that were taken back, and why. Added, never changed: what was revoked does not come back. */
export const licenseRevocations = pgTable(
  'license_revocations',
  {
    accountId: id('account').notNull(),
    licenseId: id('license').notNull(),
    revokedAt: instant().notNull(),
    revokedBy: text().notNull(),
    reason: text().notNull(),
    ticket: text(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.licenseId] }),
    index('license_revocations_license').on(table.licenseId),
    foreignKey({ columns: [table.accountId, table.licenseId], foreignColumns: [licenses.accountId, licenses.id] }),
  ],
);

export type AccountCopy = typeof accountCopies.$inferSelect;
export type SubscriptionCopy = typeof subscriptionCopies.$inferSelect;
export type LicenseRequestRow = typeof licenseRequests.$inferSelect;
export type ActivationRow = typeof activations.$inferSelect;
export type InstanceRow = typeof instances.$inferSelect;
export type LicenseRow = typeof licenses.$inferSelect;
export type RevocationRow = typeof licenseRevocations.$inferSelect;
