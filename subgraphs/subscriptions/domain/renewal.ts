import { type Money, moneyOf } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { addDays, type PlainDate } from '#kernel/time';
import { type PricedCharge, renewalAmount, type SeatCharge, seatsOn } from './charge';
import { isOver, type PlanAtRenewal, type Standed } from './subscription';

/** Why an automatic renewal would not be attempted (R2), as far as it can be told before the day. */
export const AUTO_RENEW_REASONS = [
  'ENDED',
  'NOT_TWELVE_MONTHS',
  'SUPPORT_HOLD',
  'CREDIT_HOLD',
  'OTHER_HOLD',
  'PO_REQUIRED',
  'PORTAL_REQUIRED',
  'EDUCATION',
  'OPEN_SOURCE',
  'STARTUP',
  'RESELLER_SALE',
  'NOT_CLOUD_LICENSED',
  'OVERAGE_NOT_RECONCILED',
  'CARD_EXPIRED',
] as const;
export type AutoRenewReason = (typeof AUTO_RENEW_REASONS)[number];

/** Only a term of this length renews by itself. */
export const AUTO_RENEW_TERM_MONTHS = 12;

/** What a renewal needs to know of the paying account, copied from customers. */
export interface RenewingAccount {
  readonly segment: string;
  readonly holds: readonly string[];
  /** True: renewals are charged to a card. */
  readonly isAutoPay?: boolean | null;
}

/** What its neighbours know of a subscription that is to be renewed. What nobody told does not stand against it. */
export interface RenewalFacts {
  readonly account: RenewingAccount | null;
  readonly dealType: string | null;
  readonly licenseKind: string | null;
  /** The quarters of the term that ends. */
  readonly quarters: readonly Quartered[];
  /** The last day of the card that would be charged, when there is one. */
  readonly cardEndsOn: PlainDate | null;
}

interface Quartered {
  readonly status: string;
  readonly reason: string | null;
  readonly overageSeats: number;
}

/** What was agreed about a subscription's renewal. */
export interface Renewing extends Standed {
  readonly term: Standed['term'] & { readonly months: number };
  readonly isAutoRenew: boolean;
  /** What it renews to, where that is not what is in force. */
  readonly planAtRenewal?: Pick<PlanAtRenewal, 'seats' | 'unitPrice'> | null;
}

/** The customer's wish, whether it can be met, and if not why. */
export interface AutoRenewal {
  readonly isOn: boolean;
  readonly isEligible: boolean;
  readonly reasons: readonly AutoRenewReason[];
}

const REASON_BY_SEGMENT: Readonly<Record<string, AutoRenewReason>> = {
  EDUCATION: 'EDUCATION',
  OPEN_SOURCE: 'OPEN_SOURCE',
  STARTUP: 'STARTUP',
};
const REASON_BY_HOLD: Readonly<Record<string, AutoRenewReason>> = {
  SUPPORT_HOLD: 'SUPPORT_HOLD',
  CREDIT_HOLD: 'CREDIT_HOLD',
  PO_REQUIRED: 'PO_REQUIRED',
  PORTAL_REQUIRED: 'PORTAL_REQUIRED',
};

/** Licences whose users nobody counts: what is not on cloud licensing is renewed by a person. */
const UNCOUNTED_LICENSES: readonly (string | null)[] = ['OFFLINE_CLOUD', 'LEGACY_FILE'];
/** How a quarter with more users than seats may have ended without anything being owed. */
const SETTLED: readonly (string | null)[] = ['CHARGED', 'COVERED', 'NO_OVERAGE'];

/** R1: the day on which a term is renewed by itself, at 00:00 UTC: its last one. */
export const autoRenewalDay = ({ endsOn }: Standed['term']): PlainDate => addDays(endsOn, -1);

/**
 * Whether a subscription would renew by itself, with every reason against it (R2), each once and in a fixed order. The
 * wish is kept beside: turning auto-renewal on does not make a subscription eligible. An account that is not known yet
 * has no holds.
 */
