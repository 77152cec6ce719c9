import type { SubscriptionId } from '#kernel/ids';

/** A request for licences waits for its subscriptions, and is granted once. */
export const REQUEST_STATES = ['WAITING', 'GRANTED'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** One subscription of an order that asks for its licence. */
export interface RequestedGrant {
  readonly subscriptionId: SubscriptionId;
  readonly deployment: string;
}

/**
 * Whether a request can be granted: every subscription in it has arrived with what this order made of it. Orders and
 * subscriptions speak in different logs, so the request may well come first; it then waits, and is not lost.
 */
export const isReady = (grants: readonly RequestedGrant[], arrived: ReadonlySet<SubscriptionId>): boolean =>
  grants.every(grant => arrived.has(grant.subscriptionId));
