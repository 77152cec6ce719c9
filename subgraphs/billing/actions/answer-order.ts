import type { AccountId, OrderId, PaymentId } from '#kernel/ids';
import { type Money, moneyText } from '#kernel/money';
import type { Work } from '#kernel/work';
import type { BillingEvents } from '../events/published';

interface StepOf {
  readonly orderId: OrderId;
  readonly accountId: AccountId;
}

interface PaymentOf {
  readonly id: PaymentId;
  readonly accountId: AccountId;
}

/** Why a step could not be carried out, as the order shall know it. */
export interface StepFailure {
  readonly code: string;
  readonly message: string;
  readonly isRetryable: boolean;
}

export function announceAuthorized(work: Work<BillingEvents>, payment: PaymentOf, orderId: OrderId, attempt: number, amount: Money): void {
  const { id: paymentId, accountId } = payment;
  work.announce(
    'PaymentAuthorized.v1',
    { subject: paymentId, accountId },
    { orderId, accountId, attempt, paymentId, amount: moneyText(amount) },
  );
}

export function failPaymentStep(work: Work<BillingEvents>, step: StepOf, attempt: number, failure: StepFailure): void {
  failStep(work, 'PAYMENT', step, attempt, failure);
}

export function failInvoiceStep(work: Work<BillingEvents>, step: StepOf, attempt: number, failure: StepFailure): void {
  failStep(work, 'INVOICE', step, attempt, failure);
}

/** The order cannot go on by retrying: the buyer must act. It goes on by itself once `confirmPayment` was answered. */
export function failRequiresAction(work: Work<BillingEvents>, payment: PaymentOf, orderId: OrderId, attempt: number): void {
  failPaymentStep(work, { orderId, accountId: payment.accountId }, attempt, {
    code: 'PAYMENT_REQUIRES_ACTION',
    message: `The bank asks the buyer to confirm payment ${payment.id}: send the answer with confirmPayment.`,
    isRetryable: false,
  });
}

function failStep(
  work: Work<BillingEvents>,
  step: 'PAYMENT' | 'INVOICE',
  { orderId, accountId }: StepOf,
  attempt: number,
  failure: StepFailure,
): void {
  const { code, message, isRetryable } = failure;
  work.announce('StepFailed.v1', { subject: orderId, accountId }, { orderId, accountId, step, attempt, code, message, isRetryable });
}