export function autoRenewal(agreement: Renewing, facts: RenewalFacts, on: PlainDate): AutoRenewal {
  const { account, dealType, licenseKind, quarters, cardEndsOn } = facts;
  const found = new Set<AutoRenewReason>();
  if (isOver(agreement, on)) found.add('ENDED');
  if (agreement.term.months !== AUTO_RENEW_TERM_MONTHS) found.add('NOT_TWELVE_MONTHS');
  // A hold of a kind that this house has not heard of still stops a charge: it is safer to ask than to take money.
  for (const hold of account?.holds ?? []) found.add(REASON_BY_HOLD[hold] ?? 'OTHER_HOLD');
  const ofSegment = account && REASON_BY_SEGMENT[account.segment];
  if (ofSegment) found.add(ofSegment);
  if (dealType === 'RESALE') found.add('RESELLER_SALE');
  if (UNCOUNTED_LICENSES.includes(licenseKind)) found.add('NOT_CLOUD_LICENSED');
  const isOwed = ({ status, reason, overageSeats }: Quartered) =>
    overageSeats > 0 && (status === 'FAILED' || status === 'SKIPPED') && !SETTLED.includes(reason);
  if (quarters.some(isOwed)) found.add('OVERAGE_NOT_RECONCILED');
  if (account?.isAutoPay && cardEndsOn && cardEndsOn < autoRenewalDay(agreement.term)) found.add('CARD_EXPIRED');
  return { isOn: agreement.isAutoRenew, isEligible: found.size === 0, reasons: AUTO_RENEW_REASONS.filter(reason => found.has(reason)) };
}

/** The next amount that will be charged without anybody acting, and the day. */
export interface NextCharge {
  readonly on: PlainDate;
  readonly amount: Money;
}

/** The renewal on the term's last day, at the prices in force then (R1); null when none would be attempted. */
export function nextCharge(agreement: Renewing, renewal: AutoRenewal, charges: readonly RenewedCharge[]): NextCharge | null {
  if (!renewal.isOn || !renewal.isEligible) return null;
  const amount = renewalAmount(renewingCharges(agreement, charges), agreement.term.endsOn);
  return amount && { on: autoRenewalDay(agreement.term), amount };
}

type RenewedCharge = PricedCharge & SeatCharge;

/** What would be charged again: with a plan kept for the renewal, its seats in place of those in force. */
function renewingCharges({ planAtRenewal, term }: Renewing, charges: readonly RenewedCharge[]): readonly PricedCharge[] {
  if (!planAtRenewal) return charges;
  const { minor: unitPriceMinor, currency } = moneyOf(planAtRenewal.unitPrice);
  const quantity = planAtRenewal.seats ?? seatsOn(charges, addDays(term.endsOn, -1));
  const base = { model: 'RECURRING' as const, quantity, unitPriceMinor, currency, startsOn: term.startsOn, endsOn: term.endsOn };
  return [...charges.filter(charge => charge.kind !== 'BASE'), base];
}

/** Decides whether the customer's wish about renewal may still be changed; what has ended does not renew. */
export function decideAutoRenew(agreement: Renewing, isOn: boolean, on: PlainDate) {
  if (isOver(agreement, on))
    return refuse('SUBSCRIPTION_ENDED', 'This subscription has ended, so it does not renew. Place a new order instead.');
  return accept({ isAutoRenew: isOn, isChanged: agreement.isAutoRenew !== isOn });
}

/** How an attempt to renew a term by itself stands. Each term has one. */
export const RENEWAL_STATUSES = ['NOT_ATTEMPTED', 'REQUESTED', 'ORDERED', 'RENEWED', 'FAILED'] as const;
export type RenewalStatus = (typeof RENEWAL_STATUSES)[number];

/** Why a term was not renewed by itself: what stood against it before, or what came of the attempt. */
export const RENEWAL_REASONS = [...AUTO_RENEW_REASONS, 'TURNED_OFF', 'ORDER_REFUSED', 'CARD_DECLINED', 'ORDER_STOPPED'] as const;
export type RenewalReason = (typeof RENEWAL_REASONS)[number];

/** R1, R2: what is done on a term's last day: it is renewed for as many seats as it has or its users need, or not, and why. */
export function decideRenewal({ isOn, isEligible, reasons }: AutoRenewal, seats: number, users: number | null) {
  if (!isOn) return { status: 'NOT_ATTEMPTED' as const, reasons: ['TURNED_OFF' as const, ...reasons] };
  if (!isEligible) return { status: 'NOT_ATTEMPTED' as const, reasons };
  return { status: 'REQUESTED' as const, seats: Math.max(seats, users ?? 0), reasons: [] };
}
