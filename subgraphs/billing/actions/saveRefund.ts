import type { AccountId } from '#kernel/ids';
import { money, moneyText } from '#kernel/money';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { entryOfRefund } from '../domain/journal';
import { afterRefund, type RefundOutcome } from '../domain/refund';
import { unhold, withdraw } from '../domain/wallet';
import type { BillingEvents } from '../events/published';
import { insertEntry } from '../store/journal';
import { lockPayment, savePayment } from '../store/payments';
import { lockRefund, saveRefundRow } from '../store/refunds';
import type { PaymentRow, RefundRow, WalletRow } from '../store/tables';
import { lockWallet, saveWallet } from '../store/wallets';
import { moveWallet } from './move-wallet';

/** Keeps what the provider said about a refund. A second answer for the same refund changes nothing. */
export async function saveRefund(
  work: Work<BillingEvents>,
  asked: { readonly accountId: AccountId; readonly number: string },
  outcome: RefundOutcome,
): Promise<Result<null>> {
  const refund = await lockRefund(work.tx, asked.accountId, asked.number);
  const change = refund && afterRefund(refund, outcome);
  if (!refund || !change) return accept(null);
  const payment = await lockPayment(work.tx, refund.accountId, refund.paymentId);
  if (!payment) throw new Error('A refund names a payment that does not exist.');
  const wallet = await lockWallet(work.tx, refund.accountId, refund.currency);

  const amount = money(refund.amountMinor, refund.currency);
  if (change.status === 'FAILED') {
    // Nothing has left: the amount can be refunded or used again.
    await savePayment(work.tx, payment, { refundedMinor: payment.refundedMinor - amount.minor });
    await saveWallet(work.tx, wallet, unhold(wallet, amount));
    await saveRefundRow(work.tx, refund, change);
  } else {
    await saveRefundRow(work.tx, refund, { ...change, refundedAt: work.now, refundedOn: work.today });
    await payOut(work, refund, payment, wallet);
  }
  return accept(null);
}

async function payOut(work: Work<BillingEvents>, refund: RefundRow, payment: PaymentRow, wallet: WalletRow): Promise<void> {
  const { accountId, number } = refund;
  const amount = money(refund.amountMinor, refund.currency);
  if (!payment.invoiceId) throw new Error('A captured payment belongs to an invoice.');
  const withdrawal = withdraw(wallet, amount, 'PENDING');
  await moveWallet(work, wallet, withdrawal, { kind: 'REFUND', refundNumber: number });
  const entry = {
    accountId,
    id: work.newId('journalEntry'),
    kind: 'PAYMENT_REFUNDED',
    invoiceId: payment.invoiceId,
    paymentId: payment.id,
    refundNumber: number,
    description: `Refund ${number}`,
    postedOn: work.today,
    postedAt: work.now,
  } as const;
  await insertEntry(work.tx, entry, entryOfRefund(amount, withdrawal.working));
  work.announce(
    'PaymentRefunded.v1',
    { subject: payment.id, accountId },
    {
      number,
      accountId,
      paymentId: payment.id,
      invoiceId: payment.invoiceId,
      orderId: payment.orderId,
      amount: moneyText(amount),
      refundedOn: work.today,
    },
  );
}
