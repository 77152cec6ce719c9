import type { Id } from '#kernel/ids';
import {
  add,
  type Currency,
  compare,
  displayOf,
  isNegative,
  isZero,
  type Money,
  money,
  type Rounding,
  share,
  subtract,
  sum,
} from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import type { InvoiceStatus } from './invoice';
import { balanceOf, pendingOf, type Receivable } from './receivable';

/** Where a credit goes: to what is still open on its invoice and the rest to the account, or all of it to the account. */
export const CREDIT_USES = ['INVOICE_FIRST', 'ACCOUNT_CREDIT'] as const;
export type CreditUse = (typeof CREDIT_USES)[number];

/** How a part of a line's tax is rounded. Policy value, the same as for prices (P1). */
export const CREDIT_TAX_ROUNDING: Rounding = 'HALF_UP';

/** A line of an invoice, and what earlier credit memos took back of it. */
export interface CreditableLine {
  readonly id: Id<'invoiceLine'>;
  readonly description: string;
  readonly amount: Money;
  readonly tax: Money;
  readonly creditedAmount: Money;
  readonly creditedTax: Money;
}

/** What to credit of one line, before tax. Null: all that is left of it. */
export interface AskedCredit {
  readonly lineId: string;
  readonly amount: Money | null;
}

/** A line of a credit memo, with its working. */
export interface CreditedLine {
  readonly line: CreditableLine;
  readonly amount: Money;
  readonly tax: Money;
  readonly working: string;
}

interface CreditableInvoice {
  readonly status: InvoiceStatus;
  readonly currency: Currency;
  readonly lines: readonly CreditableLine[];
}

/**
 * Decides the lines of a credit memo: those asked for, or all that is left of the invoice when none were named. Never
 * more of a line than it charged, and never more of the invoice than it charged before tax or in tax, so that what was
 * invoiced less what was credited is always zero or more.
 */
export function planCredit(invoice: CreditableInvoice, asked: readonly AskedCredit[] | null) {
  if (invoice.status !== 'POSTED') return refuse('INVOICE_NOT_CREDITABLE', 'Only a posted invoice can be credited.');
  const lines = asked
    ? askedLines(invoice, asked)
    : accept(invoice.lines.filter(line => !isZero(leftOf(line)) || !isZero(taxLeftOf(line))).map(creditWhole));
  if (!lines.ok) return lines;

  const { currency } = invoice;
  const subtotal = totalOf(lines.value, line => line.amount, currency);
  const tax = totalOf(lines.value, line => line.tax, currency);
  const total = add(subtotal, tax);
  if (isZero(total) || isNegative(total)) return refuse('CREDIT_NOTHING_LEFT', 'Nothing is left to credit on this invoice.');
  const left = totalOf(invoice.lines, leftOf, currency);
  const taxLeft = totalOf(invoice.lines, taxLeftOf, currency);
  if (compare(subtotal, left) > 0 || compare(tax, taxLeft) > 0) {
    const most = `${displayOf(left)} and ${displayOf(taxLeft)} tax`;
    return refuse('CREDIT_EXCEEDS_INVOICE', `Of this invoice at most ${most} are left to credit.`, { path: ['lines'] });
  }
  return accept({ lines: lines.value, subtotal, tax, total });
}

/**
 * Splits a credit: first what is open on the invoice, payments on their way counted as paid, then the account. The
 * working says both.
 */
export function splitCredit(receivable: Receivable, total: Money, use: CreditUse) {
  const owed = balanceOf(receivable);
  const open = subtract(owed, pendingOf(receivable));
  const applied = use === 'ACCOUNT_CREDIT' ? money(0n, total.currency) : compare(total, open) < 0 ? total : open;
  const kept = subtract(total, applied);
  const balance = subtract(owed, applied);
  const working = isZero(applied)
    ? `${displayOf(total)} credited, kept as credit of the account`
    : `${displayOf(owed)} owed − ${displayOf(applied)} credited = ${displayOf(balance)}${isZero(kept) ? '' : `; ${displayOf(total)} − ${displayOf(applied)} = ${displayOf(kept)} kept as credit of the account`}`;
  return { applied, kept, balance, working };
}

