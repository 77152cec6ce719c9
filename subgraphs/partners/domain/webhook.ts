import { accept, refuse } from '#kernel/result';
import type { PartnerOrderStatus } from './partner-order';

/** What a partner's system can be told. */
export const WEBHOOK_EVENTS = ['order.accepted', 'order.fulfilled', 'order.rejected', 'order.error'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];
/** What is sent on demand, to see that a receiver works. */
export const TEST_EVENT = 'webhook.test';

/** How far the telling of one event is. */
export const DELIVERY_STATES = ['PENDING', 'DELIVERED', 'FAILED'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Policy values. */
export const WEBHOOKS_MAX = 10;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Waits between tries; the last one is repeated until three days are over. */
const WAITS_MS = [5_000, 30_000, 2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS, 8 * HOUR_MS] as const;
export const TRIED_FOR_MS = 72 * HOUR_MS;

/** A partner's receivers are told one after the other: one that hangs keeps its own partner waiting, and nobody else. */
export const lineOf = (partnerId: string): string => `webhooks of ${partnerId}`;

/** The event that tells a status. */
export const eventOf = (status: PartnerOrderStatus): WebhookEvent => EVENT_OF[status];
const EVENT_OF: Readonly<Record<PartnerOrderStatus, WebhookEvent>> = {
  ACCEPTED: 'order.accepted',
  FULFILLED: 'order.fulfilled',
  REJECTED: 'order.rejected',
  ERROR: 'order.error',
};

/** Decides which events a receiver is told: at least one, each of them known and once. */
export function eventsFrom(asked: readonly string[]) {
  const unknown = asked.some(event => !WEBHOOK_EVENTS.some(known => known === event));
  return unknown || asked.length === 0
    ? refuse('EVENT_UNKNOWN', `Choose among these events: ${WEBHOOK_EVENTS.join(', ')}.`, { path: ['events'] })
    : accept(WEBHOOK_EVENTS.filter(event => asked.includes(event)));
}

/** After how long a failed delivery is tried again; null when three days are over. */
export function waitAfter(attempts: number, sinceMs: number): number | null {
  const wait = WAITS_MS[Math.min(attempts, WAITS_MS.length) - 1] ?? WAITS_MS[0];
  return sinceMs + wait > TRIED_FOR_MS ? null : wait;
}

/** A webhook, or a delivery, that is unknown or another partner's. */
export const webhookNotFound = () => refuse('WEBHOOK_NOT_FOUND', 'You have no such webhook.', { path: ['webhookId'] });
export const deliveryNotFound = () => refuse('DELIVERY_NOT_FOUND', 'You have no such delivery.', { path: ['deliveryId'] });
