import { type MoneyText, money, moneyOf } from '#kernel/money';
import type { Work } from '#kernel/work';
import type { Channel } from '../domain/catalog';
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
  const products = list.products.filter(product => product.shape === undefined || product.shape === 'PER_UNIT').map(soldByUnit);
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

/** What is sold at so much for each: other shapes of price are quoted, not ordered by a machine or a banner. */
const soldByUnit = ({ sku, name, kind, model, tier, deployment, prices }: ListedProduct) => ({
  sku,
  name,
  kind,
  model,
  tier,
  deployment,
  prices: pricesThrough(prices, 'DISTRIBUTOR'),
  webPrices: pricesThrough(prices, 'WEB_DIRECT'),
});

const pricesThrough = (prices: ListedProduct['prices'], channel: Channel): readonly MoneyText[] =>
  prices.filter(({ channels }) => !channels || channels.includes(channel)).map(({ amount, currency }) => ({ amount, currency }));