/**
 * What an order gives back of a line, where somebody credited a part of it in the meantime: no more than is left, so that
 * cancelling and refunding together never return more than was paid. More than was ever charged stays as it is asked, and
 * is refused.
 */
export function atMostLeft(line: CreditableLine | undefined, asked: Money): Money {
  if (!line || compare(asked, line.amount) > 0) return asked;
  const left = leftOf(line);
  return compare(asked, left) > 0 ? left : asked;
}

const leftOf = (line: CreditableLine): Money => subtract(line.amount, line.creditedAmount);
const taxLeftOf = (line: CreditableLine): Money => subtract(line.tax, line.creditedTax);
const totalOf = <Line>(lines: readonly Line[], amountOf: (line: Line) => Money, currency: Currency): Money =>
  sum(lines.map(amountOf), currency);

function askedLines(invoice: CreditableInvoice, asked: readonly AskedCredit[]) {
  if (asked.length === 0)
    return refuse('CREDIT_NOTHING_LEFT', 'Name a line to credit, or none to credit all of them.', { path: ['lines'] });
  const credited: CreditedLine[] = [];
  for (const [index, { lineId, amount }] of asked.entries()) {
    const line = invoice.lines.find(candidate => candidate.id === lineId);
    const path = ['lines', String(index)];
    if (!line || credited.some(other => other.line.id === lineId)) {
      return refuse('INVOICE_LINE_NOT_FOUND', line ? 'A line is credited once in a memo.' : 'The invoice has no such line.', { path });
    }
    const decided = creditPart(line, amount, path);
    if (!decided.ok) return decided;
    credited.push(decided.value);
  }
  return accept(credited);
}

function creditPart(line: CreditableLine, asked: Money | null, path: readonly string[]) {
  const left = leftOf(line);
  if (asked && asked.currency !== left.currency) {
    return refuse('CURRENCY_MISMATCH', `This invoice is credited in ${left.currency}.`, { path: [...path, 'amount'] });
  }
  const amount = asked ?? left;
  if (isNegative(amount) || isZero(amount)) {
    return refuse('AMOUNT_NOT_POSITIVE', 'Credit an amount above zero.', { path: [...path, 'amount'] });
  }
  if (compare(amount, left) > 0) {
    const working = `${displayOf(line.amount)} charged − ${displayOf(line.creditedAmount)} credited = ${displayOf(left)}`;
    return refuse('CREDIT_EXCEEDS_LINE', `At most ${displayOf(left)} of this line can be credited: ${working}.`, {
      path: [...path, 'amount'],
    });
  }
  return accept(compare(amount, left) === 0 ? creditWhole(line) : creditShare(line, amount));
}

/** All that is left of a line, with all that is left of its tax: however it was split before, nothing remains. */
function creditWhole(line: CreditableLine): CreditedLine {
  const amount = leftOf(line);
  const tax = taxLeftOf(line);
  const isFirst = isZero(line.creditedAmount) && isZero(line.creditedTax);
  const working = isFirst
    ? `${displayOf(line.amount)} charged, credited in full, with ${displayOf(line.tax)} tax`
    : `${displayOf(line.amount)} − ${displayOf(line.creditedAmount)} credited = ${displayOf(amount)}; tax ${displayOf(line.tax)} − ${displayOf(line.creditedTax)} = ${displayOf(tax)}`;
  return { line, amount, tax, working };
}

/**
 * A part of a line takes its part of the tax. The tax of all that is credited so far is rounded, not of each part alone:
 * so parts never add up to another tax than the line's.
 */
function creditShare(line: CreditableLine, amount: Money): CreditedLine {
  const soFar = add(line.creditedAmount, amount);
  const taxSoFar = share(line.tax, soFar.minor, line.amount.minor, CREDIT_TAX_ROUNDING);
  const tax = subtract(taxSoFar, line.creditedTax);
  const before = isZero(line.creditedAmount) ? '' : ` − ${displayOf(line.creditedTax)} credited = ${displayOf(tax)}`;
  const working = `${displayOf(amount)} of ${displayOf(line.amount)}; tax ${displayOf(line.tax)} × ${displayOf(soFar)} ÷ ${displayOf(line.amount)} = ${displayOf(taxSoFar)}${before}`;
  return { line, amount, tax, working };
}
