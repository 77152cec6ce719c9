/** Currencies that can be sold in, and the number of decimals of each (ISO 4217). */
export const CURRENCY_DECIMALS = { AUD: 2, BHD: 3, CAD: 2, CHF: 2, EUR: 2, GBP: 2, JPY: 0, USD: 2 } as const;
export type Currency = keyof typeof CURRENCY_DECIMALS;
export const CURRENCIES = Object.keys(CURRENCY_DECIMALS) as unknown as readonly [Currency, ...Currency[]];

/** An exact amount in a currency's smallest unit: 1999n EUR is €19.99, 1999n JPY is ¥1,999. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/** Money as text, the form that travels in events and answers: `{ amount: '19.99', currency: 'EUR' }`. */
export interface MoneyText {
  readonly amount: string;
  readonly currency: Currency;
}

export const money = (minor: bigint, currency: Currency): Money => ({ minor, currency });
export const zero = (currency: Currency): Money => ({ minor: 0n, currency });
export const isCurrency = (text: string): text is Currency => Object.hasOwn(CURRENCY_DECIMALS, text);

/** Adds amounts of one currency. Throws on a mixture: adding euros to dollars is a fault, not a refusal. */
export function add(first: Money, ...rest: readonly Money[]): Money {
  return rest.reduce((sum, next) => money(sum.minor + sameCurrency(sum, next).minor, sum.currency), first);
}

/** The sum of a list, which may be empty, in the currency given. */
export const sum = (amounts: readonly Money[], currency: Currency): Money => add(zero(currency), ...amounts);

export const negate = (amount: Money): Money => money(-amount.minor, amount.currency);
export const subtract = (from: Money, amount: Money): Money => add(from, negate(amount));
export const times = (amount: Money, factor: bigint): Money => money(amount.minor * factor, amount.currency);
export const isZero = (amount: Money): boolean => amount.minor === 0n;
export const isNegative = (amount: Money): boolean => amount.minor < 0n;

/** Negative, zero or positive as `a` is less than, equal to or more than `b`, which has the same currency. */
export function compare(a: Money, b: Money): -1 | 0 | 1 {
  const difference = a.minor - sameCurrency(a, b).minor;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** How a fraction of the smallest unit is decided. Half up is away from zero, as finance departments count. */
export const ROUNDINGS = ['HALF_UP', 'HALF_EVEN', 'DOWN'] as const;
export type Rounding = (typeof ROUNDINGS)[number];

/**
 * Multiplies by the fraction `numerator ÷ denominator` and rounds once, by name. This is the only place where a
 * fraction of a cent is decided; the denominator is positive.
 */
export function share(amount: Money, numerator: bigint, denominator: bigint, rounding: Rounding): Money {
  if (denominator <= 0n) throw new RangeError('A share needs a positive denominator.');
  return money(divide(amount.minor * numerator, denominator, rounding), amount.currency);
}

/**
 * Splits an amount over weights so that every unit is spent: the parts sum to the whole, and no part is off its exact
 * share by a full unit. The largest remainders get the spare units, the first of equals first. Weights are not
 * negative and not all zero.
 */
export function allocate(total: Money, weights: readonly bigint[]): readonly Money[] {
  const whole = weights.reduce((all, weight) => all + weight, 0n);
  if (whole <= 0n || weights.some(weight => weight < 0n)) throw new RangeError('An allocation needs weights of which one is positive.');
  const sign = total.minor < 0n ? -1n : 1n;
  const size = total.minor * sign;
  const parts = weights.map((weight, index) => ({ index, units: (size * weight) / whole, rest: (size * weight) % whole }));
  let spare = size - parts.reduce((spent, part) => spent + part.units, 0n);
  for (const part of parts.toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))) {
    if (spare === 0n) break;
    part.units += 1n;
    spare -= 1n;
  }
  return parts.map(part => money(part.units * sign, total.currency));
}

/** The amount as decimal text with the currency's own number of decimals: `1105.64`, `-3`, `0.125`. */
export function decimalOf({ minor, currency }: Money): string {
  const decimals = CURRENCY_DECIMALS[currency];
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return minor < 0n ? `-${text}` : text;
}

/** The amount in words a finance person reads: `$1,105.64`, `¥1,999`, `BHD 0.125`. */
export function displayOf(amount: Money): string {
  const symbol = { AUD: 'A$', BHD: 'BHD ', CAD: 'C$', CHF: 'CHF ', EUR: '€', GBP: '£', JPY: '¥', USD: '$' }[amount.currency];
  const [whole, fraction] = decimalOf(amount).replace('-', '').split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${isNegative(amount) ? '−' : ''}${symbol}${grouped}${fraction ? `.${fraction}` : ''}`;
}

/**
 * Reads decimal text exactly. Answers null when it is no decimal or has more decimals than the currency: a third
 * decimal of a dollar is an error of the sender, never something to round away. At most 15 whole digits.
 */
export function moneyFromDecimal(amount: string, currency: Currency): Money | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(amount);
  if (!match) return null;
  const decimals = CURRENCY_DECIMALS[currency];
  const fraction = match[3] ?? '';
  if (fraction.length > decimals) return null;
  const minor = BigInt(match[2]! + fraction.padEnd(decimals, '0'));
  return money(match[1] ? -minor : minor, currency);
}

export const moneyText = (amount: Money): MoneyText => ({ amount: decimalOf(amount), currency: amount.currency });

/** The amount that an event carries. Throws when the text is malformed: a neighbour broke its contract. */
export function moneyOf({ amount, currency }: MoneyText): Money {
  const read = moneyFromDecimal(amount, currency);
  if (!read) throw new TypeError(`"${amount}" is not an amount of ${currency}.`);
  return read;
}

function sameCurrency(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new TypeError(`${a.currency} and ${b.currency} do not add up.`);
  return b;
}

function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const sign = numerator < 0n ? -1n : 1n;
  const size = numerator * sign;
  const quotient = size / denominator;
  const doubled = 2n * (size % denominator);
  const roundsUp =
    rounding !== 'DOWN' && (doubled > denominator || (doubled === denominator && (rounding === 'HALF_UP' || quotient % 2n === 1n)));
  return sign * (roundsUp ? quotient + 1n : quotient);
}
