import type { Transaction } from '#kernel/db/database';
import type { AccountId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import { findInvoiceByNumber, lockInvoice } from '../store/invoices';

/** The invoice of a number, locked. One of an account that the caller may not see is answered as if it did not exist. */
export async function lockInvoiceByNumber(tx: Transaction, number: string, maySee: (accountId: AccountId) => boolean) {
  // Found first and locked second: a lock by number alone would reach over every account.
  const found = await findInvoiceByNumber(tx, number);
  const invoice = found && maySee(found.accountId) ? await lockInvoice(tx, found.accountId, found.id) : null;
  return invoice ? accept(invoice) : refuse('INVOICE_NOT_FOUND', 'There is no such invoice.', { path: ['invoiceNumber'] });
}
