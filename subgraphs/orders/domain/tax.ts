import { displayOf, type Money, money, share } from '#kernel/money';

/** The companies that sell. */
export const SELLING_ENTITY_NAMES = ['US_INC', 'NL_BV', 'UK_LTD', 'DE_GMBH', 'AU_PTY'] as const;
export type SellingEntity = (typeof SELLING_ENTITY_NAMES)[number];

/** The country that each company is taxed in. */
const TAX_HOME: Readonly<Record<SellingEntity, string>> = { US_INC: 'US', NL_BV: 'NL', UK_LTD: 'GB', DE_GMBH: 'DE', AU_PTY: 'AU' };

/** True when a text names one of the companies that sell. */
export const isSellingEntity = (text: string): text is SellingEntity => Object.hasOwn(TAX_HOME, text);

/** A tax decision for a whole order: the rate in hundredths of a percent, and the rule it follows. */
export interface TaxRule {
  readonly basisPoints: number;
  readonly reason: string;
}

/** Who is taxed. */
export interface Taxed {
  readonly billToCountry: string;
  readonly vatId: string | null;
  readonly isTaxExempt: boolean;
}

/** Standard rates inside the European Union, in hundredths of a percent (policy: a deployment keeps them current). */
const EU_BASIS_POINTS: Readonly<Record<string, number>> = {
  AT: 2000,
  BE: 2100,
  BG: 2000,
  CY: 1900,
  CZ: 2100,
  DE: 1900,
  DK: 2500,
  EE: 2400,
  ES: 2100,
  FI: 2550,
  FR: 2000,
  GR: 2400,
  HR: 2500,
  HU: 2700,
  IE: 2300,
  IT: 2200,
  LT: 2100,
  LU: 1700,
  LV: 2100,
  MT: 1800,
  NL: 2100,
  PL: 2300,
  PT: 2300,
  RO: 2100,
  SE: 2500,
  SI: 2200,
  SK: 2300,
};

/** Domestic rates of the other countries that a selling entity sits in. */
const DOMESTIC_BASIS_POINTS: Readonly<Record<string, number>> = { ...EU_BASIS_POINTS, GB: 2000, AU: 1000 };

/**
 * Decides the tax of an order from who sells and who is billed (policy). Exempt buyers pay none; the US company adds
 * none, because sales tax needs a tax service; at home the domestic rate holds; a business elsewhere in the European
 * Union accounts for the tax itself; a private buyer there pays the rate of their country; an export is free.
 */
export function taxRuleFor(entity: SellingEntity, buyer: Taxed): TaxRule {
  const home = TAX_HOME[entity];
  const there = buyer.billToCountry;
  if (buyer.isTaxExempt) return { basisPoints: 0, reason: 'the buyer is exempt' };
  if (home === 'US') return { basisPoints: 0, reason: 'no tax is added by the US company' };
  if (home === there) return { basisPoints: DOMESTIC_BASIS_POINTS[home] ?? 0, reason: `domestic rate of ${home}` };
  const isInsideUnion = isInUnion(home) && isInUnion(there);
  if (isInsideUnion && buyer.vatId) return { basisPoints: 0, reason: `reverse charge, ${buyer.vatId} accounts for it` };
  if (isInsideUnion) return { basisPoints: EU_BASIS_POINTS[there] ?? 0, reason: `standard rate of ${there}` };
  return { basisPoints: 0, reason: `export from ${home} to ${there}` };
}

/** The tax of one line, rounded once, half up, with its working. */
export function taxOn(amount: Money, rule: TaxRule): { readonly tax: Money; readonly working: string } {
  const tax = share(amount, BigInt(rule.basisPoints), 10_000n, 'HALF_UP');
  if (rule.basisPoints === 0) return { tax: money(0n, amount.currency), working: `0 %: ${rule.reason}` };
  return { tax, working: `${rule.basisPoints / 100} % of ${displayOf(amount)} = ${displayOf(tax)}: ${rule.reason}` };
}

const isInUnion = (country: string): boolean => Object.hasOwn(EU_BASIS_POINTS, country);
