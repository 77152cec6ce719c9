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
] as const;
export type AutoRenewReason = (typeof AUTO_RENEW_REASONS)[number];

/** Only a term of this length renews by itself. */
export const AUTO_RENEW_TERM_MONTHS = 12;

/** What a renewal needs to know of the paying account, copied from customers. */
export interface RenewingAccount {
  readonly segment: string;
  readonly holds: readonly string[];
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

/**
 * Whether a subscription would renew by itself, with every reason against it (R2), each once and in a fixed order. The
 * wish is kept beside: turning auto-renewal on does not make a subscription eligible. An account that is not known yet
 * has no holds.
 */
export function autoRenewal(agreement: Renewing, account: RenewingAccount | null, on: PlainDate): AutoRenewal {
  const found = new Set<AutoRenewReason>();
  if (isOver(agreement, on)) found.add('ENDED');
  if (agreement.term.months !== AUTO_RENEW_TERM_MONTHS) found.add('NOT_TWELVE_MONTHS');
  // A hold of a kind that this house has not heard of still stops a charge: it is safer to ask than to take money.
  for (const hold of account?.holds ?? []) found.add(REASON_BY_HOLD[hold] ?? 'OTHER_HOLD');
  const ofSegment = account && REASON_BY_SEGMENT[account.segment];
  if (ofSegment) found.add(ofSegment);
  return { isOn: agreement.isAutoRenew, isEligible: found.size === 0, reasons: AUTO_RENEW_REASONS.filter(reason => found.has(reason)) };
}

/** The next amount that will be charged without anybody acting, and the day. */
export interface NextCharge {
  readonly on: PlainDate;
  readonly amount: Money;
}

/** The renewal at the term's end, at the prices in force then (R1); null when none would be attempted. */
export function nextCharge(agreement: Renewing, renewal: AutoRenewal, charges: readonly RenewedCharge[]): NextCharge | null {
  if (!renewal.isOn || !renewal.isEligible) return null;
  const amount = renewalAmount(renewingCharges(agreement, charges), agreement.term.endsOn);
  return amount && { on: agreement.term.endsOn, amount };
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
