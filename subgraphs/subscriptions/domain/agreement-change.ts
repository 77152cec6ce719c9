import type { NewId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import type { PlannedVersion } from '../../orders/events/published';
import { type Changed, type Decision, type Held, isSameStretch, type Known } from './agreement';
import { endingsOf, next } from './amendment';
import { faultOfCharges } from './charge';
import { isTaken } from './namespace';
import { isOver } from './subscription';

/**
 * A longer running term, from its first day, with charges for what was added. Refused when the running term is another one by now, or
 * when another subscription has the namespace in the months that are added.
 */
export function termLengthened(
  { agreement, currency }: Held,
  bases: Known['bases'],
  planned: PlannedVersion,
  newId: NewId,
): Decision<Changed> {
  const { term, termBefore, charges } = planned;
  if (isOver(agreement, planned.effectiveOn)) return refuse('SUBSCRIPTION_ENDED', 'The subscription has ended by the day of the change.');
  if (!termBefore || !isSameStretch(agreement.term, termBefore)) {
    return refuse('TERM_CHANGED', 'The term of the subscription is no longer the one that this order was priced for.');
  }
  const isLonger = term.startsOn === termBefore.startsOn && term.endsOn > termBefore.endsOn;
  const fault = isLonger ? faultOfCharges(charges, term, currency) : 'The term does not become longer.';
  if (fault) return refuse('PLAN_UNUSABLE', fault);
  const standing = agreement.namespaceId ? bases.get(agreement.namespaceId) : undefined;
  if (standing && isTaken(standing, { startsOn: termBefore.endsOn, endsOn: term.endsOn })) {
    return refuse('NAMESPACE_TAKEN', 'Another subscription has taken the namespace in that time.');
  }
  const longer = { ...agreement.term, id: newId('term'), endsOn: term.endsOn, months: term.months };
  return accept({ agreement: { ...next(agreement, planned), cancelsOn: null, term: longer }, endings: [] });
}

/** A pause, or the end of one. Charges and term run on. */
export function paused({ agreement }: Held, planned: PlannedVersion): Decision<Changed> {
  if (isOver(agreement, planned.effectiveOn)) return refuse('SUBSCRIPTION_ENDED', 'The subscription has ended by the day of the change.');
  if (!isSameStretch(agreement.term, planned.term)) {
    return refuse('TERM_CHANGED', 'The term of the subscription is no longer the one that this order was made for.');
  }
  const [before, after] = planned.kind === 'SUSPEND' ? (['AGREED', 'SUSPENDED'] as const) : (['SUSPENDED', 'AGREED'] as const);
  if (agreement.standing !== before) return refuse('AGREEMENT_CHANGED', `The subscription is ${agreement.standing}.`);
  return accept({ agreement: { ...next(agreement, planned), standing: after }, endings: [] });
}

/** The end of an agreement in one account, which goes on in another: every charge ends, and begins there anew on the same day. */
export function handedOver({ agreement, charges }: Held, bases: Known['bases'], planned: PlannedVersion): Decision<Changed> {
  const { effectiveOn, transfer } = planned;
  if (agreement.standing !== 'AGREED' || isOver(agreement, effectiveOn)) {
    return refuse('SUBSCRIPTION_ENDED', 'Only a subscription in force changes its owner.');
  }
  if (!transfer) return refuse('PLAN_UNUSABLE', 'The order does not say to whom the subscription goes.');
  if (!isSameStretch(agreement.term, planned.term)) {
    return refuse('TERM_CHANGED', 'The term of the subscription is no longer the one that this order was made for.');
  }
  const standing = agreement.namespaceId ? (bases.get(agreement.namespaceId) ?? []) : [];
  if (standing.some(({ term }) => term.startsOn >= agreement.term.endsOn)) {
    return refuse('NAMESPACE_TAKEN', 'Another subscription of this account is to come on the namespace.');
  }
  const ended = { ...next(agreement, planned), standing: 'TRANSFERRED' as const, isAutoRenew: false, cancelsOn: null, planAtRenewal: null };
  return accept({ agreement: ended, endings: endingsOf(charges, { on: effectiveOn, skus: null }) });
}
