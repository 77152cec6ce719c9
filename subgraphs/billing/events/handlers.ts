import type { HandlersOf } from '#kernel/events/handlers';
import type { CustomersEvents } from '../../customers/events/published';
import type { OrdersEvents } from '../../orders/events/published';
import { failInvoiceStep, failPaymentStep } from '../actions/answer-order';
import { creditOrder } from '../actions/credit-order';
import { postInvoice } from '../actions/postInvoice';
import { requestPayment } from '../actions/requestPayment';
import { keepAccount } from '../store/accounts';
import type { BillingEvents } from './published';

// The reason is for operators, who see the dead letter; an order's timeline is read by customers.
const PARKED = { code: 'BILLING_FAULT', message: 'Billing could not carry this out. It is being looked at.', isRetryable: true };

/** What billing does when its neighbours speak. */
export const handlers = {
  customers: {
    'BillingAccountChanged.v1': async (work, { data }) => {
      const { accountId, version, number, name, currency, organizationName, vatId, isTaxExempt } = data;
      const { contactId: _contact, ...billTo } = data.billTo;
      await keepAccount(work.tx, { accountId, version, number, name, currency, billTo, organizationName, vatId, isTaxExempt });
    },
  } satisfies HandlersOf<BillingEvents, CustomersEvents>,

  orders: {
    'PaymentRequested.v1': {
      handle: (work, { data }) => requestPayment(work, data),
      // What cannot be understood here is told to the order: it must not wait for an answer that never comes.
      whenParked: async (work, { data }) => failPaymentStep(work, data, data.attempt, PARKED),
    },
    'InvoiceRequested.v1': {
      handle: (work, { data }) => postInvoice(work, data),
      whenParked: async (work, { data }) => failInvoiceStep(work, data, data.attempt, PARKED),
    },
    'CreditRequested.v1': (work, { data }) => creditOrder(work, data),
  } satisfies HandlersOf<BillingEvents, OrdersEvents>,
};
