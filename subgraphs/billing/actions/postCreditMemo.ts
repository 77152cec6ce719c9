import type { AccountId, OrderId } from '#kernel/ids';
import { isZero, money, moneyText } from '#kernel/money';
import { accept } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type AskedCredit, type CreditableLine, type CreditUse, planCredit, splitCredit } from '../domain/credit-memo';
import { documentNumber } from '../domain/document-number';
import { entryOfCreditMemo } from '../domain/journal';
import { deposit } from '../domain/wallet';
import type { BillingEvents } from '../events/published';
import { findAccount } from '../store/accounts';
import { creditedOfInvoice, insertCreditMemo, nextDocument } from '../store/credit-memos';
import { findLines, saveReceivable } from '../store/invoices';
import { insertEntry } from '../store/journal';
import type { CreditMemoLineRow, CreditMemoRow, InvoiceRow } from '../store/tables';
import { lockWallet } from '../store/wallets';
import { settleAccount } from './dun-account';
import { lockInvoiceByNumber } from './lockInvoiceByNumber';
import { moveWallet } from './move-wallet';

/** What of an invoice is credited, why, and where the credit goes. */
export interface PostCreditMemo {
  readonly invoiceNumber: string;
  /** Null: all that is left of the invoice. */
  readonly lines: readonly AskedCredit[] | null;
  readonly use: CreditUse;
  readonly reason: string;
  /** The order that asks for it; nobody's when absent. */
  readonly orderId?: OrderId;
}

type Planned = Extract<ReturnType<typeof planCredit>, { ok: true }>['value'];
type Split = ReturnType<typeof splitCredit>;

/**
 * Posts a credit memo for an invoice, with its journal entry. What is owed is locked first, so two memos at the same
 * moment never credit more than was charged. What the invoice does not take stays with the account as credit.
 */
export async function postCreditMemo(work: Work<BillingEvents>, request: PostCreditMemo, maySee: (accountId: AccountId) => boolean) {
  const found = await lockInvoiceByNumber(work.tx, request.invoiceNumber, maySee);
  if (!found.ok) return found;
  const invoice = found.value;

  const lines = await creditableLines(work, invoice);
  const plan = planCredit({ status: invoice.status, currency: invoice.currency, lines }, request.lines);
  if (!plan.ok) return plan;
  const split = splitCredit(invoice, plan.value.total, request.use);

  const memo = await memoFrom(work, invoice, request, plan.value, split);
  await insertCreditMemo(work.tx, memo, linesFrom(memo, plan.value));
  await insertEntry(work.tx, entryFrom(work, memo), entryOfCreditMemo({ ...plan.value, ...split }));
  const credited = isZero(split.applied) ? invoice : await saveReceivable(work.tx, invoice, { balanceMinor: split.balance.minor });
  if (!isZero(split.kept)) await keep(work, memo, split);
  announcePosted(work, memo, credited);
  await settleAccount(work, memo.accountId);
  return accept({ creditMemo: memo, invoice: credited });
}

/** The lines of an invoice that is locked, each with what was credited of it. */
export async function creditableLines(work: Work<BillingEvents>, invoice: InvoiceRow): Promise<readonly CreditableLine[]> {
  const credited = await creditedOfInvoice(work.tx, invoice.accountId, invoice.id);
  const byLine = new Map(credited.map(line => [line.invoiceLineId, line]));
  return (await findLines(work.tx, invoice)).map(line => ({
    id: line.id,
    description: line.description,
    amount: money(line.amountMinor, line.currency),
    tax: money(line.taxMinor, line.currency),
    creditedAmount: money(byLine.get(line.id)?.amountMinor ?? 0n, line.currency),
    creditedTax: money(byLine.get(line.id)?.taxMinor ?? 0n, line.currency),
  }));
}

async function memoFrom(
  work: Work<BillingEvents>,
  invoice: InvoiceRow,
  request: PostCreditMemo,
  plan: Planned,
  split: Split,
): Promise<CreditMemoRow> {
  const { accountId, currency } = invoice;
  const account = await findAccount(work.tx, accountId);
  if (!account) throw new Error('An invoice names an account that billing does not know.');
  const sequence = await nextDocument(work.tx, accountId, 'CREDIT_MEMO');
  return {
    accountId,
    number: documentNumber('CREDIT_MEMO', account, sequence),
    sequence,
    invoiceId: invoice.id,
    orderId: request.orderId ?? null,
    reason: request.reason,
    use: request.use,
    currency,
    subtotalMinor: plan.subtotal.minor,
    taxMinor: plan.tax.minor,
    totalMinor: plan.total.minor,
    appliedMinor: split.applied.minor,
    keptMinor: split.kept.minor,
    working: split.working,
    postedOn: work.today,
    postedAt: work.now,
    postedBy: work.actor,
    correlationId: work.correlationId,
  };
}

const linesFrom = (memo: CreditMemoRow, plan: Planned): readonly CreditMemoLineRow[] =>
  plan.lines.map(({ line, amount, tax, working }, index) => ({
    accountId: memo.accountId,
    creditMemoNumber: memo.number,
    position: index + 1,
    invoiceId: memo.invoiceId,
    invoiceLineId: line.id,
    description: line.description,
    currency: memo.currency,
    amountMinor: amount.minor,
    taxMinor: tax.minor,
    working,
  }));

const entryFrom = (work: Work<BillingEvents>, memo: CreditMemoRow) =>
  ({
    accountId: memo.accountId,
    id: work.newId('journalEntry'),
    kind: 'CREDIT_MEMO_POSTED',
    invoiceId: memo.invoiceId,
    creditMemoNumber: memo.number,
    description: `Credit memo ${memo.number}`,
    postedOn: memo.postedOn,
    postedAt: work.now,
  }) as const;

async function keep(work: Work<BillingEvents>, memo: CreditMemoRow, { kept }: Split): Promise<void> {
  const wallet = await lockWallet(work.tx, memo.accountId, memo.currency);
  const by = { kind: 'CREDIT_MEMO', creditMemoNumber: memo.number, invoiceId: memo.invoiceId } as const;
  await moveWallet(work, wallet, deposit(wallet, kept), by);
}

function announcePosted(work: Work<BillingEvents>, memo: CreditMemoRow, invoice: InvoiceRow): void {
  const { accountId, number, currency } = memo;
  work.announce(
    'CreditMemoPosted.v1',
    { subject: invoice.id, accountId },
    {
      number,
      accountId,
      invoiceId: invoice.id,
      invoiceNumber: invoice.number,
      postedOn: memo.postedOn,
      subtotal: moneyText(money(memo.subtotalMinor, currency)),
      tax: moneyText(money(memo.taxMinor, currency)),
      total: moneyText(money(memo.totalMinor, currency)),
      applied: moneyText(money(memo.appliedMinor, currency)),
      kept: moneyText(money(memo.keptMinor, currency)),
      invoiceBalance: moneyText(money(invoice.balanceMinor, currency)),
    },
  );
}
