import { CURRENCY_DECIMALS, type Currency, compare, displayOf, type Money, money, negate, subtract } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { addDays, type PlainDate } from '#kernel/time';

/** How a partner's order stands. */
export const PARTNER_ORDER_STATUSES = ['ACCEPTED', 'FULFILLED', 'REJECTED', 'ERROR'] as const;
export type PartnerOrderStatus = (typeof PARTNER_ORDER_STATUSES)[number];

/** What a partner's order does. */
export const PARTNER_ORDER_KINDS = ['NEW', 'ADD_SEATS', 'RENEWAL', 'CANCELLATION'] as const;
export type PartnerOrderKind = (typeof PARTNER_ORDER_KINDS)[number];

/** Policy values. */
export const LINES_MAX = 100;
export const QUANTITY_MAX = 100_000;
export const TERM_MONTHS_MAX = 60;
export const BACKDATED_DAYS_MAX = 30;
export const AHEAD_DAYS_MAX = 365;
export const EXTERNAL_ID_LENGTH_MAX = 100;
export const PO_NUMBER_LENGTH_MAX = 64;
/** C3: one unit of the currency, so $1.00; ¥100 where there are no cents. */
export const poTolerance = (currency: Currency): Money => money(10n ** BigInt(CURRENCY_DECIMALS[currency] || 2), currency);

/** Where each status may lead. What was rejected stays so; an order in error goes on when somebody has mended it. */
const NEXT: Readonly<Record<PartnerOrderStatus, readonly PartnerOrderStatus[]>> = {
  ACCEPTED: ['FULFILLED', 'REJECTED', 'ERROR'],
  ERROR: ['FULFILLED', 'REJECTED', 'ACCEPTED'],
  FULFILLED: [],
  REJECTED: [],
};

/** True when an order that stands so may come to stand like this; doubled and late news change nothing. */
export const mayBecome = (status: PartnerOrderStatus, next: PartnerOrderStatus): boolean => NEXT[status].includes(next);

/** One thing that a partner orders: a plan, for so many seats and months. */
export interface OrderedLine {
  readonly sku: string;
  readonly quantity: number;
  readonly startsOn: PlainDate;
  readonly termMonths: number;
}

/** Checks what needs no knowledge of the program: texts, quantities, terms and days. */
export function wellFormed(
  asked: { readonly externalId: string; readonly lines: readonly OrderedLine[]; readonly poNumber: string },
  today: PlainDate,
) {
  const reference = externalIdFrom(asked.externalId);
  if (!reference.ok) return reference;
  if (asked.poNumber.trim() === '' || asked.poNumber.length > PO_NUMBER_LENGTH_MAX) {
    return refuse('PO_NUMBER_INVALID', `A purchase-order number has 1 to ${PO_NUMBER_LENGTH_MAX} characters.`, { path: ['po', 'number'] });
  }
  if (asked.lines.length < 1 || asked.lines.length > LINES_MAX) {
    return refuse('LINES_OUT_OF_RANGE', `An order has 1 to ${LINES_MAX} lines.`, { path: ['lines'] });
  }
  for (const [index, line] of asked.lines.entries()) {
    const at = (field: string) => ({ path: ['lines', String(index), field] });
    if (!isCount(line.quantity, QUANTITY_MAX)) {
      return refuse('QUANTITY_OUT_OF_RANGE', `A quantity is 1 to ${QUANTITY_MAX}.`, at('quantity'));
    }
    if (!isCount(line.termMonths, TERM_MONTHS_MAX)) {
      return refuse('TERM_OUT_OF_RANGE', `A term is 1 to ${TERM_MONTHS_MAX} months.`, at('termMonths'));
    }
    if (line.startsOn < addDays(today, -BACKDATED_DAYS_MAX) || line.startsOn > addDays(today, AHEAD_DAYS_MAX)) {
      return refuse('START_OUT_OF_RANGE', `A term starts ${BACKDATED_DAYS_MAX} days back to ${AHEAD_DAYS_MAX} days ahead.`, at('startsOn'));
    }
  }
  return accept({ externalId: reference.value, poNumber: asked.poNumber.trim() });
}

/** The partner's own reference, as it is kept: printable, without spaces at its ends. */
export function externalIdFrom(text: string) {
  const externalId = text.trim();
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(externalId) && externalId.length <= EXTERNAL_ID_LENGTH_MAX
    ? accept(externalId)
    : refuse('EXTERNAL_ID_INVALID', `Your reference has 1 to ${EXTERNAL_ID_LENGTH_MAX} printable ASCII characters.`, {
        path: ['externalId'],
      });
}

/** C3: a purchase order is within $1.00 of what the order comes to at the buyer's own price, before tax, up or down. */
export function acceptPo(po: Money, total: Money) {
  const path = ['po', 'amount'];
  if (po.currency !== total.currency) {
    return refuse('PO_CURRENCY_MISMATCH', `Your agreement is in ${total.currency}: please send the purchase order in it.`, { path });
  }
  const off = subtract(po, total);
  const size = off.minor < 0n ? negate(off) : off;
  const tolerance = poTolerance(total.currency);
  if (compare(size, tolerance) <= 0) return accept(po);
  const message = `This order comes to ${displayOf(total)}, and a purchase order may differ by ${displayOf(tolerance)}: yours says ${displayOf(po)}.`;
  return refuse('PO_AMOUNT_MISMATCH', message, { path });
}

/** The words in which a rejection for legal reasons is told; never which entry of the list was met. */
export const REJECTED_BY_SCREENING = 'This order cannot be accepted for legal reasons. Please contact us.';

const isCount = (value: number, max: number): boolean => Number.isInteger(value) && value >= 1 && value <= max;
