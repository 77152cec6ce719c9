import { add, allocate, type Money, money, share, subtract, times, zero } from '#kernel/money';
import { addMonths, type PlainDate } from '#kernel/time';
import type { PartnerTrack } from './partner';

/** What a margin schedule is for: how the deal is sold. */
export const DEAL_KINDS = ['RESALE', 'MSP', 'CLOUD_MARKETPLACE'] as const;
export type DealKind = (typeof DEAL_KINDS)[number];

/** Each party's part of the list price in hundredths of a percent. Together at most the whole of it. */
export interface Margins {
  readonly distributorBasisPoints: number;
  readonly resellerBasisPoints: number;
  /** What the customer pays less than list. */
  readonly customerBasisPoints: number;
}

/** Margins agreed for a track and a kind of deal, for one product or for all, from a day on. Secret. */
export interface MarginSchedule extends Margins {
  readonly track: PartnerTrack;
  readonly dealKind: DealKind;
  readonly sku: string | null;
  readonly effectiveOn: PlainDate;
}

/** One unit, or one line, as each party of the chain sees it. The cost is what whoever buys from us pays. */
export interface ChainPrice {
  readonly list: Money;
  readonly cost: Money;
  readonly reseller: Money;
  readonly customer: Money;
}

/** What stays with each party: the parts of list minus cost. */
export interface ChainMargins {
  readonly distributor: Money;
  readonly reseller: Money;
  readonly customer: Money;
}

export const BASIS_POINTS_MAX = 9_000;

/** True for margins that leave us something: none below zero, and at most 90 % of the list price in all. */
export const areMargins = (margins: Margins): boolean => {
  const parts = [margins.distributorBasisPoints, margins.resellerBasisPoints, margins.customerBasisPoints];
  return parts.every(part => Number.isInteger(part) && part >= 0) && parts.reduce((all, part) => all + part, 0) <= BASIS_POINTS_MAX;
};

/** The schedule in force: the newest for the product itself, or else the newest for every product. Null: no such deal is agreed. */
export function scheduleFor(
  schedules: readonly MarginSchedule[],
  deal: { readonly track: PartnerTrack; readonly dealKind: DealKind; readonly sku: string; readonly on: PlainDate },
): MarginSchedule | null {
  const fitting = schedules.filter(
    ({ track, dealKind, sku, effectiveOn }) =>
      track === deal.track && dealKind === deal.dealKind && (sku === null || sku === deal.sku) && effectiveOn <= deal.on,
  );
  const newestFirst = fitting.toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? 1 : -1));
  return newestFirst.find(({ sku }) => sku === deal.sku) ?? newestFirst[0] ?? null;
}

/** The margins of a chain: who buys without a distributor keeps the reseller's part alone; a distributor without a reseller keeps both. */
export function marginsOfChain(margins: Margins, chain: { readonly hasDistributor: boolean; readonly hasReseller: boolean }): Margins {
  const { distributorBasisPoints, resellerBasisPoints, customerBasisPoints } = margins;
  if (!chain.hasDistributor) return { distributorBasisPoints: 0, resellerBasisPoints, customerBasisPoints };
  if (chain.hasReseller) return margins;
  return { distributorBasisPoints: distributorBasisPoints + resellerBasisPoints, resellerBasisPoints: 0, customerBasisPoints };
}

/**
 * The price of one unit for each party: all margins together are taken from the list price, rounded once, half up, and
 * split so that every unit of money is somebody's. Each party sells for what the next one pays.
 */
export function unitPrices(list: Money, { distributorBasisPoints, resellerBasisPoints, customerBasisPoints }: Margins): ChainPrice {
  const weights = [distributorBasisPoints, resellerBasisPoints, customerBasisPoints].map(BigInt);
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  const pool = share(list, all, 10_000n, 'HALF_UP');
  const [distributor, reseller] = all === 0n ? [] : allocate(pool, weights);
  const none = zero(list.currency);
  const cost = subtract(list, pool);
  const resellerPrice = add(cost, distributor ?? none);
  return { list, cost, reseller: resellerPrice, customer: add(resellerPrice, reseller ?? none) };
}

/** What stays with each party of a chain: their sum is list minus cost, on each line and in all. */
export const marginsOf = ({ list, cost, reseller, customer }: ChainPrice): ChainMargins => ({
  distributor: subtract(reseller, cost),
  reseller: subtract(customer, reseller),
  customer: subtract(list, customer),
});

const YEAR_MONTHS = 12;
const YEAR_DAYS = 365;

/** What units cost for a term: a line for each year of it, the last one by its months, each rounded once, half up (P1, P7). */
export function priceOfTerm(unitPrice: Money, quantity: number, months: number): Money {
  const year = times(unitPrice, BigInt(quantity));
  const rest = share(year, BigInt(months % YEAR_MONTHS), BigInt(YEAR_MONTHS), 'HALF_UP');
  return add(times(year, BigInt(Math.floor(months / YEAR_MONTHS))), rest);
}

/** P1: what units added mid-term cost until the term ends, rounded once, half up. */
export const priceOfDays = (unitPrice: Money, quantity: number, days: number): Money =>
  share(times(unitPrice, BigInt(quantity)), BigInt(days), BigInt(YEAR_DAYS), 'HALF_UP');

/** The same sum for each party of the chain. */
export const forEachParty = (prices: ChainPrice, amountFor: (unitPrice: Money) => Money): ChainPrice => ({
  list: amountFor(prices.list),
  cost: amountFor(prices.cost),
  reseller: amountFor(prices.reseller),
  customer: amountFor(prices.customer),
});

/** The sum of lines for each party. */
export function totalOf(lines: readonly ChainPrice[], none: Money): ChainPrice {
  const of = (pick: (price: ChainPrice) => Money) => lines.reduce((sum, line) => add(sum, pick(line)), money(0n, none.currency));
  return {
    list: of(line => line.list),
    cost: of(line => line.cost),
    reseller: of(line => line.reseller),
    customer: of(line => line.customer),
  };
}

/** The day after the last of a term. */
export const endOfTerm = (startsOn: PlainDate, months: number): PlainDate => addMonths(startsOn, months);
