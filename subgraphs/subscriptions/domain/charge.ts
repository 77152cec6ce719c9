import { add, type Currency, type Money, money, times, zero } from '#kernel/money';
import { addDays, earlier, includes, type Period, type PlainDate } from '#kernel/time';
import type { PublishedCharge } from '../../orders/events/published';

/** What a charge grants: BASE grants seats, the others something beside them. */
export const CHARGE_KINDS = ['BASE', 'ADD_ON', 'COMPUTE', 'STORAGE'] as const;
export type ChargeKind = (typeof CHARGE_KINDS)[number];

/** How often a charge is paid: again for each year, or once. */
export const CHARGE_MODELS = ['RECURRING', 'ONE_TIME'] as const;
export type ChargeModel = (typeof CHARGE_MODELS)[number];

/** The least that counting seats needs of a charge. */
export interface SeatCharge extends Period {
  readonly kind: ChargeKind;
  readonly quantity: number;
}

/** The least that pricing a renewal needs of a charge; the price is for one unit and one year. */
export interface PricedCharge extends Period {
  readonly model: ChargeModel;
  readonly quantity: number;
  readonly unitPriceMinor: bigint;
  readonly currency: Currency;
}

/**
 * The seats in force on a day: the sum of all BASE charges whose period includes it, never only the first line. A
 * charge counts on its first day and no longer on its last date.
 */
export function seatsOn(charges: readonly SeatCharge[], on: PlainDate): number {
  return charges.reduce((seats, charge) => (charge.kind === 'BASE' && includes(charge, on) ? seats + charge.quantity : seats), 0);
}

/** What one more seat costs for a year: the price of the newest base charge in force on a day, discounts in it. Null without one. */
export function seatPriceOn(charges: readonly (SeatCharge & PricedCharge)[], on: PlainDate): Money | null {
  const newest = charges.findLast(charge => charge.kind === 'BASE' && includes(charge, on));
  return newest ? money(newest.unitPriceMinor, newest.currency) : null;
}

/**
 * What another year costs after a term that ends on this date: quantity × annual price of every recurring charge in
 * force on the term's last day. One-time charges do not come again. Null when nothing would renew.
 */
export function renewalAmount(charges: readonly PricedCharge[], termEndsOn: PlainDate): Money | null {
  const lastDay = addDays(termEndsOn, -1);
  const renewing = charges.filter(charge => charge.model === 'RECURRING' && includes(charge, lastDay));
  const [first] = renewing;
  if (!first) return null;
  return add(zero(first.currency), ...renewing.map(annualPrice));
}

/** What one charge costs for a year, before any proration. */
export const annualPrice = (charge: PricedCharge): Money => times(money(charge.unitPriceMinor, charge.currency), BigInt(charge.quantity));

/** How a version shortened a charge. */
export interface Ending {
  readonly versionNumber: number;
  readonly endsOn: PlainDate;
}

/** A charge as it was agreed, and how later versions shortened it. */
export interface AgreedCharge extends Period {
  readonly versionNumber: number;
  readonly endings: readonly Ending[];
}

/**
 * The charges as a version left them, the newest one unless said otherwise: those known by then, each until it ends. What
 * was ended before it began is not among them.
 */
export function chargesAfter<Charge extends AgreedCharge>(
  charges: readonly Charge[],
  number = Number.POSITIVE_INFINITY,
): readonly Charge[] {
  return charges
    .filter(charge => charge.versionNumber <= number)
    .map(charge => ({ ...charge, endsOn: endOf(charge, number) }))
    .filter(charge => charge.startsOn < charge.endsOn);
}

const endOf = ({ endsOn, endings }: AgreedCharge, number: number): PlainDate =>
  endings.filter(ending => ending.versionNumber <= number).reduce((end, ending) => earlier(end, ending.endsOn), endsOn);

/** What is wrong with charges that an order plans for a term, in a sentence; null when they may be written. */
export function faultOfCharges(charges: readonly PublishedCharge[], term: Period, currency: Currency | null): string | null {
  const [first] = charges;
  if (!first) return 'The order plans no charge for a subscription.';
  const expected = currency ?? first.unitPrice.currency;
  for (const charge of charges) {
    if (!Number.isSafeInteger(charge.quantity) || charge.quantity < 1)
      return `The quantity ${charge.quantity} of ${charge.sku} is not a positive whole number.`;
    if (charge.unitPrice.currency !== expected)
      return `${charge.sku} is priced in ${charge.unitPrice.currency}, the subscription in ${expected}.`;
    if (charge.startsOn >= charge.endsOn) return `The charge for ${charge.sku} ends before it starts.`;
    // What is bought once lasts as long as it was sold for, such as a pack of twelve months bought late in a term.
    const endsTooLate = charge.model === 'RECURRING' && charge.endsOn > term.endsOn;
    if (charge.startsOn < term.startsOn || endsTooLate) return `The charge for ${charge.sku} lies outside the term.`;
  }
  return null;
}
