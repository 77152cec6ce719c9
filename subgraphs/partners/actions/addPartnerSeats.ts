import type { Money } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { forEachParty, priceOfDays } from '../domain/margin';
import { acceptPo, QUANTITY_MAX } from '../domain/partner-order';
import { daysLeft } from '../domain/sold-subscription';
import type { PartnersEvents } from '../events/published';
import { type Amendment, amendSold, unitOf } from './amend-sold';

export interface AddPartnerSeats extends Amendment {
  readonly quantity: number;
  readonly po: { readonly number: string; readonly amount: Money };
}

/** More seats on a sold subscription, for the days left of its term, at the prices agreed for the term (P1, P6). */
export async function addPartnerSeats(work: Work<PartnersEvents>, request: AddPartnerSeats) {
  const { quantity, po, ...amendment } = request;
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > QUANTITY_MAX) {
    return refuse('QUANTITY_OUT_OF_RANGE', `A quantity is 1 to ${QUANTITY_MAX}.`, { path: ['quantity'] });
  }
  const asked = { ...amendment, quantity, po: { number: po.number, amount: String(po.amount.minor) } };
  return amendSold(work, asked, async ({ subscription, ordered }) => {
    const left = daysLeft(subscription, work.today);
    if (!left.ok) return left;
    const newest =
      ordered.filter(({ line }) => line.endsOn === subscription.endsOn && line.sku === subscription.sku).at(-1) ?? ordered.at(-1)!;
    const unit = unitOf(newest.line);
    const amount = forEachParty(unit, unitPrice => priceOfDays(unitPrice, quantity, left.value.days));
    const accepted = acceptPo(po.amount, amount.cost);
    if (!accepted.ok) return accepted;
    const { sku, name: subscriptionName, endsOn } = subscription;
    const line = { sku, name: newest.line.name, quantity, startsOn: left.value.from, endsOn, subscriptionName, unit, amount };
    return accept({
      kind: 'ADD_SEATS' as const,
      lines: [line],
      actions: [{ kind: 'ADD_SEATS' as const, subscriptionName, quantity }],
      poNumber: po.number.trim() || null,
      poAmountMinor: po.amount.minor,
    });
  });
}
