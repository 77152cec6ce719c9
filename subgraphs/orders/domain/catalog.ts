import type { Currency, Money } from '#kernel/money';
import { money } from '#kernel/money';

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

/** How a charge grows with its quantity. `list-price.ts` counts each; the shop sells what has a price for one unit. */
export const PRICE_SHAPES = ['FLAT', 'PER_UNIT', 'GRADUATED', 'VOLUME', 'PACKAGE'] as const;

/** The shape of price that purchases are planned with: added seats and credits are counted from the price of one. */
export const SHAPE_SOLD = 'PER_UNIT' as const;

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
  readonly prices: readonly Money[];
}

/** The price of one unit in a currency, or null when the product is not sold in it. */
export function priceIn(item: { readonly prices: readonly Money[] }, currency: Currency): Money | null {
  const price = item.prices.find(entry => entry.currency === currency);
  return price ? money(price.minor, currency) : null;
}

/** A quantity in words a buyer reads: `10 seats`, `1 pack`. */
export function quantityOf(kind: ProductKind, quantity: number): string {
  const unit = kind === 'BASE' || kind === 'ADD_ON' ? 'seat' : 'pack';
  return `${quantity} ${unit}${quantity === 1 ? '' : 's'}`;
}
