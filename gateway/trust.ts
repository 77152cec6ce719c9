import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { hasRole, type Viewer } from '#kernel/auth/viewer';
import type { LoggedEvent } from '#kernel/events/event';
import { isWithin, type Network, networksFrom } from '#kernel/networks';
import type { Clock } from '#kernel/time';
import { type FollowerOptions, followEvents } from './event-follower';
import { RevokedTokens } from './revoked-tokens';

/**
 * Why somebody is not believed although signature and time of the token are good: its trust was taken back; it comes from where its
 * client is not used; or this gateway has not heard yet whom to believe.
 */
export type Doubt = 'revoked' | 'elsewhere' | 'unheard';

/** Where a token comes from: its own id, if it has one, and the address of whoever sent it. */
export interface Shown {
  readonly tokenId: string | null;
  readonly address: string | null;
}

export interface Trust {
  doubtOf(viewer: Viewer, shown: Shown): Doubt | null;
  /** Whether a client may be used from an address; true for one that is used from anywhere. */
  isAllowedFrom(clientId: string, address: string): boolean;
  close(): Promise<void>;
}

/** The house that knows partners' systems, and the events by which it takes trust back. */
const HOUSE = 'partners';
const TYPES = ['ClientRevoked.v1', 'ClientRestricted.v1', 'PartnerChanged.v1', 'TokenRevoked.v1'];
const revoked = z.object({ clientId: z.string() });
const restricted = z.object({ clientId: z.string(), allowedNetworks: z.array(z.string()) });
const tokenRevoked = z.object({ tokenId: z.string(), expiresAt: z.string().optional() });
const changed = z.object({ partnerId: z.string(), isActive: z.boolean() });

/** A gateway that starts while the house is silent does not wait for it longer than this; then it believes no partner's token until it has heard. */
const HEAR_FIRST_MS = 1_000;

/**
 * Hears who is trusted, from the beginning of the house's log on, which is kept: so it is known after a restart as well. Every replica
 * follows by itself, so a token dies everywhere within moments, and nothing has to be asked while a request waits.
 */
export async function followTrust(
  options: Pick<FollowerOptions, 'address' | 'hopSecret' | 'log'> & { readonly clock: Clock },
): Promise<Trust> {
  if (options.address === undefined) return { doubtOf: () => null, isAllowedFrom: () => true, close: async () => {} };
  const heard = new Heard(options.clock);
  const follower = followEvents({
    ...options,
    house: HOUSE,
    types: TYPES,
    from: 'first',
    onEvents: events => {
      for (const event of events) heard.take(event);
    },
  });
  let hasHeard = false;
  void follower.caughtUp.then(() => {
    hasHeard = true;
  });
  await Promise.race([follower.caughtUp, pause(HEAR_FIRST_MS, null, { ref: false })]);
  return {
    doubtOf: (viewer, shown) => (!hasHeard && hasRole(viewer, 'PARTNER') ? 'unheard' : heard.doubtOf(viewer, shown)),
    isAllowedFrom: (clientId, address) => heard.isAllowedFrom(clientId, address),
    close: follower.stop,
  };
}

class Heard {
  private readonly clients = new Set<string>();
  private readonly partners = new Set<string>();
  private readonly tokens: RevokedTokens;
  private readonly networksByClient = new Map<string, readonly Network[]>();

  constructor(clock: Clock) {
    this.tokens = new RevokedTokens(clock);
  }

  doubtOf({ clientId, partnerId }: Viewer, { tokenId, address }: Shown): Doubt | null {
    const isRevoked =
      (tokenId !== null && this.tokens.has(tokenId)) ||
      (clientId !== null && this.clients.has(clientId)) ||
      (partnerId !== null && this.partners.has(partnerId));
    if (isRevoked) return 'revoked';
    return clientId !== null && address !== null && !this.isAllowedFrom(clientId, address) ? 'elsewhere' : null;
  }

  isAllowedFrom(clientId: string, address: string): boolean {
    const networks = this.networksByClient.get(clientId);
    return networks === undefined || isWithin(address, networks);
  }

  take(event: LoggedEvent): void {
    const { type, data } = event;
    if (type === 'TokenRevoked.v1') this.takeToken(event);
    const revocation = type === 'ClientRevoked.v1' ? revoked.safeParse(data) : null;
    if (revocation?.success) this.clients.add(revocation.data.clientId);
    const restriction = type === 'ClientRestricted.v1' ? restricted.safeParse(data) : null;
    if (restriction?.success) this.restrict(restriction.data.clientId, restriction.data.allowedNetworks);
    const change = type === 'PartnerChanged.v1' ? changed.safeParse(data) : null;
    if (!change?.success) return;
    if (change.data.isActive) this.partners.delete(change.data.partnerId);
    else this.partners.add(change.data.partnerId);
  }

  private restrict(clientId: string, networks: readonly string[]): void {
    if (networks.length === 0) this.networksByClient.delete(clientId);
    else this.networksByClient.set(clientId, networksFrom(networks));
  }

  private takeToken({ data, time }: LoggedEvent): void {
    const { success, data: token } = tokenRevoked.safeParse(data);
    if (success) this.tokens.add(token.tokenId, { revokedAt: time, expiresAt: token.expiresAt });
  }
}
