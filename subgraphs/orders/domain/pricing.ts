import { displayOf, type Money, share, times } from '#kernel/money';
import { addMonths, daysBetween, type Period, type PlainDate, period } from '#kernel/time';
import { type ProductKind, quantityOf } from './catalog';
import { YEAR_DAYS, YEAR_MONTHS } from './policy';

/** So many units of something at a price for one unit. */
export interface Units {
  readonly kind: ProductKind;
  readonly quantity: number;
  readonly unitPrice: Money;
  /** How the price came about, where it is not the listed one: `$228.00 less 10 %`. */
  readonly priceWorking?: string | null;
}

/** An amount and how it came about, in a sentence that a buyer can check with a calculator. */
export interface Priced {
  readonly amount: Money;
  /** The days charged, where the price is counted by days. */
  readonly days: number | null;
  readonly working: string;
}

/** One stretch of a term, at most a year long. */
export interface TermStep extends Period {
  readonly months: number;
}

/**
 * P1: what units added mid-term cost until the term ends: quantity × annual price × days left ÷ 365, rounded once,
 * half up. In a term of 366 days the divisor stays 365 (policy).
 */
export function priceOfDaysLeft(units: Units, left: Period): Priced {
  const days = daysBetween(left.startsOn, left.endsOn);
  const amount = share(wholeYear(units), BigInt(days), BigInt(YEAR_DAYS), 'HALF_UP');
  return { amount, days, working: `${inWords(units)} a year × ${days} ÷ ${YEAR_DAYS} days = ${displayOf(amount)}` };
}

/** What units cost for months of a term: annual price × months ÷ 12, rounded once, half up. A whole year is exact. */
export function priceOfMonths(units: Units, months: number): Priced {
  const amount = share(wholeYear(units), BigInt(months), BigInt(YEAR_MONTHS), 'HALF_UP');
  const part = months === YEAR_MONTHS ? '' : ` × ${months} ÷ ${YEAR_MONTHS} months`;
  return { amount, days: null, working: `${inWords(units)} a year${part} = ${displayOf(amount)}` };
}

/** What one-time units cost: quantity × price, whenever they are bought. */
export function priceOnce(units: Units): Priced {
  const amount = wholeYear(units);
  return { amount, days: null, working: `${inWords(units)} = ${displayOf(amount)}` };
}

/**
 * P7: a term as steps of one year, the last one shorter when the months are no whole years. Each step starts where the
 * one before ends, counted from the term's first day so that a month's end never drifts.
 */
export function stepsOfTerm(startsOn: PlainDate, months: number): readonly TermStep[] {
  const count = Math.ceil(months / YEAR_MONTHS);
  return Array.from({ length: count }, (_, year) => {
    const from = year * YEAR_MONTHS;
    const to = Math.min(from + YEAR_MONTHS, months);
    return { ...period(addMonths(startsOn, from), addMonths(startsOn, to)), months: to - from };
  });
}

const wholeYear = ({ quantity, unitPrice }: Units): Money => times(unitPrice, BigInt(quantity));
const inWords = ({ kind, quantity, unitPrice, priceWorking }: Units): string =>
  `${quantityOf(kind, quantity)} × ${displayOf(unitPrice)}${priceWorking ? ` (${priceWorking})` : ''}`;
