import type { HandlersOf } from '#kernel/events/handlers';
import { moneyOf } from '#kernel/money';
import { dayOf } from '#kernel/time';
import type { BillingEvents } from '../../billing/events/published';
import type { CustomersEvents } from '../../customers/events/published';
import type { LicensesEvents } from '../../licenses/events/published';
import type { OrdersEvents } from '../../orders/events/published';
import type { PartnersEvents } from '../../partners/events/published';
import type { SubscriptionsEvents } from '../../subscriptions/events/published';
import { takeInInvoice, takeInReduction } from '../actions/take-in-receivable';
import { takeInSubscription } from '../actions/take-in-subscription';
import {
  convertTrial,
  keepAccount,
  keepActivated,
  keepIssued,
  keepOrder,
  keepOrderPartner,
  keepOrganization,
  keepPartner,
  keepTrial,
  keepUsage,
} from '../store/facts';
import type { ReportsEvents } from './published';

/**
 * What reports makes of what it hears. Only what an event says is kept, and its own moment, never the moment of hearing: so
 * the logs, heard again from their beginning, give the same facts.
 */
export const handlers = {
  customers: {
    'OrganizationChanged.v1': (work, { data: { organizationId, version, parentId } }) =>
      keepOrganization(work.tx, { organizationId, version, parentId }),
    'BillingAccountChanged.v1': (work, { data: { accountId, version, organizationId, segment } }) =>
      keepAccount(work.tx, { accountId, version, organizationId, segment }),
  } satisfies HandlersOf<ReportsEvents, CustomersEvents>,

  subscriptions: {
    'SubscriptionVersionCreated.v1': (work, { data, time }) => takeInSubscription(work, data, new Date(time)),
    'TrialStarted.v1': (work, { data: { accountId, trialId, startsOn } }) =>
      keepTrial(work.tx, { accountId, trialId, startedOn: startsOn }),
    'TrialConverted.v1': (work, { data }) => convertTrial(work.tx, data.accountId, data.trialId, data.convertedOn),
  } satisfies HandlersOf<ReportsEvents, SubscriptionsEvents>,

  orders: {
    'OrderAccepted.v1': (work, { data: { accountId, orderId, channel, dealType, placedAt, metrics } }) => {
      const netArr = metrics && moneyOf(metrics.netArr);
      const booking = netArr && { orderType: metrics.orderType, netArrMinor: netArr.minor, currency: netArr.currency };
      return keepOrder(work.tx, { accountId, orderId, channel, dealType, placedAt: new Date(placedAt), ...booking });
    },
    'OrderFulfilled.v1': (work, { data: { accountId, orderId, placedAt, fulfilledAt } }) =>
      keepOrder(work.tx, { accountId, orderId, channel: null, placedAt: new Date(placedAt), fulfilledAt: new Date(fulfilledAt) }),
    'SubscriptionChangeRequested.v1': async (work, { data: { accountId, orderId, resalePartnerId } }) => {
      if (resalePartnerId) await keepOrderPartner(work.tx, { accountId, orderId, partnerId: resalePartnerId });
    },
  } satisfies HandlersOf<ReportsEvents, OrdersEvents>,

  partners: {
    'PartnerChanged.v1': (work, { data: { partnerId, version, name } }) => keepPartner(work.tx, { partnerId, version, name }),
  } satisfies HandlersOf<ReportsEvents, PartnersEvents>,

  billing: {
    'InvoicePosted.v1': (work, { id, data }) => takeInInvoice(work, id, data),
    'PaymentReceived.v1': (work, { id, data }) => takeInReduction(work, id, { ...data, on: dayOf(new Date(data.receivedAt)) }),
    'CreditApplied.v1': (work, { id, time, data }) => takeInReduction(work, id, { ...data, on: dayOf(new Date(time)) }),
    'CreditMemoPosted.v1': (work, { id, data }) =>
      takeInReduction(work, id, { ...data, amount: data.applied, on: data.postedOn, balance: data.invoiceBalance }),
    'InvoiceVoided.v1': (work, { id, data }) =>
      takeInReduction(work, id, {
        ...data,
        amount: data.total,
        on: data.voidedOn,
        balance: { amount: '0', currency: data.total.currency },
      }),
  } satisfies HandlersOf<ReportsEvents, BillingEvents>,

  licenses: {
    'LicensesGranted.v1': async (work, { time, data: { accountId, grants } }) => {
      for (const { activationId } of grants) {
        if (activationId) await keepIssued(work.tx, { accountId, activationId, issuedAt: new Date(time) });
      }
    },
    'InstanceActivated.v1': (work, { data }) => keepActivated(work.tx, data, new Date(data.activatedAt)),
    'SeatUsageReported.v1': (work, { data: { accountId, subscriptionId, on, billableUsers, seats } }) =>
      keepUsage(work.tx, { accountId, subscriptionId, usedOn: on, billable: billableUsers, seats }),
  } satisfies HandlersOf<ReportsEvents, LicensesEvents>,
};
