import { type AccountId, isId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type AuthorizationOutcome, takeChallenge } from '../domain/payment';
import type { BillingEvents } from '../events/published';
import { lockPayment } from '../store/payments';
import type { PaymentRow } from '../store/tables';
import { applyAuthorization } from './saveAuthorization';

/** What the bank made of the buyer's answer, and for which payment. Null while nothing was sent: a dry run. */
export interface ChallengeAnswer {
  readonly payment: Pick<PaymentRow, 'accountId' | 'id' | 'tries'>;
  readonly outcome: AuthorizationOutcome | null;
}

/**
 * Keeps the outcome of a 3-D Secure challenge. The provider was asked before this transaction began. Once it says yes,
 * the order that waits for the payment is told and goes on by itself; an open invoice is charged.
 */
export async function confirmPayment(
  work: Work<BillingEvents>,
  request: { readonly paymentId: string },
  answer: ChallengeAnswer | null,
  maySee: (accountId: AccountId) => boolean,
) {
  const accountId = answer && isId('payment', request.paymentId) && maySee(answer.payment.accountId) ? answer.payment.accountId : null;
  const payment = answer && accountId ? await lockPayment(work.tx, accountId, answer.payment.id) : null;
  if (!answer || !payment) return refuse('PAYMENT_NOT_FOUND', 'There is no such payment.', { path: ['paymentId'] });

  const waiting = takeChallenge(payment);
  if (!waiting.ok) return waiting;
  if (!answer.outcome) return accept(payment);
  if (answer.outcome.result === 'REQUIRES_ACTION') {
    return refuse('PAYMENT_CHALLENGE_FAILED', 'The bank did not accept this answer. Try again.', { path: ['challengeResponse'] });
  }
  // A final no is kept: the payment is FAILED from now on, and says why.
  return accept(await applyAuthorization(work, payment, answer.payment.tries, answer.outcome));
}
