import type { MoneyText } from '#kernel/money';
import { day, type PlainDate } from '#kernel/time';
import type { Channel, ChargeModel, Deployment, PriceShape, ProductKind, Tier } from '../domain/catalog';
import type { ListedTier } from './catalog-tables';

/** A price in one currency, for all channels or for those named: for one unit, one package, or the whole where it is flat. */
export interface ListedAmount extends MoneyText {
  readonly channels?: readonly Channel[];
  /** Where the shape has tiers; the amount is zero then. */
  readonly tiers?: readonly ListedTier[];
}

/** A product as a price list states it: prices as decimal text, for a year where it recurs. One for each unit unless `shape` says otherwise. */
export interface ListedProduct {
  readonly sku: string;
  readonly name: string;
  readonly kind: ProductKind;
  readonly tier: Tier | null;
  readonly deployment: Deployment | null;
  readonly model: ChargeModel;
  readonly lastsMonths: number | null;
  readonly shape?: PriceShape;
  readonly packageSize?: number;
  readonly prices: readonly ListedAmount[];
}

/** What is sold, and from which day on at these prices. Loading a list twice changes nothing; a newer list adds prices. */
export interface PriceList {
  readonly validFrom: PlainDate;
  readonly products: readonly ListedProduct[];
}

const listed = (usd: string, eur: string, gbp: string, jpy: string): readonly MoneyText[] => [
  { amount: usd, currency: 'USD' },
  { amount: eur, currency: 'EUR' },
  { amount: gbp, currency: 'GBP' },
  { amount: jpy, currency: 'JPY' },
];
const PREMIUM = listed('228.00', '216.00', '186.00', '34200');
const ULTIMATE = listed('1188.00', '1128.00', '972.00', '178200');
const plan = { kind: 'BASE', model: 'RECURRING', lastsMonths: null } as const;

/** The list that the product starts with. */
export const PRICE_LIST: PriceList = {
  validFrom: day('2020-01-01'),
  products: [
    { ...plan, sku: 'premium-saas', name: 'Premium SaaS', tier: 'PREMIUM', deployment: 'SAAS', prices: PREMIUM },
    { ...plan, sku: 'premium-self-managed', name: 'Premium Self-Managed', tier: 'PREMIUM', deployment: 'SELF_MANAGED', prices: PREMIUM },
    { ...plan, sku: 'ultimate-saas', name: 'Ultimate SaaS', tier: 'ULTIMATE', deployment: 'SAAS', prices: ULTIMATE },
    {
      ...plan,
      sku: 'ultimate-self-managed',
      name: 'Ultimate Self-Managed',
      tier: 'ULTIMATE',
      deployment: 'SELF_MANAGED',
      prices: ULTIMATE,
    },
    {
      sku: 'code-assistant',
      name: 'Code Assistant',
      kind: 'ADD_ON',
      tier: null,
      deployment: null,
      model: 'RECURRING',
      lastsMonths: null,
      prices: PREMIUM,
    },
    {
      sku: 'compute-1000',
      name: '1,000 compute minutes',
      kind: 'COMPUTE',
      tier: null,
      deployment: 'SAAS',
      model: 'ONE_TIME',
      lastsMonths: 12,
      prices: listed('10.00', '9.50', '8.00', '1500'),
    },
    {
      sku: 'storage-10gb',
      name: '10 GB storage',
      kind: 'STORAGE',
      tier: null,
      deployment: 'SAAS',
      model: 'RECURRING',
      lastsMonths: null,
      prices: listed('60.00', '57.00', '48.00', '9000'),
    },
  ],
};
