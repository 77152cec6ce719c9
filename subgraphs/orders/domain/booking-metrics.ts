import { add, type Currency, type Money, money, moneyOf, moneyText, share, subtract, sum, times, zero } from '#kernel/money';
import { addDays, includes, later, type PlainDate } from '#kernel/time';
import { type Agreement, annualPriceOn, seatsOn } from './agreement';
import type { BookingMetrics, OrderType } from './order-type';
import type { PlannedPart, PricedLine } from './plan';
import { isRecurring } from './plan-renewal';
import { YEAR_MONTHS } from './policy';
import type { Situation } from './situation';

/** What a deal of so many months brings a year: its recurring amount ÷ months × 12, rounded once, half up. */
export const annualised = (amount: Money, months: number): Money => share(amount, BigInt(YEAR_MONTHS), BigInt(months), 'HALF_UP');

/** Net ARR of a renewal: what it brings a year without its true-up, less what the term before brought. */
export const netArrOfRenewal = (amount: Money, trueUp: Money, arrBasis: Money): Money => subtract(subtract(amount, trueUp), arrBasis);

/** So many units that together cost so much a year. */
export interface Held {
  readonly sku: string;
  readonly quantity: number;
  readonly year: Money;
}

/**
 * Where a change of ARR comes from: seats at the old price of one, and the rest from the price or, where another plan takes the
 * place of the old one, from the tier. The parts add up to the change.
 */
export function arrChange(before: Held, after: Held): { readonly seats: Money; readonly price: Money; readonly tier: Money } {
  const nothing = zero(after.year.currency);
  const change = subtract(after.year, before.year);
  if (before.quantity === 0) return { seats: change, price: nothing, tier: nothing };
  const seats = share(before.year, BigInt(after.quantity - before.quantity), BigInt(before.quantity), 'HALF_UP');
  const rest = subtract(change, seats);
  return before.sku === after.sku ? { seats, price: rest, tier: nothing } : { seats, price: nothing, tier: rest };
}

/**
 * The booking metrics of a deal. ARR counts what recurs, at its price for a year, from the first day of each action; what is paid
 * once is outside. The later years of a ramp count when they begin.
 */
export function bookingMetrics(parts: readonly PlannedPart[], situation: Situation): BookingMetrics {
  const currency = parts[0]!.currency;
  const deals = parts.map(part => dealOf(part, situation, currency));
  const all = (amounts: readonly Money[]) => sum(amounts, currency);
  const lines = parts.flatMap(part => part.lines);
  const once = (kinds: readonly string[]) =>
    all(lines.filter(({ model, kind }) => model === 'ONE_TIME' && kinds.includes(kind)).map(({ priced }) => priced.amount));
  const arrBasis = all(deals.map(deal => deal.basis));
  const netArr = subtract(all(deals.map(deal => deal.begins)), arrBasis);
  return {
    orderType: orderTypeOf(parts, netArr, situation),
    amount: moneyText(all(lines.map(({ priced }) => priced.amount))),
    arr: moneyText(all(deals.map(deal => deal.after))),
    arrBasis: moneyText(arrBasis),
    netArr: moneyText(netArr),
    bookedArr: moneyText(add(netArr, arrBasis)),
    trueUp: moneyText(once(['BASE'])),
    services: moneyText(once(['ADD_ON'])),
    other: moneyText(once(['COMPUTE', 'STORAGE'])),
    arrFromSeats: moneyText(all(deals.map(deal => deal.change.seats))),
    arrFromPrice: moneyText(all(deals.map(deal => deal.change.price))),
    arrFromTier: moneyText(all(deals.map(deal => deal.change.tier))),
  };
}

interface Deal {
  /** ARR that ends, or is up for renewal, with the action. */
  readonly basis: Money;
  /** ARR that begins with it. */
  readonly begins: Money;
  /** ARR of the whole subscription afterwards. */
  readonly after: Money;
  readonly change: ReturnType<typeof arrChange>;
}

