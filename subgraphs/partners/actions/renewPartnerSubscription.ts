import type { Money } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { endOfTerm } from '../domain/margin';
import { acceptPo, QUANTITY_MAX, TERM_MONTHS_MAX } from '../domain/partner-order';
import { mayRenew } from '../domain/sold-subscription';
import type { PartnersEvents } from '../events/published';
import { type Amendment, amendSold } from './amend-sold';
import { priceLines } from './price-lines';

export interface RenewPartnerSubscription extends Amendment {
  readonly quantity: number | null;
  readonly termMonths: number;
  readonly po: { readonly number: string; readonly amount: Money };
}

/** R4: another term of a sold subscription, at today's prices, with its seats or as many as are said. */
export async function renewPartnerSubscription(work: Work<PartnersEvents>, request: RenewPartnerSubscription) {
  const { quantity, termMonths, po, ...amendment } = request;
  if (quantity !== null && !isCount(quantity, QUANTITY_MAX)) {
    return refuse('QUANTITY_OUT_OF_RANGE', `A quantity is 1 to ${QUANTITY_MAX}.`, { path: ['quantity'] });
  }
  if (!isCount(termMonths, TERM_MONTHS_MAX)) {
    return refuse('TERM_OUT_OF_RANGE', `A term is 1 to ${TERM_MONTHS_MAX} months.`, { path: ['termMonths'] });
  }
  const asked = { ...amendment, quantity, termMonths, po: { number: po.number, amount: String(po.amount.minor) } };
  return amendSold(work, asked, async ({ subscription }, { chain, agreement }) => {
    const startsOn = mayRenew(subscription, work.today);
    if (!startsOn.ok) return startsOn;
    const { sku, name: subscriptionName } = subscription;
    const wanted = { sku, quantity: quantity ?? subscription.seats, startsOn: startsOn.value, termMonths };
    const priced = await priceLines(work, [wanted], chain, agreement);
    if (!priced.ok) return priced;
    const line = priced.value[0]!;
    const accepted = acceptPo(po.amount, line.amount.cost);
    if (!accepted.ok) return accepted;
    return accept({
      kind: 'RENEWAL' as const,
      lines: [{ ...line, subscriptionName, endsOn: endOfTerm(startsOn.value, termMonths) }],
      actions: [{ kind: 'RENEW' as const, subscriptionName, quantity: wanted.quantity, termMonths }],
      poNumber: po.number.trim() || null,
      poAmountMinor: po.amount.minor,
    });
  });
}

const isCount = (value: number, max: number): boolean => Number.isInteger(value) && value >= 1 && value <= max;
