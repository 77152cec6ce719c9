import { moneyOf } from '#kernel/money';
import { later } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { InvoicePosted, InvoiceVoided } from '../../billing/events/published';
import type { BillingAccountChanged } from '../../customers/events/published';
import type { LicensesDelivered } from '../../licenses/events/published';
import type {
  OrderFulfilled,
  OrderRejected,
  OrderStopped,
  PartiesRestricted,
  PartnerOrderDeclined,
  PricesListed,
} from '../../orders/events/published';
import type { SubscriptionVersionCreated } from '../../subscriptions/events/published';
import type { PartnersEvents } from '../events/published';
import {
  keepSoldSubscription,
  markDelivered,
  nameLine,
  partnerOrderForUpdate,
  soldSubscriptionById,
  updatePartnerOrder,
} from '../store/partner-orders';
import { keepAgreementAccount, keepListedPrices, keepRestricted } from '../store/program';
import { moveOrder } from './tell-status';

type News = Work<PartnersEvents>;

export async function orderFulfilled(work: News, { orderId }: OrderFulfilled): Promise<void> {
  const order = await partnerOrderForUpdate(work.tx, orderId);
  if (order) await moveOrder(work, order, 'FULFILLED', 'Everything is delivered.');
}

export async function orderRejected(work: News, { orderId, reason }: OrderRejected): Promise<void> {
  const order = await partnerOrderForUpdate(work.tx, orderId);
  if (order) await moveOrder(work, order, 'REJECTED', reason);
}

/** What orders says to its own customer may speak of prices; a partner is told what it needs to act on. */
export async function orderDeclined(work: News, { orderId, code }: PartnerOrderDeclined): Promise<void> {
  const order = await partnerOrderForUpdate(work.tx, orderId);
  const reason =
    code === 'PRICE_CHANGED'
      ? 'The price changed while the order was on its way. Please order again.'
      : `It could not be ordered: ${code}.`;
  if (order) await moveOrder(work, order, 'REJECTED', reason);
}

export async function orderStopped(work: News, { orderId, step, code }: OrderStopped): Promise<void> {
  const order = await partnerOrderForUpdate(work.tx, orderId);
  if (order) await moveOrder(work, order, 'ERROR', `The step ${step} failed with ${code}. Our support is looking at it.`);
}

export async function licensesDelivered(work: News, { orderId }: LicensesDelivered): Promise<void> {
  const order = await partnerOrderForUpdate(work.tx, orderId);
  if (!order) return;
  await updatePartnerOrder(work.tx, order.id, { isLicenseDelivered: true });
  await markDelivered(work.tx, order.id);
}

export async function invoicePosted(work: News, { orderId, number, dueOn }: InvoicePosted): Promise<void> {
  const order = orderId && (await partnerOrderForUpdate(work.tx, orderId));
  if (order) await updatePartnerOrder(work.tx, order.id, { invoiceNumber: number, invoiceStatus: 'POSTED', invoiceDueOn: dueOn });
}

export async function invoiceVoided(work: News, { orderId }: InvoiceVoided): Promise<void> {
  const order = orderId && (await partnerOrderForUpdate(work.tx, orderId));
  if (order) await updatePartnerOrder(work.tx, order.id, { invoiceStatus: 'VOIDED' });
}

/** Keeps subscriptions that partners sold; everybody else's are not our business. */
export async function subscriptionVersion(work: News, version: SubscriptionVersionCreated): Promise<void> {
  const { subscriptionId: id, accountId, orderId, name, status, plan, term } = version;
  const known = await soldSubscriptionById(work.tx, id);
  const order = known || !orderId ? null : await partnerOrderForUpdate(work.tx, orderId);
  const origin =
    known ??
    (order && {
      partnerOrderId: order.id,
      partnerId: order.partnerId,
      resellerId: order.resellerId,
      endCustomer: order.endCustomer.companyName,
      isLicenseDelivered: false,
    });
  if (!origin) return;
  const on = later(work.today, term.startsOn);
  const inForce = version.charges.filter(charge => charge.kind === 'BASE' && charge.startsOn <= on && on < charge.endsOn);
  const seats = inForce.reduce((sum, charge) => sum + charge.quantity, 0);
  const { partnerOrderId, partnerId, resellerId, endCustomer, isLicenseDelivered } = origin;
  const parties = { partnerOrderId, partnerId, resellerId, endCustomer, isLicenseDelivered };
  const agreed = { version: version.version, status, sku: plan.sku, seats, startsOn: term.startsOn, endsOn: term.endsOn };
  await keepSoldSubscription(work.tx, { id, accountId, name, ...parties, ...agreed });
  if (!order) return;
  await nameLine(work.tx, order.id, { name, sku: plan.sku, seats });
  if (!order.subscriptionName) await updatePartnerOrder(work.tx, order.id, { subscriptionName: name });
}

/** Keeps who sells to a partner's account and what stands against it. */
export const accountChanged = ({ tx }: News, { accountId, version, sellingEntity, holds }: BillingAccountChanged): Promise<void> =>
  keepAgreementAccount(tx, accountId, { version, sellingEntity, holds });

export const pricesListed = ({ tx }: News, { validFrom, products }: PricesListed): Promise<void> =>
  keepListedPrices(
    tx,
    products.flatMap(({ sku, name, kind, prices }) =>
      prices.map(price => ({ sku, name, kind, validFrom, currency: price.currency, amountMinor: moneyOf(price).minor })),
    ),
  );

export const partiesRestricted = ({ tx }: News, { entries }: PartiesRestricted): Promise<void> => keepRestricted(tx, entries);
