import { money, moneyOf } from '#kernel/money';
import type { Work } from '#kernel/work';
import { faultOfOffer } from '../domain/list-price';
import type { OrdersEvents } from '../events/published';
import { keepPriceList, listPriceOf } from '../store/catalog';
import type { ListedProduct, PriceList } from '../store/price-list';

/**
 * Loads a price list: new products, and new prices from its day on. Loading it again changes nothing, and neighbours hear it again.
 * Throws on a list that cannot be sold from, before anything of it is kept.
 */
export async function loadPriceList(work: Work<OrdersEvents>, list: PriceList): Promise<void> {
  const [fault] = faultsOf(list);
  if (fault) throw new TypeError(fault);
  const { validFrom } = list;
  await keepPriceList(work.tx, list.products, validFrom, work.newId);
  const products = list.products.filter(product => product.shape === undefined || product.shape === 'PER_UNIT').map(soldByPartners);
  work.announce('PricesListed.v1', { subject: `prices from ${validFrom}`, accountId: null }, { validFrom, products });
}

/** What keeps prices of a list from being sold, each with its product. */
export const faultsOf = ({ products }: PriceList): readonly string[] =>
  products.flatMap(({ sku, kind, shape = 'PER_UNIT', packageSize = null, prices }) =>
    prices.flatMap(({ tiers = null, ...price }) => {
      const { minor, currency } = moneyOf(price);
      const isTiered = shape === 'GRADUATED' || shape === 'VOLUME';
      const fault = isTiered && !tiers?.length ? 'A price by tiers has at least one.' : null;
      const listed = { shape, packageSize, currency, amountMinor: money(minor, currency).minor, tiers };
      const wrong = fault ?? faultOfOffer(listPriceOf(listed), kind === 'BASE');
      return wrong ? [`${sku}: ${wrong}`] : [];
    }),
  );

/** What partners sell at so much for each: other shapes of price are quoted, not ordered by a machine. */
const soldByPartners = ({ sku, name, kind, model, prices }: ListedProduct) => ({
  sku,
  name,
  kind,
  model,
  prices: prices
    .filter(({ channels }) => !channels || channels.includes('DISTRIBUTOR'))
    .map(({ amount, currency }) => ({ amount, currency })),
});
