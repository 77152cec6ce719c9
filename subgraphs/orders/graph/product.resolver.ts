import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ConnectionArgs, connectionOf, textKey } from '#kernel/graph/connection';
import { money, moneyOf } from '#kernel/money';
import { dayOf } from '#kernel/time';
import { type ListedPriceRow, pricesBySku, productsAfter } from '../store/catalog';
import type { ProductRow } from '../store/tables';
import type { OrdersContext } from './context';
import { Product, ProductConnection, ProductPrice } from './product';

@Resolver(() => Product)
export class ProductResolver {
  @Query(() => ProductConnection, { description: 'What can be bought, by SKU.' })
  products(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: OrdersContext) {
    return connectionOf(args, {
      key: textKey,
      cursorOf: (product: ProductRow) => product.sku,
      rows: (limit, after) => productsAfter(ctx.db, limit, after),
    });
  }

  @FieldResolver(() => [ProductPrice], { description: 'The prices of today, for each channel and currency.' })
  async prices(@Root() { sku }: ProductRow, @Ctx() ctx: OrdersContext) {
    const today = dayOf(ctx.now);
    const valid = (await ctx.load(pricesBySku, sku)).filter(price => price.validFrom <= today);
    // The newest comes first among those of one channel and currency.
    return valid.filter((price, index) => !isSameOffer(price, valid[index - 1])).map(priceOf);
  }
}

const isSameOffer = (price: ListedPriceRow, before: ListedPriceRow | undefined): boolean =>
  before?.channel === price.channel && before.currency === price.currency;

const priceOf = ({ channel, model, lastsMonths, validFrom, amountMinor, currency, shape, packageSize, tiers }: ListedPriceRow) => ({
  shape,
  packageSize,
  tiers: (tiers ?? []).map(({ upTo, unitAmount }) => ({ upTo, unitPrice: moneyOf({ amount: unitAmount, currency }) })),
  channel,
  model,
  lastsMonths,
  effectiveOn: validFrom,
  unitPrice: money(amountMinor, currency),
});
