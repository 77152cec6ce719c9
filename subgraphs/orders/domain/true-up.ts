import { displayOf } from '#kernel/money';
import { addDays, period } from '#kernel/time';
import { type Agreement, seatPriceOn, seatsOn } from './agreement';
import { quantityOf } from './catalog';
import type { PlannedChange, PricedLine } from './plan';
import { priceOnce } from './pricing';

/**
 * T1: with the renewal, the users above the seats of the term that ends: (max users − licensed users) × a whole year's price of
 * the newest seats, once, whenever in the term they came. Null where there are none, or where the term was reconciled quarter by
 * quarter. It is paid for what has been, so it grants nothing and belongs to no recurring revenue.
 */
export function trueUpOf(agreement: Agreement): PricedLine | null {
  const { counted, planSku, planName, termStartsOn, termEndsOn } = agreement;
  const lastDay = addDays(termEndsOn, -1);
  const unitPrice = seatPriceOn(agreement, lastDay);
  const seats = seatsOn(agreement, lastDay);
  const overage = (counted?.usersMax ?? 0) - seats;
  if (!counted || counted.isReconciled || !unitPrice || overage <= 0) return null;
  const priced = priceOnce({ kind: 'BASE', quantity: overage, unitPrice });
  return {
    sku: planSku,
    kind: 'BASE',
    model: 'ONE_TIME',
    description: `${planName}, true-up of the last term`,
    quantity: overage,
    unitPrice,
    priced: { ...priced, working: `${counted.usersMax} users at most − ${seats} seats: ${priced.working}` },
    period: period(termStartsOn, termEndsOn),
  };
}

/** What a buyer reads of it before buying. */
export const trueUpChange = ({ name }: Pick<Agreement, 'name'>, { priced, quantity }: PricedLine): PlannedChange => ({
  kind: 'TRUE_UP_CHARGED',
  subject: name,
  field: 'trueUp',
  before: null,
  after: `${quantityOf('BASE', quantity)}: ${displayOf(priced.amount)}`,
});

/** True for a true-up's line: seats are sold for a time, and only what is trued up is paid once. */
export const isTrueUp = ({ kind, model }: Pick<PricedLine, 'kind' | 'model'>): boolean => kind === 'BASE' && model === 'ONE_TIME';
