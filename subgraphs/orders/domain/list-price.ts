import { add, type Currency, displayOf, isNegative, type Money, money, share, sum, times, zero } from '#kernel/money';

/** The units up to and with a number, or all that are left, and what they cost: each, and once when any of them is bought. */
export interface PriceTier {
  readonly upTo: number | null;
  readonly unitPrice: Money;
  readonly flatPrice?: Money;
}

/** How an amount grows with a quantity. All amounts of one price have one currency. */
export type ListPrice =
  | { readonly shape: 'FLAT'; readonly price: Money }
  | { readonly shape: 'PER_UNIT'; readonly unitPrice: Money }
  | { readonly shape: 'GRADUATED'; readonly tiers: readonly PriceTier[] }
  | { readonly shape: 'VOLUME'; readonly tiers: readonly PriceTier[] }
  | { readonly shape: 'PACKAGE'; readonly packagePrice: Money; readonly packageSize: number };

/** So many units at a price for one; `part` says which units they are where a price has several parts. */
export interface PricePiece {
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly part: string | null;
}

/**
 * A price as pieces of a price for one unit, which add up to `amountFor`: what is agreed on, invoiced and credited piece by
 * piece. A flat price is one piece, whatever the number; packages are counted as packages. Prices with an amount that is paid once
 * for a tier have no such pieces and are not sold (`faultOfOffer`).
 */
export function piecesOf(price: ListPrice, quantity: number): readonly PricePiece[] {
  switch (price.shape) {
    case 'FLAT':
      return [{ quantity: 1, unitPrice: price.price, part: null }];
    case 'PER_UNIT':
      return [{ quantity, unitPrice: price.unitPrice, part: null }];
    case 'PACKAGE':
      return [
        { quantity: Math.ceil(quantity / price.packageSize), unitPrice: price.packagePrice, part: `packages of ${price.packageSize}` },
      ];
    case 'VOLUME': {
      const tier = price.tiers.find(({ upTo }) => upTo === null || quantity <= upTo);
      return tier ? [{ quantity, unitPrice: tier.unitPrice, part: null }] : [];
    }
    case 'GRADUATED':
      return price.tiers.flatMap((tier, index) => {
        const from = price.tiers[index - 1]?.upTo ?? 0;
        const to = Math.min(quantity, tier.upTo ?? quantity);
        return to > from ? [{ quantity: to - from, unitPrice: tier.unitPrice, part: `units ${from + 1} to ${to}` }] : [];
      });
  }
}

/** The currency that a price is in. */
export const currencyOfPrice = (price: ListPrice): Currency => amountsOf(price)[0]!.currency;

/** An amount with the sentence that a finance person redoes it by. */
export interface Counted {
  readonly amount: Money;
  readonly working: string;
}

/**
 * What so many units cost. Flat: the same for any number. Graduated: each unit at the price of the tier it falls in. Volume:
 * all units at the price of the tier that the whole quantity falls in. Package: whole packages, a started one in full. Nothing
 * is rounded, since nothing is divided. No units cost nothing, except at a flat price.
 */
export function amountFor(price: ListPrice, quantity: number): Counted {
  switch (price.shape) {
    case 'FLAT':
      return counted(price.price, displayOf(price.price));
    case 'PER_UNIT':
      return counted(times(price.unitPrice, BigInt(quantity)), unitsInWords(quantity, price.unitPrice));
    case 'GRADUATED':
      return graduated(price.tiers, quantity);
    case 'VOLUME':
      return volume(price.tiers, quantity);
    case 'PACKAGE': {
      const packages = Math.ceil(quantity / price.packageSize);
      const size = `${quantity} ÷ ${price.packageSize}, rounded up = ${packages}`;
      return counted(times(price.packagePrice, BigInt(packages)), `${size} × ${displayOf(price.packagePrice)}`);
    }
  }
}

/** A reduction: hundredths of a percent of the amount, or an amount. */
export type Discount = { readonly kind: 'PERCENT'; readonly basisPoints: number } | { readonly kind: 'AMOUNT'; readonly amount: Money };

/**
 * An amount less its discounts, each taken of what the ones before left. A percentage is rounded once, half up, for the line;
 * an amount never takes more than there is, so nothing sells for less than nothing.
 */
