import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Viewer } from '#kernel/auth/viewer';
import type { LoggedEvent } from '#kernel/events/event';
import { type FollowerOptions, followEvents } from './event-follower';

/** Whose tokens are believed no longer, although their signature and their time are good. */
export interface Revocations {
  /** `tokenId` is the token's own id, where it has one: a single token may be revoked as well. */
  isRevoked(viewer: Viewer, tokenId?: string | null): boolean;
  close(): Promise<void>;
}

/** The house that knows partners' systems, and the events by which it takes trust back. */
const HOUSE = 'partners';
const revoked = z.object({ clientId: z.string() });
const tokenRevoked = z.object({ tokenId: z.string() });
const changed = z.object({ partnerId: z.string(), isActive: z.boolean() });

/** A gateway that starts while the house is silent does not wait for it longer than this. */
const HEAR_FIRST_MS = 1_000;

/**
 * Hears who was revoked, from the beginning of the house's log on. Every replica follows by itself, so a token dies
 * everywhere within moments, and nothing has to be asked while a request waits.
 */
export async function followRevocations(options: Pick<FollowerOptions, 'address' | 'hopSecret' | 'log'>): Promise<Revocations> {
  const clients = new Set<string>();
  const partners = new Set<string>();
  const tokens = new Set<string>();
  if (options.address === undefined) return { isRevoked: () => false, close: async () => {} };
  const follower = followEvents({
    ...options,
    house: HOUSE,
    types: ['ClientRevoked.v1', 'PartnerChanged.v1', 'TokenRevoked.v1'],
    from: 'first',
    onEvents: events => {
      for (const event of events) hear(event, { clients, partners, tokens });
    },
  });
  await Promise.race([follower.caughtUp, pause(HEAR_FIRST_MS, null, { ref: false })]);
  return {
    isRevoked: ({ clientId, partnerId }, tokenId = null) =>
      (tokenId !== null && tokens.has(tokenId)) ||
      (clientId !== null && clients.has(clientId)) ||
      (partnerId !== null && partners.has(partnerId)),
    close: follower.stop,
  };
}

interface Heard {
  readonly clients: Set<string>;
  readonly partners: Set<string>;
  readonly tokens: Set<string>;
}

function hear({ type, data }: LoggedEvent, { clients, partners, tokens }: Heard): void {
  const token = type === 'TokenRevoked.v1' ? tokenRevoked.safeParse(data) : null;
  if (token?.success) tokens.add(token.data.tokenId);
  const revocation = type === 'ClientRevoked.v1' ? revoked.safeParse(data) : null;
  if (revocation?.success) clients.add(revocation.data.clientId);
  const change = type === 'PartnerChanged.v1' ? changed.safeParse(data) : null;
  if (!change?.success) return;
  if (change.data.isActive) partners.delete(change.data.partnerId);
  else partners.add(change.data.partnerId);
}
