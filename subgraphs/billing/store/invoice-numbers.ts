import type { Transaction } from '#kernel/db/database';
import { takeNumber } from '#kernel/db/numbers';
import type { AccountId, InvoiceId } from '#kernel/ids';

/** Takes the number of an invoice that is brought along; false when another has it. */
export const takeInvoiceNumber = (tx: Transaction, accountId: AccountId, id: InvoiceId, number: string): Promise<boolean> =>
  takeNumber(tx, 'imported invoice', { number, entityId: id, accountId });