function dealOf({ action, lines }: PlannedPart, situation: Situation, currency: Currency): Deal {
  const agreement = action.subscriptionName ? situation.agreements.get(action.subscriptionName) : undefined;
  const begins = yearBegun(lines, action.kind === 'CHANGE_TERMS' ? null : action.effectiveOn, currency);
  const isAtTermEnd = action.kind === 'RENEW' || (action.kind === 'CANCEL' && !action.amendment?.ends);
  const on = isAtTermEnd && agreement ? addDays(agreement.termEndsOn, -1) : later(situation.today, action.effectiveOn);
  const before = agreement ? arrOn(agreement, on, situation) : zero(currency);
  const basis = agreement ? arrEnding(action.kind, agreement, action, on, situation) : zero(currency);
  const after = add(subtract(before, basis), begins);
  const isOtherPlan = action.kind === 'RENEW' || (action.kind === 'CHANGE_PLAN' && !action.amendment?.atRenewal);
  const seats = action.kind === 'ADD_SEATS' || action.kind === 'CREATE_SUBSCRIPTION' ? begins : zero(currency);
  const change =
    agreement && isOtherPlan
      ? arrChange(
          { sku: agreement.planSku, quantity: seatsOn(agreement, on), year: annualPriceOn(agreement, on, currency) },
          { sku: action.planSku, quantity: action.quantity, year: yearBegun(lines.filter(isPlan), action.effectiveOn, currency) },
        )
      : { seats, price: zero(currency), tier: zero(currency) };
  return { basis, begins, after, change };
}

const isPlan = ({ kind }: PricedLine): boolean => kind === 'BASE';

/** What the recurring charges that hold on a day cost for a year. */
function yearBegun(lines: readonly PricedLine[], on: PlainDate | null, currency: Currency): Money {
  const begun = lines.filter(
    ({ model, priced, period }) => model === 'RECURRING' && priced.amount.minor >= 0n && on && includes(period, on),
  );
  return sum(
    begun.map(({ unitPrice, quantity }) => times(unitPrice, BigInt(quantity))),
    currency,
  );
}

/** ARR of a subscription on a day: everything recurring that is in force. */
function arrOn(agreement: Agreement, on: PlainDate, { catalog }: Situation, skus: readonly string[] | null = null): Money {
  const currency = agreement.charges[0]?.unitPrice.currency ?? 'USD';
  const recurring = agreement.charges.filter(
    charge => includes(charge, on) && isRecurring(charge, catalog.get(charge.sku)) && (skus === null || skus.includes(charge.sku)),
  );
  return sum(
    recurring.map(charge => times(moneyOf(charge.unitPrice), BigInt(charge.quantity))),
    currency,
  );
}

function arrEnding(
  kind: PlannedPart['action']['kind'],
  agreement: Agreement,
  { amendment }: PlannedPart['action'],
  on: PlainDate,
  situation: Situation,
): Money {
  if (kind === 'RENEW' || kind === 'CANCEL') return arrOn(agreement, on, situation);
  if (amendment?.ends) return arrOn(agreement, on, situation, amendment.ends.skus);
  return money(0n, agreement.charges[0]?.unitPrice.currency ?? 'USD');
}

function orderTypeOf(parts: readonly PlannedPart[], netArr: Money, { otherSubscriptions }: Situation): OrderType {
  const kinds = parts.map(({ action }) => action.kind);
  if (kinds.includes('CREATE_SUBSCRIPTION'))
    return otherSubscriptions === 0 && kinds.every(isCreation) ? 'NEW_FIRST_ORDER' : 'NEW_CONNECTED';
  if (kinds.includes('CANCEL')) return otherSubscriptions === 0 && kinds.every(kind => kind === 'CANCEL') ? 'FINAL_CHURN' : 'PARTIAL_CHURN';
  if (netArr.minor < 0n) return 'CONTRACTION';
  return parts.some(({ lines }) => lines.some(({ model }) => model === 'RECURRING')) ? 'GROWTH' : 'SERVICES_AND_OTHER';
}

const isCreation = (kind: PlannedPart['action']['kind']): boolean => kind === 'CREATE_SUBSCRIPTION';
