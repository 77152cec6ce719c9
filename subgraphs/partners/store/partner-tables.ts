import { boolean, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { id, instant, oneOf } from '#kernel/db/columns';
import { PARTNER_SCOPES } from '../domain/client';
import { PARTNER_KINDS, PARTNER_TRACKS } from '../domain/partner';
import { REGIONS } from '../domain/relationship';

/** Partners belong to no billing account: they sell to many. */
export const partners = pgTable('partners', {
  id: id('partner').primaryKey(),
  name: text().notNull(),
  kind: oneOf(PARTNER_KINDS).notNull(),
  track: oneOf(PARTNER_TRACKS).notNull(),
  isActive: boolean().notNull(),
  version: integer().notNull(),
  createdAt: instant().notNull(),
});

const party = () =>
  id('partner')
    .notNull()
    .references(() => partners.id);

export const relationships = pgTable(
  'relationships',
  {
    id: id('relationship').primaryKey(),
    distributorId: party(),
    resellerId: party(),
    region: oneOf(REGIONS).notNull(),
    isActive: boolean().notNull(),
    version: integer().notNull(),
    createdAt: instant().notNull(),
  },
  table => [
    unique().on(table.distributorId, table.resellerId, table.region),
    index().on(table.distributorId, table.id),
    index().on(table.resellerId, table.id),
  ],
);

export const partnerClients = pgTable(
  'partner_clients',
  {
    id: id('partnerClient').primaryKey(),
    partnerId: party(),
    name: text().notNull(),
    scopes: text({ enum: PARTNER_SCOPES }).array().notNull(),
    /** From where it may be used: `203.0.113.0/24`. None: from anywhere. */
    allowedNetworks: text().array().notNull().default([]),
    createdBy: text().notNull(),
    createdAt: instant().notNull(),
    lastUsedAt: instant(),
    revokedBy: text(),
    revokedAt: instant(),
  },
  table => [index().on(table.partnerId, table.id)],
);

/** What is kept of secrets: hashes, and until when each is valid. */
export const partnerClientSecrets = pgTable(
  'partner_client_secrets',
  {
    clientId: id('partnerClient').notNull(),
    /** 1 for the first secret of a client; the highest is the newest. */
    ordinal: integer().notNull(),
    hash: text().notNull(),
    createdBy: text().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant(),
  },
  table => [
    primaryKey({ columns: [table.clientId, table.ordinal] }),
    foreignKey({ name: 'partner_client_secrets_client_fk', columns: [table.clientId], foreignColumns: [partnerClients.id] }),
  ],
);

export type PartnerRow = typeof partners.$inferSelect;
export type RelationshipRow = typeof relationships.$inferSelect;
export type ClientRow = typeof partnerClients.$inferSelect;
export type SecretRow = typeof partnerClientSecrets.$inferSelect;
