import { isZero, type Money, money, moneyText } from '#kernel/money';
import type { Work } from '#kernel/work';
import { CREDIT_POLICY, creditAtPosting } from '../domain/credit-policy';
import { entryOfCreditApplied } from '../domain/journal';
import { balanceOf, settle } from '../domain/receivable';
import { withdraw } from '../domain/wallet';
import type { BillingEvents } from '../events/published';
import { saveReceivable } from '../store/invoices';
import { insertEntry } from '../store/journal';
import type { InvoiceRow, WalletRow } from '../store/tables';
import { lockWalletIfAny } from '../store/wallets';
import { settleAccount } from './dun-account';
import { moveWallet } from './move-wallet';

/** A new invoice that no card pays is paid with the account's credit, as far as it goes, where the policy says so. */
export async function spendCreditAtPosting(work: Work<BillingEvents>, invoice: InvoiceRow): Promise<void> {
  if (invoice.totalMinor === 0n) return;
  const wallet = await lockWalletIfAny(work.tx, invoice.accountId, invoice.currency);
  const amount = creditAtPosting(wallet, balanceOf(invoice), CREDIT_POLICY);
  if (wallet && !isZero(amount)) await spendCredit(work, invoice, wallet, amount);
}

/**
 * Credit pays an invoice; both are locked and the amount is decided. The balance and the wallet fall together, with
 * one entry and the working of each.
 */
export async function spendCredit(work: Work<BillingEvents>, invoice: InvoiceRow, wallet: WalletRow, amount: Money) {
  const { accountId, id: invoiceId, currency } = invoice;
  const { balance, change, working } = settle(invoice, amount, 'DIRECT');
  const paid = await saveReceivable(work.tx, invoice, change);
  const withdrawal = withdraw(wallet, amount, 'DIRECT');
  const left = await moveWallet(work, wallet, withdrawal, { kind: 'INVOICE', invoiceId });
  const entry = {
    accountId,
    id: work.newId('journalEntry'),
    kind: 'CREDIT_APPLIED',
    invoiceId,
    description: `Credit used for ${invoice.number}`,
    postedOn: work.today,
    postedAt: work.now,
  } as const;
  await insertEntry(work.tx, entry, entryOfCreditApplied(amount, working));
  work.announce(
    'CreditApplied.v1',
    { subject: invoiceId, accountId },
    {
      accountId,
      invoiceId,
      invoiceNumber: invoice.number,
      orderId: invoice.orderId,
      amount: moneyText(amount),
      balance: moneyText(balance),
      credit: moneyText(money(left.balanceMinor, currency)),
    },
  );
  await settleAccount(work, accountId);
  return { invoice: paid, wallet: left };
}
