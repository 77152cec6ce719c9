import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { moneyFromInput } from '#kernel/graph/money';
import { answer } from '#kernel/graph/user-error';
import { moneyFromDecimal, moneyText } from '#kernel/money';
import { accept, type Result, refuse } from '#kernel/result';
import { listProducts } from '../actions/listProducts';
import { productBySku } from '../store/catalog';
import type { ListedAmount, ListedProduct, PriceList } from '../store/price-list';
import type { ProductRow } from '../store/tables';
import { type ListedPriceInput, type ListedProductInput, ListProductsInput } from './catalog-inputs';
import type { OrdersContext } from './context';
import { Payload } from './payloads';
import { Product } from './product';

@ObjectType({ simpleResolvers: true, description: 'What came of listing products.' })
class ListProductsPayload extends Payload {
  @Field(() => [Product], { nullable: true, description: 'The products as they are sold now.' }) readonly products?: readonly ProductRow[];
}

@Resolver()
export class PriceListResolver {
  @Mutation(() => ListProductsPayload, {
    nullable: true,
    description: 'Lists products and prices from a day on. A price that was listed for a day stays; a changed one has a later day.',
  })
  async listProducts(
    @Arg('input', () => ListProductsInput, { description: 'The products.' }) input: ListProductsInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<ListProductsPayload> {
    const list = listFrom(input);
    const request = { operation: 'listProducts', key: input.idempotencyKey, request: input, isDryRun: input.dryRun ?? false };
    const result = await ctx.write(request, async work => (list.ok ? listProducts(work, list.value) : list));
    return answer(ctx, result, async ({ skus }) => {
      const products = await Promise.all(skus.map(sku => ctx.load(productBySku, sku)));
      return { products: products.filter(product => product !== null) };
    });
  }
}

function listFrom({ products, effectiveOn }: ListProductsInput): Result<PriceList> {
  const listed: ListedProduct[] = [];
  for (const product of products) {
    const one = productFrom(product);
    if (!one.ok) return one;
    listed.push(one.value);
  }
  return accept({ validFrom: effectiveOn, products: listed });
}

function productFrom({ prices, shape, packageSize, ...product }: ListedProductInput): Result<ListedProduct> {
  const amounts: ListedAmount[] = [];
  for (const price of prices) {
    const one = priceFrom(price);
    if (!one.ok) return one;
    amounts.push(one.value);
  }
  const { sku, name, kind, tier = null, deployment = null, model, lastsMonths = null } = product;
  const packed = typeof packageSize === 'number' ? { packageSize } : {};
  return accept({ sku, name, kind, tier, deployment, model, lastsMonths, shape: shape ?? 'PER_UNIT', ...packed, prices: amounts });
}

function priceFrom({ amount, channels, tiers }: ListedPriceInput): Result<ListedAmount> {
  const read = moneyFromInput(amount, ['products', 'prices', 'amount']);
  if (!read.ok) return read;
  const { currency } = read.value;
  if (tiers?.some(({ unitAmount }) => moneyFromDecimal(unitAmount, currency) === null)) {
    return refuse('AMOUNT_INVALID', `A tier's price is no amount of ${currency}.`, { path: ['products', 'prices', 'tiers'] });
  }
  return accept({
    ...moneyText(read.value),
    ...(channels && { channels }),
    ...(tiers && { tiers: tiers.map(({ upTo = null, unitAmount }) => ({ upTo, unitAmount, flatAmount: null })) }),
  });
}
