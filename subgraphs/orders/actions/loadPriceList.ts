import { day } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { OrdersEvents } from '../events/published';
import { keepPriceList } from '../store/catalog';
import type { PriceList } from '../store/price-list';

/** Loads a price list: new products, and new prices from its day on. Loading it again changes nothing. */
export async function loadPriceList(work: Work<OrdersEvents>, { products, validFrom }: PriceList): Promise<void> {
  await keepPriceList(work.tx, products, day(validFrom), work.newId);
}
