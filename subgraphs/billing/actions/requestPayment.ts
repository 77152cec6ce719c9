import { displayOf, isZero, moneyOf } from '#kernel/money';
import type { Work } from '#kernel/work';
import type { PaymentRequested } from '../../orders/events/published';
import { askAgain, providerKeyOf } from '../domain/payment';
import { chooseMethod } from '../domain/payment-method';
import type { BillingEvents } from '../events/published';
import { findPaymentMethod } from '../store/payment-methods';
import { insertPayment, lockPayment, savePayment } from '../store/payments';
import type { PaymentRow } from '../store/tables';
import { announceAuthorized, failPaymentStep, failRequiresAction } from './answer-order';
import { enqueueAuthorization, enqueueRelease } from './enqueue-payment';

/**
 * An order asks for its amount to be reserved on a card. The payment is recorded before the provider is asked, so that
 * whatever happens next there is a row that says what was meant. Asked again, it never reserves twice.
 */
export async function requestPayment(work: Work<BillingEvents>, request: PaymentRequested): Promise<void> {
  const amount = moneyOf(request.amount);
  if (isZero(amount)) return announceAuthorized(work, { ...request, id: request.paymentId }, request.orderId, request.attempt, amount);

  const method = chooseMethod(await findPaymentMethod(work.tx, request.accountId, request.paymentMethodId), request.accountId, work.today);
  if (!method.ok) return failPaymentStep(work, request, request.attempt, { ...method.refusal, isRetryable: false });

  const known = await lockPayment(work.tx, request.accountId, request.paymentId);
  if (known) return requestAgain(work, known, request);

  const payment = await insertPayment(work.tx, {
    accountId: request.accountId,
    id: request.paymentId,
    kind: 'CARD',
    status: 'REQUESTED',
    amountMinor: amount.minor,
    currency: amount.currency,
    paymentMethodId: request.paymentMethodId,
    tries: 1,
    orderId: request.orderId,
    orderAttempt: request.attempt,
    invoiceId: null,
    reference: null,
    failure: null,
    requestedAt: work.now,
    receivedAt: null,
    receivedOn: null,
  });
  await enqueueAuthorization(work, payment);
}

async function requestAgain(work: Work<BillingEvents>, known: PaymentRow, request: PaymentRequested): Promise<void> {
  const amount = moneyOf(request.amount);
  if (known.orderId !== request.orderId || known.amountMinor !== amount.minor || known.currency !== amount.currency) {
    return failPaymentStep(work, request, request.attempt, {
      code: 'PAYMENT_DIFFERS',
      message: `This payment was asked for before with other particulars; now ${displayOf(amount)} is asked.`,
      isRetryable: false,
    });
  }

  const decision = askAgain(known, request.paymentMethodId);
  const payment = await savePayment(work.tx, known, { orderAttempt: request.attempt });
  switch (decision.next) {
    case 'ANSWER_AUTHORIZED':
      return announceAuthorized(work, payment, request.orderId, request.attempt, amount);
    case 'ANSWER_REQUIRES_ACTION':
      return failRequiresAction(work, payment, request.orderId, request.attempt);
    case 'ASK': {
      if (decision.releasesOldTry) await enqueueRelease(work, payment, providerKeyOf(known));
      const change = { status: 'REQUESTED', failure: null, tries: decision.tries, paymentMethodId: request.paymentMethodId } as const;
      return enqueueAuthorization(work, await savePayment(work.tx, payment, change));
    }
  }
}
