import { sql } from 'drizzle-orm';
import { boolean, check, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { currency, id, instant, oneOf } from '#kernel/db/columns';
import { ACCOUNT_CHANNELS, SEGMENTS, SELLING_ENTITIES } from '../domain/account';
import { AGREEMENT_KINDS } from '../domain/agreement';
import { AUDIT_ACTIONS } from '../domain/audit';
import { CONTACT_ROLES } from '../domain/contact';
import { HOLD_KINDS, HOLD_ORIGINS } from '../domain/hold';
import { INVITATION_STATES } from '../domain/invitation';
import { MEMBER_ROLES } from '../domain/membership';

export { directoryEntries, directoryWords } from './directory-tables';
export { leadDeliveries, leads } from './lead-tables';

export const organizations = pgTable(
  'organizations',
  {
    id: id('organization').primaryKey(),
    name: text().notNull(),
    parentId: id('organization'),
    version: integer().notNull(),
    createdAt: instant().notNull(),
  },
  table => [foreignKey({ columns: [table.parentId], foreignColumns: [table.id] }), index().on(table.parentId)],
);

/** The id of an account is the account id that every other key begins with. */
export const billingAccounts = pgTable(
  'billing_accounts',
  {
    id: id('account').primaryKey(),
    number: text().notNull(),
    name: text().notNull(),
    organizationId: id('organization')
      .notNull()
      .references(() => organizations.id),
    currency: currency().notNull(),
    channel: oneOf(ACCOUNT_CHANNELS).notNull(),
    sellingEntity: oneOf(SELLING_ENTITIES).notNull(),
    segment: oneOf(SEGMENTS).notNull(),
    paymentTermsDays: integer().notNull(),
    isAutoPay: boolean().notNull(),
    isTaxExempt: boolean().notNull(),
    vatId: text(),
    version: integer().notNull(),
    createdAt: instant().notNull(),
  },
  table => [index().on(table.number), index().on(table.organizationId, table.id)],
);

const ownAccount = () =>
  id('account')
    .notNull()
    .references(() => billingAccounts.id);

export const contacts = pgTable(
  'contacts',
  {
    accountId: ownAccount(),
    id: id('contact').notNull(),
    role: oneOf(CONTACT_ROLES).notNull(),
    name: text().notNull(),
    email: text().notNull(),
    street: text().notNull(),
    city: text().notNull(),
    postalCode: text().notNull(),
    region: text(),
    country: text().notNull(),
  },
  // One contact for each role: with both written when the account opens and none ever deleted, exactly one.
  table => [primaryKey({ columns: [table.accountId, table.id] }), index().on(table.id), unique().on(table.accountId, table.role)],
);

export const accountHolds = pgTable(
  'account_holds',
  {
    accountId: ownAccount(),
    kind: oneOf(HOLD_KINDS).notNull(),
    reason: text().notNull(),
    since: instant().notNull(),
    origin: oneOf(HOLD_ORIGINS).notNull().default('STAFF'),
  },
  table => [primaryKey({ columns: [table.accountId, table.kind] })],
);

/** People who sign in. A person is nobody's account data: one login, many accounts. */
export const users = pgTable(
  'users',
  {
    id: id('user').primaryKey(),
    email: text().notNull().unique(),
    name: text().notNull(),
    createdAt: instant().notNull(),
  },
  table => [check('users_email_is_lower_case', sql`${table.email} = lower(${table.email})`)],
);

export const memberships = pgTable(
  'memberships',
  {
    accountId: ownAccount(),
    id: id('membership').notNull(),
    userId: id('user')
      .notNull()
      .references(() => users.id),
    role: oneOf(MEMBER_ROLES).notNull(),
    isActive: boolean().notNull(),
    version: integer().notNull(),
    createdAt: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index().on(table.id),
    unique().on(table.accountId, table.userId),
    index().on(table.userId, table.accountId),
  ],
);

export const invitations = pgTable(
  'invitations',
  {
    accountId: ownAccount(),
    id: id('invitation').notNull(),
    email: text().notNull(),
    role: oneOf(MEMBER_ROLES).notNull(),
    state: oneOf(INVITATION_STATES).notNull(),
    invitedBy: text().notNull(),
    expiresAt: instant().notNull(),
    createdAt: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index().on(table.id),
    index().on(table.accountId, table.state, table.expiresAt),
    index().on(table.email, table.state),
  ],
);

export const agreements = pgTable(
  'agreements',
  {
    accountId: ownAccount(),
    id: id('agreement').notNull(),
    kind: oneOf(AGREEMENT_KINDS).notNull(),
    version: text().notNull(),
    acceptedBy: text().notNull(),
    acceptedAt: instant().notNull(),
  },
  table => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index().on(table.id),
    unique().on(table.accountId, table.kind, table.version),
  ],
);

const audited = {
  id: id('audit').notNull(),
  at: instant().notNull(),
  /** Who acted, as the work says it: `usr_…`, `house:orders`. */
  actor: text().notNull(),
  action: oneOf(AUDIT_ACTIONS).notNull(),
  /** The id of what was acted on. */
  subject: text().notNull(),
  reason: text(),
  /** Names of the fields that changed, never their values. */
  fields: text().array().notNull(),
};

export const auditEvents = pgTable('audit_events', { accountId: ownAccount(), ...audited }, table => [
  primaryKey({ columns: [table.accountId, table.id] }),
  index().on(table.accountId, table.at.desc(), table.id.desc()),
]);

/** The trail of a company, which belongs to no single account. */
export const organizationAuditEvents = pgTable(
  'organization_audit_events',
  {
    organizationId: id('organization')
      .notNull()
      .references(() => organizations.id),
    ...audited,
  },
  table => [primaryKey({ columns: [table.organizationId, table.id] }), index().on(table.organizationId, table.at.desc(), table.id.desc())],
);

export type OrganizationRow = typeof organizations.$inferSelect;
export type AccountRow = typeof billingAccounts.$inferSelect;
export type ContactRow = typeof contacts.$inferSelect;
export type HoldRow = typeof accountHolds.$inferSelect;
export type UserRow = typeof users.$inferSelect;
export type MembershipRow = typeof memberships.$inferSelect;
export type InvitationRow = typeof invitations.$inferSelect;
export type AgreementRow = typeof agreements.$inferSelect;
export type AuditRow = Omit<typeof auditEvents.$inferSelect, 'accountId'>;
