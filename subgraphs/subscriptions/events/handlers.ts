import type { HandlersOf } from '#kernel/events/handlers';
import type { Work } from '#kernel/work';
import type { BillingEvents } from '../../billing/events/published';
import type { CustomersEvents } from '../../customers/events/published';
import type { LicensesEvents } from '../../licenses/events/published';
import type { OrdersEvents, SubscriptionChangeRequested } from '../../orders/events/published';
import { noteOrdered, noteOutcome, noteRefused } from '../actions/answer-reconciliation';
import { noteRenewalOrdered, noteRenewalRefused, noteRenewalStopped, noteRenewed } from '../actions/answer-renewal';
import { changeSubscriptions } from '../actions/changeSubscriptions';
import { copyCard } from '../actions/copy-card';
import { copyAccount } from '../actions/copyAccount';
import { countSeats } from '../actions/count-seats';
import { noteLicense } from '../actions/note-license';
import type { SubscriptionsEvents } from './published';

/** What this house does when a neighbour speaks. */
export const handlers = {
  customers: {
    'BillingAccountChanged.v1': (work, event) => copyAccount(work, event.data),
  } satisfies HandlersOf<SubscriptionsEvents, CustomersEvents>,

  orders: {
    'SubscriptionChangeRequested.v1': {
      handle: async (work, event) => {
        const result = await changeSubscriptions(work, event.data);
        if (!result.ok) failStep(work, event.data, { ...result.refusal, isRetryable: false });
      },
      // The reason is for the log: what a neighbour shows to a buyer says nothing of our inside.
      whenParked: async (work, event) =>
        failStep(work, event.data, { code: 'STEP_FAILED', message: 'The subscription could not be written.', isRetryable: true }),
    },
    'ReconciliationOrdered.v1': (work, { data }) => noteOrdered(work, data),
    'ReconciliationRefused.v1': (work, { data }) => noteRefused(work, data),
    'RenewalOrdered.v1': (work, { data }) => noteRenewalOrdered(work, data),
    'RenewalRefused.v1': (work, { data }) => noteRenewalRefused(work, data),
    'OrderFulfilled.v1': async (work, { data }) => {
      await noteOutcome(work, { ...data, outcome: 'FULFILLED' });
      await noteRenewed(work, data.accountId, data.orderId);
    },
    'OrderStopped.v1': async (work, { data }) => {
      const isCard = data.step === 'PAYMENT';
      if (isCard) await noteOutcome(work, { ...data, outcome: 'CARD_DECLINED' });
      await noteRenewalStopped(work, data.accountId, data.orderId, isCard ? 'CARD_DECLINED' : 'ORDER_STOPPED');
    },
  } satisfies HandlersOf<SubscriptionsEvents, OrdersEvents>,

  billing: {
    'PaymentMethodAdded.v1': (work, { data }) => copyCard(work, data),
  } satisfies HandlersOf<SubscriptionsEvents, BillingEvents>,

  licenses: {
    'SeatUsageReported.v1': (work, { data }) => countSeats(work, data),
    'LicenseIssued.v1': (work, { data }) => noteLicense(work, data),
  } satisfies HandlersOf<SubscriptionsEvents, LicensesEvents>,
};

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly isRetryable: boolean;
}

function failStep(
  work: Work<SubscriptionsEvents>,
  { orderId, accountId, attempt }: SubscriptionChangeRequested,
  { code, message, isRetryable }: Failure,
): void {
  const failed = { orderId, accountId, step: 'SUBSCRIPTION', attempt, code, message, isRetryable } as const;
  work.announce('StepFailed.v1', { subject: orderId, accountId }, failed);
}
