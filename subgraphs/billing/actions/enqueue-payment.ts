import type { Work } from '#kernel/work';
import { providerKeyOf } from '../domain/payment';
import type { BillingEvents } from '../events/published';
import type { PaymentRow } from '../store/tables';

/** An order waits for its answer: after these tries it is told that there is none yet, and asks again itself. */
const AUTHORIZE_ATTEMPTS_FOR_ORDER_MAX = 5;
/** Nobody asks again for a payment of an invoice, nor for money that was reserved: days of tries. */
const ATTEMPTS_MAX = 25;

/** Leaves the question to the provider for after the commit. A try has one job at a time. */
export async function enqueueAuthorization(work: Work<BillingEvents>, payment: PaymentRow): Promise<void> {
  const { accountId, id: paymentId, tries } = payment;
  const attemptsMax = payment.invoiceId ? ATTEMPTS_MAX : AUTHORIZE_ATTEMPTS_FOR_ORDER_MAX;
  await work.enqueue('authorizePayment', { accountId, paymentId, tries }, { key: `authorize ${providerKeyOf(payment)}`, attemptsMax });
}

export async function enqueueCapture(work: Work<BillingEvents>, payment: PaymentRow): Promise<void> {
  const { accountId, id: paymentId } = payment;
  await work.enqueue('capturePayment', { accountId, paymentId }, { key: `capture ${providerKeyOf(payment)}`, attemptsMax: ATTEMPTS_MAX });
}

/** Gives back what an abandoned try may have reserved. */
export async function enqueueRelease(work: Work<BillingEvents>, payment: PaymentRow, providerKey: string): Promise<void> {
  await work.enqueue(
    'releaseAuthorization',
    { paymentId: payment.id, providerKey },
    { key: `release ${providerKey}`, attemptsMax: ATTEMPTS_MAX },
  );
}
