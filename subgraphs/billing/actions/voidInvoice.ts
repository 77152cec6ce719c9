import type { AccountId } from '#kernel/ids';
import { money, moneyText, sum } from '#kernel/money';
import { accept } from '#kernel/result';
import type { Work } from '#kernel/work';
import { voidable } from '../domain/invoice';
import { entryOfVoid } from '../domain/journal';
import type { BillingEvents } from '../events/published';
import { creditedOfInvoice } from '../store/credit-memos';
import { insertVoid, saveReceivable } from '../store/invoices';
import { insertEntry } from '../store/journal';
import type { InvoiceRow } from '../store/tables';
import { settleAccount } from './dun-account';
import { lockInvoiceByNumber } from './lockInvoiceByNumber';

/** An invoice to take back as a whole, and why. */
export interface VoidInvoice {
  readonly invoiceNumber: string;
  readonly reason: string;
}

/**
 * Takes back an invoice of which nothing was paid or credited. The document stays as it is; nothing is owed on it any
 * more, and the books get its entry the other way round, dated today.
 */
export async function voidInvoice(work: Work<BillingEvents>, request: VoidInvoice, maySee: (accountId: AccountId) => boolean) {
  const found = await lockInvoiceByNumber(work.tx, request.invoiceNumber, maySee);
  if (!found.ok) return found;
  const { accountId, id: invoiceId, currency } = found.value;

  const credits = await creditedOfInvoice(work.tx, accountId, invoiceId);
  const credited = sum(
    credits.map(line => money(line.amountMinor + line.taxMinor, currency)),
    currency,
  );
  const decision = voidable(found.value, credited);
  if (!decision.ok) return decision;
  const invoice = decision.value;

  await insertVoid(work.tx, {
    accountId,
    invoiceId,
    reason: request.reason,
    voidedOn: work.today,
    voidedAt: work.now,
    voidedBy: work.actor,
  });
  const voided = await saveReceivable(work.tx, invoice, { status: 'VOIDED', balanceMinor: 0n });
  await insertEntry(work.tx, entryFrom(work, invoice), entryOfVoid(amountsOf(invoice)));
  work.announce(
    'InvoiceVoided.v1',
    { subject: invoiceId, accountId },
    {
      invoiceId,
      accountId,
      number: invoice.number,
      orderId: invoice.orderId,
      voidedOn: work.today,
      total: moneyText(money(invoice.totalMinor, currency)),
    },
  );
  await settleAccount(work, accountId);
  return accept(voided);
}

const amountsOf = ({ subtotalMinor, taxMinor, totalMinor, currency }: InvoiceRow) => ({
  subtotal: money(subtotalMinor, currency),
  tax: money(taxMinor, currency),
  total: money(totalMinor, currency),
});

const entryFrom = (work: Work<BillingEvents>, invoice: InvoiceRow) =>
  ({
    accountId: invoice.accountId,
    id: work.newId('journalEntry'),
    kind: 'INVOICE_VOIDED',
    invoiceId: invoice.id,
    description: `Void of ${invoice.number}`,
    postedOn: work.today,
    postedAt: work.now,
  }) as const;
