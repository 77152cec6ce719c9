import type { HandlersOf } from '#kernel/events/handlers';
import type { AccountId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import type { BillingEvents } from '../../billing/events/published';
import type { LicensesEvents } from '../../licenses/events/published';
import type { OrdersEvents } from '../../orders/events/published';
import type { PartnersEvents } from '../../partners/events/published';
import type { SubscriptionsEvents } from '../../subscriptions/events/published';
import { acceptForCustomer, answerAgreement, openEndCustomer, openPartnerAccount } from '../actions/accounts-of-partners';
import { hearUsage } from '../actions/hear-signals';
import { holdOverdue, releaseSettled } from '../actions/hold-for-billing';
import { keepActOfSupport } from '../actions/keep-act-of-support';
import { type DirectoryKind, wordsOf } from '../domain/directory';
import { enter } from '../store/directory';
import type { CustomersEvents } from './published';

type CustomersWork = Work<CustomersEvents>;

/** Enters what a neighbour has made, under the name by which people look for it. Hearing it twice changes nothing. */
const entered = (
  work: CustomersWork,
  kind: DirectoryKind,
  accountId: AccountId,
  entityId: string,
  label: string,
  texts: readonly string[],
) => enter(work.tx, { accountId, entityId, kind, label }, wordsOf(texts));

/**
 * The directory of `node` and `search`, the holds that billing asks for, the acts of support, what sales should hear of, and the
 * accounts of partners and of those who buy from them.
 */
export const handlers = {
  orders: {
    'OrderAccepted.v1': (work, { data }) => entered(work, 'ORDER', data.accountId, data.orderId, data.orderNumber, [data.orderNumber]),
    'OrderRejected.v1': (work, { data }) => entered(work, 'ORDER', data.accountId, data.orderId, data.orderNumber, [data.orderNumber]),
    'AgreementRequested.v1': (work, { data }) => answerAgreement(work, data.accountId),
  } satisfies HandlersOf<CustomersEvents, OrdersEvents>,
  partners: {
    'PartnerAgreementSigned.v1': (work, { data }) => openPartnerAccount(work, data.invoiceOwner),
    'PartnerOrderAccepted.v1': (work, { data }) => openEndCustomer(work, data),
    'EndUserTermsAccepted.v1': (work, { data }) => acceptForCustomer(work, data.accountId),
  } satisfies HandlersOf<CustomersEvents, PartnersEvents>,
  subscriptions: {
    'SubscriptionVersionCreated.v1': (work, { data }) =>
      entered(work, 'SUBSCRIPTION', data.accountId, data.subscriptionId, data.name, [data.name]),
    // A namespace is found by its id alone: its path is the product's to search.
    'NamespaceChanged.v1': (work, { data }) => entered(work, 'NAMESPACE', data.accountId, data.namespaceId, data.path, []),
    'SupportActed.v1': (work, event) => keepActOfSupport(work, event),
  } satisfies HandlersOf<CustomersEvents, SubscriptionsEvents>,
  billing: {
    'InvoicePosted.v1': (work, { data }) => entered(work, 'INVOICE', data.accountId, data.invoiceId, data.number, [data.number]),
    'AccountOverdue.v1': (work, { data }) => holdOverdue(work, data),
    'AccountSettled.v1': (work, { data }) => releaseSettled(work, data),
  } satisfies HandlersOf<CustomersEvents, BillingEvents>,
  licenses: {
    'LicenseIssued.v1': (work, { data }) => entered(work, 'LICENSE', data.accountId, data.licenseId, data.licenseId, [data.licenseId]),
    'SeatUsageReported.v1': (work, { data }) => hearUsage(work, data),
    'SupportActed.v1': (work, event) => keepActOfSupport(work, event),
  } satisfies HandlersOf<CustomersEvents, LicensesEvents>,
};
