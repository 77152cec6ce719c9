import type { HandlersOf } from '#kernel/events/handlers';
import { displayOf, moneyOf } from '#kernel/money';
import type { BillingEvents } from '../../billing/events/published';
import type { CustomersEvents } from '../../customers/events/published';
import type { LicensesEvents } from '../../licenses/events/published';
import type { PartnersEvents } from '../../partners/events/published';
import type { SubscriptionsEvents } from '../../subscriptions/events/published';
import { agreementAccepted } from '../actions/agreement-accepted';
import { completeStep, failStep } from '../actions/answer-step';
import { noteInvoice } from '../actions/invoice-instalment';
import { copyAccount, copyNamespace, copySubscription, copyTermCount } from '../actions/keep-copies';
import { abandonReconciliation, orderReconciliation, payReconciliations } from '../actions/order-reconciliation';
import { orderRenewal } from '../actions/order-renewal';
import { declineParked, placePartnerPurchase } from '../actions/placePartnerPurchase';
import { keepCard } from '../store/cards';
import type { OrdersEvents } from './published';

/** Names that fit into one line of a timeline; an order may have hundreds of subscriptions. */
const NAMED_MAX = 5;

/** What orders does when a neighbour speaks: it keeps copies, and its orders go on. */
export const handlers = {
  customers: {
    'BillingAccountChanged.v1': (work, { data }) => copyAccount(work, data),
    'AgreementAccepted.v1': (work, { data }) => agreementAccepted(work, data),
  } satisfies HandlersOf<OrdersEvents, CustomersEvents>,

  subscriptions: {
    'SubscriptionVersionCreated.v1': (work, { data }) => copySubscription(work, data),
    'NamespaceChanged.v1': (work, { data }) => copyNamespace(work, data),
    'TermCounted.v1': (work, { data }) => copyTermCount(work, data),
    'ReconciliationRequested.v1': (work, { data }) => orderReconciliation(work, data),
    'RenewalRequested.v1': (work, { data }) => orderRenewal(work, data),
    'ReconciliationEnded.v1': (work, { data }) => abandonReconciliation(work, data),
    'SubscriptionsChanged.v1': (work, { data }) =>
      completeStep(
        work,
        { ...data, kind: 'SUBSCRIPTION' },
        listed(data.subscriptions.map(({ name, version }) => `${name} version ${version}`)),
      ),
    'StepFailed.v1': (work, { data }) => failStep(work, { ...data, kind: data.step }, data),
  } satisfies HandlersOf<OrdersEvents, SubscriptionsEvents>,

  billing: {
    'PaymentMethodAdded.v1': async (work, { data }) => {
      await keepCard(work.tx, data.accountId, data.paymentMethodId);
      await payReconciliations(work, data.accountId, data.paymentMethodId);
    },
    'PaymentAuthorized.v1': (work, { data }) =>
      completeStep(work, { ...data, kind: 'PAYMENT' }, `${displayOf(moneyOf(data.amount))} reserved on the card.`),
    'InvoicePosted.v1': async (work, { data }) => {
      // Invoices without an order, such as a renewal's, are no answer to a step of ours.
      if (data.orderId) await noteInvoice(work, { ...data, orderId: data.orderId });
    },
    'StepFailed.v1': (work, { data }) => failStep(work, { ...data, kind: data.step }, data),
  } satisfies HandlersOf<OrdersEvents, BillingEvents>,

  licenses: {
    'LicensesGranted.v1': (work, { data }) => completeStep(work, { ...data, kind: 'LICENSE' }, granted(data.grants)),
    'LicensesDelivered.v1': (work, { data }) => completeStep(work, { ...data, kind: 'DELIVERY' }, 'Sent to the Sold-To contact.'),
    'StepFailed.v1': (work, { data }) => failStep(work, { ...data, kind: data.step }, data),
  } satisfies HandlersOf<OrdersEvents, LicensesEvents>,

  partners: {
    'PartnerOrderAccepted.v1': {
      handle: (work, { data }) => placePartnerPurchase(work, data),
      whenParked: async (work, { data }) => declineParked(work, data),
    },
  } satisfies HandlersOf<OrdersEvents, PartnersEvents>,
};

function listed(names: readonly string[]): string {
  const rest = names.length - NAMED_MAX;
  return `${names.slice(0, NAMED_MAX).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}

/** What was given, in the words of whoever gave it: orders knows no kind of it. */
function granted(grants: readonly { readonly kind: string; readonly detail?: string }[]): string {
  const given = Map.groupBy(grants, ({ kind, detail }) => detail ?? kind);
  return [...given].map(([detail, { length }]) => (length > 1 ? `${length} × ${detail}` : detail)).join(' ');
}
