import type { HandlersOf } from '#kernel/events/handlers';
import { dayOf } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { CustomersEvents } from '../../customers/events/published';
import type { DeliveryRequested, LicenseRequested, OrdersEvents } from '../../orders/events/published';
import type { SubscriptionsEvents } from '../../subscriptions/events/published';
import { copyNamespace } from '../actions/copy-namespace';
import { convertTrial, copyTrial } from '../actions/copy-trial';
import { copyAccount } from '../actions/copyAccount';
import { copySubscription } from '../actions/copySubscription';
import { extendLicenses } from '../actions/extend-licenses';
import { grantLicenses } from '../actions/grantLicenses';
import { keepPrices, noteResale } from '../actions/keep-offers';
import { requestDelivery } from '../actions/requestDelivery';
import type { FulfilmentTarget } from '../actions/targets/target';
import { saveMeasurement } from '../store/offers';
import type { LicenseStepFailed, LicensesEvents } from './published';

/** What licences do when a neighbour speaks, with these fulfilment targets. */
export const handlersFor = (targets: readonly FulfilmentTarget[]) => ({
  customers: {
    'BillingAccountChanged.v1': (work, { data }) => copyAccount(work, data),
  } satisfies HandlersOf<LicensesEvents, CustomersEvents>,

  subscriptions: {
    'SubscriptionVersionCreated.v1': (work, { data, time }) => copySubscription(work, data, dayOf(new Date(time)), targets),
    'NamespaceChanged.v1': (work, { data: { accountId, namespaceId: id, path } }) => copyNamespace(work, { accountId, id, path }),
    'TemporaryExtensionGranted.v1': (work, { data }) => extendLicenses(work, data),
    'NamespaceMeasured.v1': ({ tx }, { data }) => saveMeasurement(tx, { ...data, measuredAt: new Date(data.measuredAt) }),
    'TrialStarted.v1': (work, { data }) => copyTrial(work, data, targets),
    'TrialConverted.v1': (work, { data }) => convertTrial(work, data, targets),
  } satisfies HandlersOf<LicensesEvents, SubscriptionsEvents>,

  orders: {
    'PricesListed.v1': (work, { data }) => keepPrices(work, data),
    'OrderAccepted.v1': (work, { data }) => noteResale(work, data),
    'LicenseRequested.v1': {
      handle: (work, { data }) => grantLicenses(work, data, targets),
      whenParked: async (work, { data }) => stepFailed(work, data, 'LICENSE'),
    },
    'DeliveryRequested.v1': {
      handle: (work, { data }) => requestDelivery(work, data),
      whenParked: async (work, { data }) => stepFailed(work, data, 'DELIVERY'),
    },
  } satisfies HandlersOf<LicensesEvents, OrdersEvents>,
});

/** Nobody waits for what was parked: the order shows a failed step, and an operator sees why in the dead letters. */
function stepFailed(work: Work<LicensesEvents>, requested: LicenseRequested | DeliveryRequested, step: LicenseStepFailed['step']): void {
  const { orderId, accountId, attempt } = requested;
  const failure = { step, code: 'REQUEST_PARKED', message: 'The request could not be carried out.', isRetryable: false };
  work.announce('StepFailed.v1', { subject: orderId, accountId }, { orderId, accountId, attempt, ...failure });
}