export function discounted(before: Counted, discounts: readonly Discount[]): Counted {
  return discounts.reduce<Counted>(({ amount, working }, discount) => {
    const off = offOf(amount, discount);
    const words = discount.kind === 'PERCENT' ? `${discount.basisPoints / 100} % = ${displayOf(off)}` : displayOf(off);
    const left = money(amount.minor - off.minor, amount.currency);
    return { amount: left, working: `${working}; less ${words} = ${displayOf(left)}` };
  }, before);
}

/** What keeps a price from being listed, in a sentence; null when nothing does: tiers rise, the last takes all, one currency. */
export function faultOfPrice(price: ListPrice): string | null {
  const amounts = amountsOf(price);
  const [first] = amounts;
  if (!first) return 'A price by tiers has at least one.';
  if (amounts.some(isNegative)) return 'A price is never below zero.';
  if (amounts.some(amount => amount.currency !== first.currency)) return 'A price is in one currency.';
  if (price.shape === 'PACKAGE') return isCount(price.packageSize) ? null : 'A package holds at least one unit.';
  if (price.shape !== 'GRADUATED' && price.shape !== 'VOLUME') return null;
  const bounds = price.tiers.map(tier => tier.upTo);
  if (bounds.at(-1) !== null) return 'The last tier takes all units that are left.';
  const rising = bounds.slice(0, -1).every((bound, tier) => isCount(bound) && bound > (bounds[tier - 1] ?? 0));
  return rising ? null : 'Each tier reaches further than the one before.';
}

/** What keeps a listed price from being sold, in a sentence: a plan counts seats, and nothing is paid once for a tier. */
export function faultOfOffer(price: ListPrice, isPlan: boolean): string | null {
  const fault = faultOfPrice(price);
  if (fault) return fault;
  if (isPlan && (price.shape === 'FLAT' || price.shape === 'PACKAGE')) return 'A plan is priced for each seat, with or without tiers.';
  const isPaidOnce = (price.shape === 'GRADUATED' || price.shape === 'VOLUME') && price.tiers.some(({ flatPrice }) => flatPrice);
  return isPaidOnce ? 'What is paid once for a tier is listed as a product of its own.' : null;
}

function amountsOf(price: ListPrice): readonly Money[] {
  switch (price.shape) {
    case 'FLAT':
      return [price.price];
    case 'PER_UNIT':
      return [price.unitPrice];
    case 'PACKAGE':
      return [price.packagePrice];
    case 'GRADUATED':
    case 'VOLUME':
      return price.tiers.flatMap(({ unitPrice, flatPrice }) => (flatPrice ? [unitPrice, flatPrice] : [unitPrice]));
  }
}

function graduated(tiers: readonly PriceTier[], quantity: number): Counted {
  const parts = tiers.flatMap((tier, index) => {
    const from = tiers[index - 1]?.upTo ?? 0;
    const units = Math.min(quantity, tier.upTo ?? quantity) - from;
    return units > 0 ? [tierPart(tier, units)] : [];
  });
  const amount = sum(
    parts.map(part => part.amount),
    tiers[0]!.unitPrice.currency,
  );
  return counted(amount, parts.map(part => part.words).join(' + ') || 'no units');
}

function volume(tiers: readonly PriceTier[], quantity: number): Counted {
  const tier = tiers.find(({ upTo }) => upTo === null || quantity <= upTo);
  if (!tier || quantity === 0) return counted(zero(tiers[0]!.unitPrice.currency), 'no units');
  const { amount, words } = tierPart(tier, quantity);
  return counted(amount, words);
}

function tierPart({ unitPrice, flatPrice }: PriceTier, units: number) {
  const each = times(unitPrice, BigInt(units));
  const words = unitsInWords(units, unitPrice);
  return flatPrice ? { amount: add(each, flatPrice), words: `${words} + ${displayOf(flatPrice)}` } : { amount: each, words };
}

/** What a discount takes of an amount, at most the whole of it. */
function offOf(amount: Money, discount: Discount): Money {
  const off = discount.kind === 'PERCENT' ? share(amount, BigInt(discount.basisPoints), 10_000n, 'HALF_UP') : discount.amount;
  return off.minor > amount.minor ? amount : off;
}

const counted = (amount: Money, words: string): Counted => ({ amount, working: `${words} = ${displayOf(amount)}` });
const unitsInWords = (units: number, unitPrice: Money): string => `${units} × ${displayOf(unitPrice)}`;
const isCount = (value: number | null): value is number => value !== null && Number.isInteger(value) && value >= 1;
