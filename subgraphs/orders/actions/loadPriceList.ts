import { money, moneyOf } from '#kernel/money';
import { day } from '#kernel/time';
import type { Work } from '#kernel/work';
import { faultOfOffer } from '../domain/list-price';
import type { OrdersEvents } from '../events/published';
import { keepPriceList, listPriceOf } from '../store/catalog';
import type { PriceList } from '../store/price-list';

/**
 * Loads a price list: new products, and new prices from its day on. Loading it again changes nothing. Throws on a list that cannot
 * be sold from, before anything of it is kept.
 */
export async function loadPriceList(work: Work<OrdersEvents>, list: PriceList): Promise<void> {
  const [fault] = faultsOf(list);
  if (fault) throw new TypeError(fault);
  await keepPriceList(work.tx, list.products, day(list.validFrom), work.newId);
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
