import type { AccountId } from '#kernel/ids';
import { compare, isZero, type Money } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { pay } from '../domain/receivable';
import { availableIn, spendable } from '../domain/wallet';
import type { BillingEvents } from '../events/published';
import { lockWallet } from '../store/wallets';
import { lockInvoiceByNumber } from './lockInvoiceByNumber';
import { spendCredit } from './spend-credit';

/** An open invoice to pay with the account's credit. */
export interface ApplyCredit {
  readonly invoiceNumber: string;
  /** Null: as much as is open, and as there is. */
  readonly amount: Money | null;
}

/** Pays an invoice with credit. It is ours to give already, so the invoice is paid at once. */
export async function applyCredit(work: Work<BillingEvents>, request: ApplyCredit, maySee: (accountId: AccountId) => boolean) {
  const found = await lockInvoiceByNumber(work.tx, request.invoiceNumber, maySee);
  if (!found.ok) return found;
  const invoice = found.value;
  const payable = pay(invoice, request.amount);
  if (!payable.ok) return payable;

  const wallet = await lockWallet(work.tx, invoice.accountId, invoice.currency);
  const available = availableIn(wallet);
  if (isZero(available)) return refuse('CREDIT_INSUFFICIENT', `The account has no credit in ${invoice.currency}.`);
  const wanted = request.amount ?? (compare(available, payable.value) < 0 ? available : payable.value);
  const amount = spendable(wallet, wanted);
  return amount.ok ? accept(await spendCredit(work, invoice, wallet, amount.value)) : amount;
}
