import { type AccountId, isId } from '#kernel/ids';
import type { Money } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { documentNumber } from '../domain/document-number';
import { refund, refundKeyOf } from '../domain/refund';
import { hold } from '../domain/wallet';
import type { BillingEvents } from '../events/published';
import { findAccount } from '../store/accounts';
import { nextDocument } from '../store/credit-memos';
import { findAccountOfPayment, lockPayment, savePayment } from '../store/payments';
import { insertRefund } from '../store/refunds';
import { lockWallet, saveWallet } from '../store/wallets';

/** Money to give back on the card that paid. */
export interface RefundPayment {
  readonly paymentId: string;
  /** Null: as much as the payment and the account's credit allow. */
  readonly amount: Money | null;
  readonly reason: string;
}

/** Nobody asks again for a refund: days of tries, with one key. */
const ATTEMPTS_MAX = 25;

/**
 * Gives money back to the card that paid, out of the account's credit. The payment and the wallet are locked and the
 * amount is spoken for in both at once, so refunds at the same moment never add up to more than was paid, nor to more
 * than is owed to the customer; the provider is asked by a job after the commit.
 */
export async function refundPayment(work: Work<BillingEvents>, request: RefundPayment, maySee: (accountId: AccountId) => boolean) {
  const { paymentId } = request;
  const accountId = isId('payment', paymentId) ? await findAccountOfPayment(work.tx, paymentId) : null;
  const payment = accountId && maySee(accountId) && isId('payment', paymentId) ? await lockPayment(work.tx, accountId, paymentId) : null;
  if (!payment) return refuse('PAYMENT_NOT_FOUND', 'There is no such payment.', { path: ['paymentId'] });

  const wallet = await lockWallet(work.tx, payment.accountId, payment.currency);
  const decision = refund(payment, wallet, request.amount);
  if (!decision.ok) return decision;
  const { amount, working } = decision.value;

  const account = await findAccount(work.tx, payment.accountId);
  if (!account) throw new Error('A payment names an account that billing does not know.');
  const sequence = await nextDocument(work.tx, payment.accountId, 'REFUND');
  const requested = await insertRefund(work.tx, {
    accountId: payment.accountId,
    number: documentNumber('REFUND', account, sequence),
    sequence,
    paymentId: payment.id,
    status: 'REQUESTED',
    currency: amount.currency,
    amountMinor: amount.minor,
    reason: request.reason,
    working,
    failure: null,
    requestedAt: work.now,
    requestedBy: work.actor,
    refundedOn: null,
    refundedAt: null,
  });
  const refunded = await savePayment(work.tx, payment, { refundedMinor: payment.refundedMinor + amount.minor });
  await saveWallet(work.tx, wallet, hold(wallet, amount));
  const { number } = requested;
  await work.enqueue('refundPayment', { accountId: payment.accountId, number }, { key: refundKeyOf(requested), attemptsMax: ATTEMPTS_MAX });
  return accept({ refund: requested, payment: refunded });
}
