import { and, asc, desc, eq, gt, lte, sql } from 'drizzle-orm';
import { anyOf } from '#kernel/db/columns';
import type { Queryable, Transaction } from '#kernel/db/database';
import { defineListLoader, defineLoader } from '#kernel/db/loader';
import type { NewId } from '#kernel/ids';
import { type Currency, money, moneyOf } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import { type CatalogItem, CHANNELS, type Channel } from '../domain/catalog';
import type { ListPrice, PriceTier } from '../domain/list-price';
import type { ListedTier } from './catalog-tables';
import type { ListedProduct } from './price-list';
import { type ChargeRow, type PriceRow, type ProductRow, priceBookEntries, products, ratePlanCharges, ratePlans } from './tables';

/** What can be bought through a channel on a day, with the newest price in each currency. */
export async function sellable(
  db: Queryable,
  skus: readonly string[],
  channel: Channel,
  on: PlainDate,
): Promise<ReadonlyMap<string, CatalogItem>> {
  const rows = await db
    .selectDistinctOn([products.sku, priceBookEntries.currency], {
      sku: products.sku,
      name: products.name,
      kind: products.kind,
      tier: products.tier,
      deployment: products.deployment,
      model: ratePlanCharges.model,
      lastsMonths: ratePlanCharges.lastsMonths,
      shape: ratePlanCharges.shape,
      packageSize: ratePlanCharges.packageSize,
      currency: priceBookEntries.currency,
      amountMinor: priceBookEntries.amountMinor,
      tiers: priceBookEntries.tiers,
    })
    .from(products)
    .innerJoin(ratePlans, eq(ratePlans.sku, products.sku))
    .innerJoin(ratePlanCharges, eq(ratePlanCharges.ratePlanCode, ratePlans.code))
    .innerJoin(priceBookEntries, eq(priceBookEntries.chargeCode, ratePlanCharges.code))
    .where(and(anyOf(products.sku, skus), eq(priceBookEntries.channel, channel), lte(priceBookEntries.validFrom, on)))
    .orderBy(products.sku, priceBookEntries.currency, desc(priceBookEntries.validFrom));
  const bySku = Map.groupBy(rows, row => row.sku);
  return new Map([...bySku].map(([sku, [first, ...rest]]) => [sku, itemOf(first!, [first!, ...rest])]));
}

interface PricedRow extends Omit<CatalogItem, 'prices'>, ListedPrice {}

type ListedPrice = Pick<ChargeRow, 'shape' | 'packageSize'> & Pick<PriceRow, 'currency' | 'amountMinor' | 'tiers'>;

function itemOf({ sku, name, kind, tier, deployment, model, lastsMonths }: PricedRow, rows: readonly PricedRow[]): CatalogItem {
  const prices = rows.map(listPriceOf);
  return { sku, name, kind, tier, deployment, model, lastsMonths, prices };
}

/** A price as the price book keeps it, as the domain counts it. */
export function listPriceOf({ shape, packageSize, currency, amountMinor, tiers }: ListedPrice): ListPrice {
  const amount = money(amountMinor, currency);
  switch (shape) {
    case 'FLAT':
      return { shape, price: amount };
    case 'PER_UNIT':
      return { shape, unitPrice: amount };
    case 'PACKAGE':
      return { shape, packagePrice: amount, packageSize: packageSize ?? 1 };
    case 'GRADUATED':
    case 'VOLUME':
      return { shape, tiers: (tiers ?? []).map(tier => tierOf(tier, currency)) };
  }
}

const tierOf = ({ upTo, unitAmount, flatAmount }: ListedTier, currency: Currency): PriceTier => ({
  upTo,
  unitPrice: moneyOf({ amount: unitAmount, currency }),
  ...(flatAmount !== null && { flatPrice: moneyOf({ amount: flatAmount, currency }) }),
});

/** Products in the order of their SKU, after one of them. */
export const productsAfter = (db: Queryable, limit: number, after: string | null): Promise<readonly ProductRow[]> =>
  db
    .select()
    .from(products)
    .where(after === null ? undefined : gt(products.sku, after))
    .orderBy(asc(products.sku))
    .limit(limit);

/** Prices of products: everything that was ever listed, the newest first. */
export const pricesBySku = defineListLoader(
  (db, skus: readonly string[]) =>
    db
      .select({
        sku: ratePlans.sku,
        model: ratePlanCharges.model,
        lastsMonths: ratePlanCharges.lastsMonths,
        shape: ratePlanCharges.shape,
        packageSize: ratePlanCharges.packageSize,
        tiers: priceBookEntries.tiers,
        currency: priceBookEntries.currency,
        channel: priceBookEntries.channel,
        validFrom: priceBookEntries.validFrom,
        amountMinor: priceBookEntries.amountMinor,
      })
      .from(ratePlans)
      .innerJoin(ratePlanCharges, eq(ratePlanCharges.ratePlanCode, ratePlans.code))
      .innerJoin(priceBookEntries, eq(priceBookEntries.chargeCode, ratePlanCharges.code))
      .where(anyOf(ratePlans.sku, skus))
      .orderBy(asc(priceBookEntries.channel), asc(priceBookEntries.currency), desc(priceBookEntries.validFrom)),
  row => row.sku,
);
export type ListedPriceRow = Awaited<ReturnType<typeof pricesBySku.batch>>[number][number];

export const productBySku = defineLoader(
  (db, skus: readonly string[]) => db.select().from(products).where(anyOf(products.sku, skus)),
  row => row.sku,
);

export const productById = defineLoader(
  (db, ids: readonly ProductRow['id'][]) => db.select().from(products).where(anyOf(products.id, ids)),
  row => row.id,
);

/**
 * Keeps a price list in four statements. Names and shapes of products may change; a price that was listed for a day is
 * history and stays, so a changed price comes with a later day.
 */
export async function keepPriceList(tx: Transaction, listed: readonly ListedProduct[], validFrom: PlainDate, newId: NewId): Promise<void> {
  const rows = listed.map(({ sku, name, kind, tier, deployment }) => ({ id: newId('product'), sku, name, kind, tier, deployment }));
  await tx
    .insert(products)
    .values(rows)
    .onConflictDoUpdate({
      target: products.sku,
      set: { name: sql`excluded.name`, kind: sql`excluded.kind`, tier: sql`excluded.tier`, deployment: sql`excluded.deployment` },
    });
  await tx
    .insert(ratePlans)
    .values(listed.map(({ sku, name }) => ({ code: planCodeOf(sku), sku, name })))
    .onConflictDoNothing();
  const charges = listed.map(({ sku, model, lastsMonths, shape = 'PER_UNIT', packageSize = null }) => ({
    code: chargeCodeOf(sku),
    ratePlanCode: planCodeOf(sku),
    model,
    shape,
    packageSize,
    lastsMonths,
  }));
  await tx.insert(ratePlanCharges).values(charges).onConflictDoNothing();
  await tx
    .insert(priceBookEntries)
    .values(listed.flatMap(product => pricesOf(product, validFrom)))
    .onConflictDoNothing();
}

/** A price through the channels that it is listed for, which are all where none is named. */
const pricesOf = ({ sku, prices }: ListedProduct, validFrom: PlainDate) =>
  prices.flatMap(({ channels = CHANNELS, tiers = null, ...price }) => {
    const { minor, currency } = moneyOf(price);
    return channels.map(channel => ({ chargeCode: chargeCodeOf(sku), currency, channel, validFrom, amountMinor: minor, tiers }));
  });

const planCodeOf = (sku: string): string => `${sku}/standard`;
const chargeCodeOf = (sku: string): string => `${sku}/standard/unit`;
