import { type Money, times } from '#kernel/money';
import { seatsLeftAlert } from './seats';

/** Why a namespace may not have a plan by its own choice. */
export const OFFER_REASONS = ['HAS_IT', 'LOWER_PLAN', 'ON_HOLD', 'SOLD_BY_PARTNER', 'MULTI_YEAR'] as const;
export type OfferReason = (typeof OFFER_REASONS)[number];

/** Where in the product an offer is shown. */
export const UPSELL_PLACEMENTS = ['SEAT_LIMIT', 'PLAN_LIMIT', 'COMPUTE_LIMIT', 'STORAGE_LIMIT'] as const;
export type UpsellPlacement = (typeof UPSELL_PLACEMENTS)[number];

/** What an offer is for. */
export const UPSELL_CODES = ['ADD_SEATS', 'UPGRADE_PLAN', 'BUY_COMPUTE', 'BUY_STORAGE'] as const;
export type UpsellCode = (typeof UPSELL_CODES)[number];

/** Something that can be bought for a namespace through the web, at a list price for one unit. */
export interface OfferedProduct {
  readonly sku: string;
  readonly name: string;
  readonly kind: string;
  readonly tier: string | null;
  readonly deployment: string | null;
  readonly price: Money;
}

/** A namespace as far as selling to it needs to know. */
export interface Sellable {
  /** The plan that it pays for, or FREE: a trial is nothing that it has. */
  readonly plan: string;
  /** The product of that plan; null on the free one. */
  readonly sku: string | null;
  readonly seats: number;
  readonly seatsInUse: number;
  readonly termMonths: number | null;
  readonly isOnHold: boolean;
  readonly isResold: boolean;
  /** Minutes of the month that are included, and those of them that are left; null where nobody counted. */
  readonly compute: { readonly monthlyQuota: number; readonly quotaLeft: number; readonly packMinutesLeft: number } | null;
}

/** One plan in the picker of a namespace. */
export interface PlanOffer {
  readonly sku: string;
  readonly name: string;
  readonly pricePerSeat: Money;
  readonly seatsMin: number;
  readonly isEligible: boolean;
  readonly reason: OfferReason | null;
}

/** One thing that the product may suggest. */
export interface UpsellOffer {
  readonly code: UpsellCode;
  readonly sku: string;
  readonly reason: string;
  readonly seatsNow: number;
  readonly seatsSuggested: number;
  /** For a year where it recurs, at list price and before tax. */
  readonly price: Money;
}

const LADDER: readonly (string | null)[] = ['FREE', 'PREMIUM', 'ULTIMATE'];
const rungOf = (tier: string | null): number => LADDER.indexOf(tier);
/** Policy: minutes are offered when a fifth of the month's or less is left. */
const MINUTES_LEFT_PERCENT = 20;
const MONTHS_MAX = 12;

const plansFor = (products: readonly OfferedProduct[]): readonly OfferedProduct[] =>
  products
    .filter(({ kind, deployment }) => kind === 'BASE' && deployment === 'SAAS')
    .toSorted((a, b) => rungOf(a.tier) - rungOf(b.tier) || (a.sku < b.sku ? -1 : 1));

/**
 * P2, P4: every plan with whether its owner may choose it now: not what it has, nothing lower before the renewal, and nothing at all
 * on a hold, in a partner's sale or within a term of several years. At least as many seats as there are users.
 */
export function planOffers(namespace: Sellable, products: readonly OfferedProduct[]): readonly PlanOffer[] {
  const seatsMin = Math.max(namespace.seatsInUse, namespace.seats, 1);
  return plansFor(products).map(product => {
    const reason = reasonAgainst(namespace, product);
    return { sku: product.sku, name: product.name, pricePerSeat: product.price, seatsMin, isEligible: reason === null, reason };
  });
}

