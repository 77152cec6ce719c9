import type { LeadId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';
import { addDays, type PlainDate } from '#kernel/time';
import { reasonFrom } from './hold';

/** What made us think that a customer might buy. */
export const LEAD_SOURCES = ['TRIAL', 'HAND_RAISE', 'USAGE_SIGNAL'] as const;
export type LeadSource = (typeof LEAD_SOURCES)[number];

/** A lead is open until somebody says what came of it. */
export const LEAD_STATUSES = ['OPEN', 'CONVERTED', 'DISMISSED'] as const;
export type LeadStatus = (typeof LEAD_STATUSES)[number];

/** How a lead ends. */
export const LEAD_OUTCOMES = ['CONVERTED', 'DISMISSED'] as const;
export type LeadOutcome = (typeof LEAD_OUTCOMES)[number];

/** Where leads are taken to. */
export const LEAD_TARGETS = ['CRM'] as const;
export type LeadTarget = (typeof LEAD_TARGETS)[number];

/** A delivery is on its way, was taken, or was given up. */
export const LEAD_DELIVERY_STATUSES = ['REQUESTED', 'DELIVERED', 'FAILED'] as const;
export type LeadDeliveryStatus = (typeof LEAD_DELIVERY_STATUSES)[number];

export const LEAD_MESSAGE_LENGTH_MAX = 500;

/** Usage of so many of a hundred seats is a signal. Policy value. */
export const USAGE_SIGNAL_PERCENT = 90;

/** For so many days after a lead was closed, the same trial or the same usage opens no other. Policy value. */
export const LEAD_QUIET_DAYS = 90;

/** What a customer asks sales, in one line. */
export function messageFrom(text: string) {
  const message = lineFrom(text, LEAD_MESSAGE_LENGTH_MAX);
  return message
    ? accept(message)
    : refuse('MESSAGE_INVALID', `Say what it is about in 1 to ${LEAD_MESSAGE_LENGTH_MAX} characters.`, { path: ['message'] });
}

/** What a report of used seats tells sales, or null while there is room. */
export function usageSignal({ seats, usersMax }: { readonly seats: number; readonly usersMax: number }): string | null {
  if (seats === 0 || usersMax * 100 < seats * USAGE_SIGNAL_PERCENT) return null;
  return `${usersMax} of ${seats} seats are in use.`;
}

/** What is known of the last lead of the same account, source and subject. */
interface EarlierLead {
  readonly status: LeadStatus;
  readonly lastSignalOn: PlainDate;
  readonly closedOn: PlainDate | null;
}

/**
 * Decides what a signal is: the first, so that a lead opens; one more of a lead that is open; or nothing, because it was
 * counted before or the same thing was closed lately. Who raises a hand is always heard.
 */
export function afterSignal(earlier: EarlierLead | null, source: LeadSource, on: PlainDate): 'OPEN' | 'COUNT' | 'NOTHING' {
  if (!earlier) return 'OPEN';
  const isAsked = source === 'HAND_RAISE';
  if (earlier.status === 'OPEN') return isAsked || on > earlier.lastSignalOn ? 'COUNT' : 'NOTHING';
  if (isAsked) return 'OPEN';
  return earlier.closedOn && on >= addDays(earlier.closedOn, LEAD_QUIET_DAYS) ? 'OPEN' : 'NOTHING';
}

/** Decides whether a lead is closed. It needs a reason, because somebody will ask. */
export function close(lead: { readonly status: LeadStatus }, outcome: LeadOutcome, reason: string) {
  if (lead.status !== 'OPEN') return refuse('LEAD_CLOSED', 'This lead was closed before.', { path: ['leadId'] });
  const because = reasonFrom(reason);
  return because.ok ? accept({ status: outcome, closedReason: because.value }) : because;
}

/** Decides whether a lead is delivered once more: not while it is on its way. */
export function replay(delivery: { readonly status: LeadDeliveryStatus }) {
  return delivery.status === 'REQUESTED'
    ? refuse('LEAD_DELIVERY_PENDING', 'The lead is on its way already.', { path: ['leadId'] })
    : accept({ status: 'REQUESTED' } as const);
}

/** A lead as a system of sales is told of it. The id is the key there too: the same lead twice is one. */
export interface DeliveredLead {
  readonly id: LeadId;
  readonly source: string;
  readonly message: string;
  readonly createdAt: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly account: { readonly id: string; readonly number: string; readonly name: string };
  readonly contact: { readonly name: string; readonly email: string };
}

/** A lead that is unknown or out of reach. */
export const leadNotFound = () => refuse('LEAD_NOT_FOUND', 'There is no such lead.', { path: ['leadId'] });
