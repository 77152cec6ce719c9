import type { NewId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import { later } from '#kernel/time';
import type { PlannedVersion } from '../../orders/events/published';
import {
  type Agreement,
  type Changed,
  type ChargeHeld,
  type Decision,
  type EndedCharge,
  type Held,
  isSameStretch,
  type Known,
} from './agreement';
import { chargesAfter, faultOfCharges, seatsOn } from './charge';
import { isTaken } from './namespace';

/**
 * R4: a term that begins where the last one ends, with charges of its own. A cancellation that was agreed for that day is
 * withdrawn, and a plan that was kept for the renewal is used up; the wish about the renewal after it stays what it was. Refused when the term to be renewed is another one by now,
 * so that no term is renewed twice.
 */
export function renewed({ agreement, currency }: Held, bases: Known['bases'], planned: PlannedVersion, newId: NewId): Decision<Changed> {
  const { term, plan, charges } = planned;
  if (isClosed(agreement)) return refuse('SUBSCRIPTION_ENDED', 'The subscription is cancelled, so it is not renewed.');
  if (term.startsOn !== agreement.term.endsOn) {
    return refuse('TERM_CHANGED', 'The term of the subscription is no longer the one that this order was priced for.');
  }
  const fault = term.startsOn < term.endsOn ? faultOfCharges(charges, term, currency) : 'The term ends before it starts.';
  if (fault) return refuse('PLAN_UNUSABLE', fault);
  const standing = agreement.namespaceId ? bases.get(agreement.namespaceId) : undefined;
  if (standing && isTaken(standing, term)) {
    return refuse('NAMESPACE_TAKEN', 'Another subscription has taken the namespace in that time.');
  }
  return accept({
    agreement: {
      ...next(agreement, planned),
      ...planOf(plan),
      cancelsOn: null,
      planAtRenewal: null,
      term: { id: newId('term'), kind: 'RENEWAL', startsOn: term.startsOn, endsOn: term.endsOn, months: term.months },
    },
    endings: [],
  });
}

/**
 * A cancellation: at once, ending the charges that the order names, or ahead, from the end of the term on. Ahead, nothing
 * ends early and the status is told by the calendar. What is cancelled does not renew.
 */
export function canceled({ agreement, charges }: Held, planned: PlannedVersion): Decision<Changed> {
  if (isClosed(agreement)) return refuse('SUBSCRIPTION_ENDED', 'The subscription is cancelled already.');
  if (!isSameStretch(agreement.term, planned.term)) {
    return refuse('TERM_CHANGED', 'The term of the subscription is no longer the one that this order was priced for.');
  }
  const same = pricedOnSame({ agreement, charges }, planned);
  if (!same.ok) return same;
  const canceling = { ...next(agreement, planned), isAutoRenew: false };
  if (!planned.ends) return accept({ agreement: { ...canceling, cancelsOn: agreement.term.endsOn }, endings: [] });
  return accept({ agreement: { ...canceling, standing: 'CANCELLED', cancelsOn: null }, endings: endingsOf(charges, planned.ends) });
}

/** P2, P5: another plan from a day on: the charges of the old one end, and those of the new one begin. */
export function planChanged(held: Held, planned: PlannedVersion): Decision<Changed> {
  const open = unchangedSince(held, planned);
  if (!open.ok) return open;
  const fault = faultOfCharges(planned.charges, held.agreement.term, held.currency);
  if (fault) return refuse('PLAN_UNUSABLE', fault);
  return accept({
    agreement: { ...next(held.agreement, planned), ...planOf(planned.plan), planAtRenewal: null },
    endings: endingsOf(held.charges, planned.ends),
  });
}

/** P2: what the next renewal is for: a plan goes down, and seats go down, only there. */
export function planKept(held: Held, planned: PlannedVersion): Decision<Changed> {
  const open = unchangedSince(held, planned);
  if (!open.ok) return open;
  if (!planned.atRenewal) return refuse('PLAN_UNUSABLE', 'The order does not say what the renewal is for.');
  const planAtRenewal = { ...planned.plan, ...planned.atRenewal };
  return accept({ agreement: { ...next(held.agreement, planned), planAtRenewal }, endings: [] });
}

/** P3: a product that is not wanted any more; its charges end, the plan stays as it is. */
export function productRemoved(held: Held, planned: PlannedVersion): Decision<Changed> {
  const open = unchangedSince(held, planned);
  if (!open.ok) return open;
  const endings = endingsOf(held.charges, planned.ends);
  if (endings.length === 0) return refuse('AGREEMENT_CHANGED', 'The product to be removed is not in force any more.');
  return accept({ agreement: next(held.agreement, planned), endings });
}

/** An amendment was priced on what was in force. Where that has changed, its credits and charges would be wrong. */
function unchangedSince({ agreement, charges }: Held, planned: PlannedVersion): Decision<null> {
  const { effectiveOn, term } = planned;
  if (isClosed(agreement) || effectiveOn >= agreement.term.endsOn) {
    return refuse('SUBSCRIPTION_ENDED', 'The subscription has ended by the day of the change.');
  }
  if (!isSameStretch(agreement.term, term)) {
    return refuse('TERM_CHANGED', 'The term of the subscription is no longer the one that this order was priced for.');
  }
  return pricedOnSame({ agreement, charges }, planned);
}

/** Refuses what was priced on another plan or on other seats than those in force. */
function pricedOnSame(
  { agreement, charges }: Pick<Held, 'agreement' | 'charges'>,
  { effectiveOn, pricedOn }: Pick<PlannedVersion, 'effectiveOn' | 'pricedOn'>,
): Decision<null> {
  const seats = seatsOn(chargesAfter(charges), effectiveOn);
  if (pricedOn && (pricedOn.sku !== agreement.sku || pricedOn.seats !== seats)) {
    return refuse('AGREEMENT_CHANGED', `Priced for ${pricedOn.seats} seats of ${pricedOn.sku}; in force are ${seats} of ${agreement.sku}.`);
  }
  return accept(null);
}

/** Cancelled, or gone on in another account: nothing is agreed here any more. */
const isClosed = ({ standing }: Pick<Agreement, 'standing'>): boolean => standing === 'CANCELLED' || standing === 'TRANSFERRED';

/** The next version of an agreement that an order changes, speaking from its day on; one that changes nothing yet never speaks before what is agreed for later. */
export function next(agreement: Agreement, { kind, effectiveOn, ends }: PlannedVersion): Agreement {
  const isWish = kind === 'PLAN_AT_RENEWAL' || (kind === 'CANCEL' && !ends);
  return { ...agreement, number: agreement.number + 1, effectiveOn: isWish ? later(effectiveOn, agreement.effectiveOn) : effectiveOn };
}

const planOf = ({ sku, name: planName, tier, deployment }: PlannedVersion['plan']) => ({ sku, planName, tier, deployment });

/** The charges that an order ends early, each on its day, or where it begins when that is later: then it never holds. */
export function endingsOf(charges: readonly ChargeHeld[], ends: PlannedVersion['ends']): readonly EndedCharge[] {
  if (!ends) return [];
  return chargesAfter(charges)
    .filter(charge => charge.endsOn > ends.on && (ends.skus === null || ends.skus.includes(charge.sku)))
    .map(charge => ({ chargeId: charge.id, endsOn: later(ends.on, charge.startsOn) }));
}
