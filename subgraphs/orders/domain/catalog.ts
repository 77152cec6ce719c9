import type { Currency } from '#kernel/money';
import { currencyOfPrice, type ListPrice } from './list-price';

/** What a product is: a plan that grants seats, or something bought beside one. */
export const PRODUCT_KINDS = ['BASE', 'ADD_ON', 'COMPUTE', 'STORAGE'] as const;
export type ProductKind = (typeof PRODUCT_KINDS)[number];

/** How rich a base plan is. */
export const TIERS = ['PREMIUM', 'ULTIMATE'] as const;
export type Tier = (typeof TIERS)[number];

/** Where a base plan runs: hosted for the customer, or on the customer's own machines. */
export const DEPLOYMENTS = ['SAAS', 'SELF_MANAGED'] as const;
export type Deployment = (typeof DEPLOYMENTS)[number];

/** Whether a charge returns every year or is paid once. */
export const CHARGE_MODELS = ['RECURRING', 'ONE_TIME'] as const;
export type ChargeModel = (typeof CHARGE_MODELS)[number];

/** How a charge grows with its quantity; `list-price.ts` counts each. */
export const PRICE_SHAPES = ['FLAT', 'PER_UNIT', 'GRADUATED', 'VOLUME', 'PACKAGE'] as const;
export type PriceShape = (typeof PRICE_SHAPES)[number];

/** The door through which a purchase comes in. */
export const CHANNELS = ['WEB_DIRECT', 'SALES_ASSISTED', 'DISTRIBUTOR', 'CLOUD_MARKETPLACE'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Who stands between the seller and the user of the product. */
export const DEAL_TYPES = ['DIRECT', 'RESALE', 'REFERRAL', 'MSP'] as const;
export type DealType = (typeof DEAL_TYPES)[number];

/** A product as it can be bought today through one channel, with its price in each currency. */
export interface CatalogItem {
  readonly sku: string;
  readonly name: string;
  readonly kind: ProductKind;
  readonly tier: Tier | null;
  readonly deployment: Deployment | null;
  readonly model: ChargeModel;
  /** How many months a one-time purchase lasts; null when it lasts as long as its subscription. */
  readonly lastsMonths: number | null;
  readonly prices: readonly ListPrice[];
}

/** The price in a currency, or null when the product is not sold in it. */
export const priceIn = (item: Pick<CatalogItem, 'prices'>, currency: Currency): ListPrice | null =>
  item.prices.find(price => currencyOfPrice(price) === currency) ?? null;

/** A quantity in words a buyer reads: `10 seats`, `1 pack`. */
export function quantityOf(kind: ProductKind, quantity: number): string {
  const unit = kind === 'BASE' || kind === 'ADD_ON' ? 'seat' : 'pack';
  return `${quantity} ${unit}${quantity === 1 ? '' : 's'}`;
}
