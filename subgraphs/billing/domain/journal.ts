import { type Currency, compare, displayOf, isZero, type Money, money, sum, zero } from '#kernel/money';

/**
 * The ledger's accounts. Assets begin with 1 and grow by debit, liabilities with 2 and grow by credit. 3900 takes what
 * was booked elsewhere before we began.
 */
export const LEDGER_CODES = ['1000', '1100', '2200', '2300', '2400', '3900'] as const;
export type LedgerCode = (typeof LEDGER_CODES)[number];

/** The names finance knows the ledger's accounts by. */
export const LEDGER_NAMES: Readonly<Record<LedgerCode, string>> = {
  '1000': 'Cash',
  '1100': 'Accounts receivable',
  '2200': 'Tax payable',
  '2300': 'Customer credit',
  '2400': 'Deferred revenue',
  '3900': 'Opening balances',
};

/** What made an entry necessary. */
export const JOURNAL_KINDS = [
  'INVOICE_POSTED',
  'INVOICE_VOIDED',
  'PAYMENT_RECEIVED',
  'PAYMENT_REFUNDED',
  'CREDIT_MEMO_POSTED',
  'CREDIT_APPLIED',
  'INVOICE_IMPORTED',
] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];

/** One side of an entry: a debit or a credit of one ledger account, and where its amount comes from. */
export interface Posting {
  readonly code: LedgerCode;
  readonly debit: Money;
  readonly credit: Money;
  readonly working: string;
}

/**
 * A posted invoice: the customer owes the total (1100), which is service we owe in return (2400, revenue only as time
 * passes) and tax that is the state's (2200). Debit total = credit subtotal + credit tax.
 */
export function entryOfInvoice(invoice: { readonly subtotal: Money; readonly tax: Money; readonly total: Money }): readonly Posting[] {
  const working = `${displayOf(invoice.subtotal)} + ${displayOf(invoice.tax)} tax = ${displayOf(invoice.total)}`;
  return balanced([
    debit('1100', invoice.total, working),
    credit('2400', invoice.subtotal, `${displayOf(invoice.total)} − ${displayOf(invoice.tax)} tax = ${displayOf(invoice.subtotal)}`),
    credit('2200', invoice.tax, `${displayOf(invoice.total)} − ${displayOf(invoice.subtotal)} net = ${displayOf(invoice.tax)}`),
  ]);
}

/**
 * An invoice that was brought along: what is open of it is owed to us (1100), what was paid of it was paid into other books
 * (3900); service and tax stand as if it had been posted here, so that a credit memo takes back what is there.
 */
export function entryOfImport(invoice: { readonly subtotal: Money; readonly tax: Money; readonly open: Money; readonly paid: Money }) {
  const { subtotal, tax, open, paid } = invoice;
  const working = `${displayOf(open)} open + ${displayOf(paid)} paid before = ${displayOf(subtotal)} + ${displayOf(tax)} tax`;
  return balanced([
    debit('1100', open, working),
    debit('3900', paid, working),
    credit('2400', subtotal, working),
    credit('2200', tax, working),
  ]);
}

/**
 * Money that arrived: cash grows (1000) and the customer owes that much less (1100). An authorisation alone makes no
 * entry, since it moves no money.
 */
export function entryOfPayment(amount: Money, working: string): readonly Posting[] {
  return balanced([debit('1000', amount, working), credit('1100', amount, working)]);
}

/** An invoice that is taken back: its entry with the sides exchanged. */
export const entryOfVoid = (invoice: { readonly subtotal: Money; readonly tax: Money; readonly total: Money }): readonly Posting[] =>
  entryOfInvoice(invoice).map(({ debit: was, credit: became, ...rest }) => ({ ...rest, debit: became, credit: was }));

/** A credit memo as the books see it: what is taken back, and where the total went. */
export interface PostedCredit {
  readonly subtotal: Money;
  readonly tax: Money;
  readonly total: Money;
  readonly applied: Money;
  readonly kept: Money;
  readonly working: string;
}

/**
 * A credit memo: we owe less service (2400) and less tax (2200). The customer owes that much less on the invoice (1100),
 * or we owe the customer (2300). Debit subtotal + debit tax = credit applied + credit kept.
 */
export function entryOfCreditMemo({ subtotal, tax, total, applied, kept, working }: PostedCredit): readonly Posting[] {
  const sums = `${displayOf(subtotal)} + ${displayOf(tax)} tax = ${displayOf(total)}`;
  return balanced([
    debit('2400', subtotal, sums),
    debit('2200', tax, sums),
    credit('1100', applied, working),
    credit('2300', kept, working),
  ]);
}

/** Credit that pays an invoice: we owe the customer less (2300), and the customer owes us less (1100). */
export function entryOfCreditApplied(amount: Money, working: string): readonly Posting[] {
  return balanced([debit('2300', amount, working), credit('1100', amount, working)]);
}

/** Credit that is paid out: we owe the customer less (2300), and the cash has left (1000). */
export function entryOfRefund(amount: Money, working: string): readonly Posting[] {
  return balanced([debit('2300', amount, working), credit('1000', amount, working)]);
}

/** The sums of one ledger account in one currency. */
export interface LedgerTotal {
  readonly code: LedgerCode;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
  readonly currency: Currency;
}

/** One row of a trial balance: what stands on an account, on the side where it stands. */
export interface TrialBalanceRow {
  readonly code: LedgerCode;
  readonly name: string;
  readonly debit: Money;
  readonly credit: Money;
}

/**
 * The trial balance: for each currency every ledger account with its balance on one side, in the order of codes. It is
 * balanced when, in each currency, the two columns have the same sum.
 */
export function trialBalance(totals: readonly LedgerTotal[], currencies: readonly Currency[]) {
  const rows = currencies.flatMap(currency => LEDGER_CODES.map(code => rowOf(code, currency, totals)));
  const isBalanced = currencies.every(currency => {
    const own = rows.filter(row => row.debit.currency === currency);
    return (
      compare(
        sum(
          own.map(row => row.debit),
          currency,
        ),
        sum(
          own.map(row => row.credit),
          currency,
        ),
      ) === 0
    );
  });
  return { rows, isBalanced };
}

function rowOf(code: LedgerCode, currency: Currency, totals: readonly LedgerTotal[]): TrialBalanceRow {
  const own = totals.filter(total => total.code === code && total.currency === currency);
  const net = own.reduce((all, total) => all + total.debitMinor - total.creditMinor, 0n);
  return { code, name: LEDGER_NAMES[code], debit: money(net > 0n ? net : 0n, currency), credit: money(net < 0n ? -net : 0n, currency) };
}

const debit = (code: LedgerCode, amount: Money, working: string): Posting => ({
  code,
  debit: amount,
  credit: zero(amount.currency),
  working,
});
const credit = (code: LedgerCode, amount: Money, working: string): Posting => ({
  code,
  debit: zero(amount.currency),
  credit: amount,
  working,
});

/** Leaves out sides of zero, which say nothing, and throws when the rest is not balanced: no such entry may exist. */
function balanced(postings: readonly [Posting, ...Posting[]]): readonly Posting[] {
  const currency = postings[0].debit.currency;
  const debits = sum(
    postings.map(posting => posting.debit),
    currency,
  );
  const credits = sum(
    postings.map(posting => posting.credit),
    currency,
  );
  if (compare(debits, credits) !== 0) throw new RangeError(`Debits of ${displayOf(debits)} do not equal credits of ${displayOf(credits)}.`);
  return postings.filter(posting => !isZero(posting.debit) || !isZero(posting.credit));
}
