import type { Work } from '#kernel/work';
import type { OrderAccepted, PricesListed } from '../../orders/events/published';
import type { LicensesEvents } from '../events/published';
import { addResold, keepOfferedProducts } from '../store/offers';

/** Keeps what can be bought on the web. A list from before it said so tells of nothing. */
export const keepPrices = ({ tx }: Work<LicensesEvents>, { validFrom, products }: PricesListed): Promise<void> =>
  keepOfferedProducts(
    tx,
    products.map(({ sku, name, kind, tier = null, deployment = null, webPrices = [] }) => ({
      sku,
      validFrom,
      name,
      kind,
      tier,
      deployment,
      prices: webPrices,
    })),
  );

/** Keeps which subscriptions a partner sold: those are changed by the partner, and not reconciled. */
export const noteResale = ({ tx }: Work<LicensesEvents>, { accountId, dealType, actions }: OrderAccepted): Promise<void> =>
  addResold(
    tx,
    accountId,
    dealType === 'RESALE'
      ? [...new Set(actions.filter(({ kind }) => kind === 'CREATE_SUBSCRIPTION').map(({ subscriptionId }) => subscriptionId))]
      : [],
  );
