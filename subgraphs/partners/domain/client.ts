import { accept, refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';
import { addMs, type Instant } from '#kernel/time';

/** What a partner's system may be allowed to do. */
export const PARTNER_SCOPES = [
  'marketplace.order:create',
  'marketplace.order:read',
  'marketplace.catalog:read',
  'customer:read',
  'license:status',
  'dealreg:write',
  'dealreg:read',
  'webhook:write',
] as const;
export type PartnerScope = (typeof PARTNER_SCOPES)[number];

/** Policy values. */
export const CLIENTS_MAX = 20;
/** Networks that a client may be used from. */
export const NETWORKS_MAX = 50;
export const CLIENT_NAME_LENGTH_MAX = 100;
export const OLD_SECRET_HOURS_DEFAULT = 24;
export const OLD_SECRET_HOURS_MAX = 168;
/** How exactly we know when a client last came: each visit that is later than this after the one before is written down. */
const LAST_USED_STEP_MS = 60_000;

/** Decides a new client: a name for people, at least one scope, each of them known and once. */
export function registerClient(asked: { readonly name: string; readonly scopes: readonly string[] }, clientsActive: number) {
  const name = lineFrom(asked.name, CLIENT_NAME_LENGTH_MAX);
  if (!name) return refuse('NAME_INVALID', `A name has 1 to ${CLIENT_NAME_LENGTH_MAX} visible characters.`, { path: ['name'] });
  const unknown = asked.scopes.find(scope => !isScope(scope));
  if (unknown !== undefined || asked.scopes.length === 0) {
    return refuse('SCOPE_UNKNOWN', `A client has at least one of these scopes, and no other: ${PARTNER_SCOPES.join(', ')}.`, {
      path: ['scopes'],
    });
  }
  if (clientsActive >= CLIENTS_MAX)
    return refuse('CLIENTS_LIMIT_REACHED', `A partner has at most ${CLIENTS_MAX} clients. Revoke one first.`);
  return accept({ name, scopes: PARTNER_SCOPES.filter(scope => asked.scopes.includes(scope)) });
}

interface Secret {
  readonly expiresAt: Instant | null;
}

/** True while a secret opens the door. Its last moment is excluded. */
export const isValid = (secret: Secret, now: Instant): boolean => secret.expiresAt === null || now < secret.expiresAt;

/**
 * Decides a rotation: from now on the new secret and the one it replaces, which lives on for the hours asked for so
 * that the partner can change over. Older ones end at once, so that never more than two are valid.
 */
export function rotate(client: { readonly revokedAt: Instant | null }, oldSecretHours: number, now: Instant) {
  if (client.revokedAt) return clientNotFound();
  if (!Number.isInteger(oldSecretHours) || oldSecretHours < 0 || oldSecretHours > OLD_SECRET_HOURS_MAX) {
    return refuse('OVERLAP_INVALID', `The old secret lives on for 0 to ${OLD_SECRET_HOURS_MAX} hours.`, { path: ['oldSecretValidHours'] });
  }
  return accept({ replacedExpiresAt: addMs(now, oldSecretHours * 3_600_000), olderExpireAt: now });
}

/** Decides whether a client is revoked. It is for good, and all its secrets end with it. */
export function revoke(client: { readonly revokedAt: Instant | null }, now: Instant) {
  return client.revokedAt ? clientNotFound() : accept({ revokedAt: now });
}

/** True when a visit is worth writing down. */
export const isNewVisit = (lastUsedAt: Instant | null, now: Instant): boolean =>
  lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= LAST_USED_STEP_MS;

/** Decides from where a client may be used: each network as it was understood, null for what is none. None at all: from anywhere. */
export function restrict(networks: readonly (string | null)[]) {
  const wrong = networks.indexOf(null);
  if (wrong >= 0 || networks.length > NETWORKS_MAX) {
    const sentence = `A client is used from at most ${NETWORKS_MAX} networks, written as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.`;
    return refuse('NETWORK_INVALID', sentence, { path: wrong >= 0 ? ['allowedNetworks', String(wrong)] : ['allowedNetworks'] });
  }
  return accept([...new Set(networks.filter(network => network !== null))]);
}

/** A client that is unknown, out of reach or revoked. */
export const clientNotFound = () => refuse('CLIENT_NOT_FOUND', 'There is no such client.', { path: ['clientId'] });

const isScope = (text: string): text is PartnerScope => PARTNER_SCOPES.some(scope => scope === text);
