import type { HandlersOf } from '#kernel/events/handlers';
import type { BillingEvents } from '../../billing/events/published';
import type { CustomersEvents } from '../../customers/events/published';
import type { LicensesEvents } from '../../licenses/events/published';
import type { OrdersEvents } from '../../orders/events/published';
import type { SubscriptionsEvents } from '../../subscriptions/events/published';
import {
  accountChanged,
  invoicePosted,
  invoiceVoided,
  licensesDelivered,
  orderDeclined,
  orderFulfilled,
  orderRejected,
  orderStopped,
  partiesRestricted,
  pricesListed,
  subscriptionVersion,
} from '../actions/keep-news';
import type { PartnersEvents } from './published';

/** What partners do when a neighbour speaks: they keep prices and restrictions, and learn how their orders stand. */
export const handlers = {
  customers: {
    'BillingAccountChanged.v1': (work, { data }) => accountChanged(work, data),
  } satisfies HandlersOf<PartnersEvents, CustomersEvents>,
  orders: {
    'PricesListed.v1': (work, { data }) => pricesListed(work, data),
    'PartiesRestricted.v1': (work, { data }) => partiesRestricted(work, data),
    'PartnerOrderDeclined.v1': (work, { data }) => orderDeclined(work, data),
    'OrderRejected.v1': (work, { data }) => orderRejected(work, data),
    'OrderStopped.v1': (work, { data }) => orderStopped(work, data),
    'OrderFulfilled.v1': (work, { data }) => orderFulfilled(work, data),
  } satisfies HandlersOf<PartnersEvents, OrdersEvents>,
  subscriptions: {
    'SubscriptionVersionCreated.v1': (work, { data }) => subscriptionVersion(work, data),
  } satisfies HandlersOf<PartnersEvents, SubscriptionsEvents>,
  billing: {
    'InvoicePosted.v1': (work, { data }) => invoicePosted(work, data),
    'InvoiceVoided.v1': (work, { data }) => invoiceVoided(work, data),
  } satisfies HandlersOf<PartnersEvents, BillingEvents>,
  licenses: {
    'LicensesDelivered.v1': (work, { data }) => licensesDelivered(work, data),
  } satisfies HandlersOf<PartnersEvents, LicensesEvents>,
};
