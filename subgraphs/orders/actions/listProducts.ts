import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { OrderRefusal } from '../domain/refusals';
import type { OrdersEvents } from '../events/published';
import type { PriceList } from '../store/price-list';
import { faultsOf, loadPriceList } from './loadPriceList';

const SKU = /^[a-z0-9][a-z0-9-]{0,60}$/;
const PRODUCTS_MAX = 200;

/** Lists products and their prices from a day on. What was listed for that day before stays: a changed price has a later day. */
export async function listProducts(
  work: Work<OrdersEvents>,
  { products, validFrom }: PriceList,
): Promise<Result<{ readonly skus: readonly string[] }, Refusal<OrderRefusal>>> {
  const at = { path: ['products'] };
  if (products.length < 1 || products.length > PRODUCTS_MAX) {
    return refuse('PRICE_LIST_INVALID', `A price list has 1 to ${PRODUCTS_MAX} products.`, at);
  }
  if (!products.every(({ sku, name, prices }) => SKU.test(sku) && name.trim() !== '' && prices.length > 0)) {
    return refuse('PRICE_LIST_INVALID', 'A product has a SKU of small letters, digits and dashes, a name, and a price.', at);
  }
  const [fault] = faultsOf({ products, validFrom });
  if (fault) return refuse('PRICE_LIST_INVALID', fault, at);
  await loadPriceList(work, { products, validFrom });
  return accept({ skus: products.map(({ sku }) => sku) });
}