function reasonAgainst(namespace: Sellable, { sku, tier }: OfferedProduct): OfferReason | null {
  if (sku === namespace.sku) return 'HAS_IT';
  if (rungOf(tier) < rungOf(namespace.plan)) return 'LOWER_PLAN';
  return closedFor(namespace);
}

/** Why its owner buys nothing for a namespace through the web; null where it may. */
function closedFor({ isOnHold, isResold, termMonths }: Sellable): OfferReason | null {
  if (isOnHold) return 'ON_HOLD';
  if (isResold) return 'SOLD_BY_PARTNER';
  return (termMonths ?? 0) > MONTHS_MAX ? 'MULTI_YEAR' : null;
}

/**
 * What the product may suggest at a place: nothing that its owner could not buy there and then. Seats are suggested when so few are
 * left that an alert is due (L8), and as many that none is due any more.
 */
export function upsellOffers(namespace: Sellable, products: readonly OfferedProduct[], at: UpsellPlacement): readonly UpsellOffer[] {
  if (closedFor(namespace) !== null) return [];
  switch (at) {
    case 'SEAT_LIMIT':
      return [...moreSeats(namespace, products), ...nextPlan(namespace, products)];
    case 'PLAN_LIMIT':
      return nextPlan(namespace, products);
    case 'COMPUTE_LIMIT':
      return moreMinutes(namespace, products);
    case 'STORAGE_LIMIT':
      return pack(namespace, products, 'STORAGE', 'BUY_STORAGE', 'There is more room to buy.');
  }
}

function moreSeats(namespace: Sellable, products: readonly OfferedProduct[]): readonly UpsellOffer[] {
  const { seats, seatsInUse, sku } = namespace;
  const product = products.find(one => one.sku === sku);
  const left = seats - seatsInUse;
  if (!product || left > seatsLeftAlert(seats)) return [];
  const seatsSuggested = roomyFor(seatsInUse);
  const reason = left < 0 ? `${-left} more users than seats.` : left === 0 ? 'All seats are taken.' : `${left} of ${seats} seats are left.`;
  return [
    {
      code: 'ADD_SEATS',
      sku: product.sku,
      reason,
      seatsNow: seats,
      seatsSuggested,
      price: times(product.price, BigInt(seatsSuggested - seats)),
    },
  ];
}

/** The fewest seats for so many users of which no alert is due. */
function roomyFor(users: number): number {
  let seats = users + 1;
  while (seats - users <= seatsLeftAlert(seats)) seats++;
  return seats;
}

function nextPlan(namespace: Sellable, products: readonly OfferedProduct[]): readonly UpsellOffer[] {
  const product = plansFor(products).find(({ tier }) => rungOf(tier) > rungOf(namespace.plan));
  if (!product) return [];
  const seatsSuggested = Math.max(namespace.seatsInUse, namespace.seats, 1);
  const reason = `${product.name} is the next plan.`;
  const price = times(product.price, BigInt(seatsSuggested));
  return [{ code: 'UPGRADE_PLAN', sku: product.sku, reason, seatsNow: namespace.seats, seatsSuggested, price }];
}

function moreMinutes(namespace: Sellable, products: readonly OfferedProduct[]): readonly UpsellOffer[] {
  const { compute } = namespace;
  if (!compute || compute.packMinutesLeft > 0 || compute.quotaLeft * 100 > compute.monthlyQuota * MINUTES_LEFT_PERCENT) return [];
  const reason = `${compute.quotaLeft} of the month's ${compute.monthlyQuota} minutes are left.`;
  return pack(namespace, products, 'COMPUTE', 'BUY_COMPUTE', reason);
}

const pack = (
  { seats }: Sellable,
  products: readonly OfferedProduct[],
  kind: string,
  code: UpsellCode,
  reason: string,
): readonly UpsellOffer[] =>
  products
    .filter(product => product.kind === kind)
    .toSorted((a, b) => (a.sku < b.sku ? -1 : 1))
    .map(({ sku, price }) => ({ code, sku, reason, seatsNow: seats, seatsSuggested: seats, price }));
