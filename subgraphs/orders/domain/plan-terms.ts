import { moneyOf } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { addDays, addMonths, includes, later, period } from '#kernel/time';
import { type Agreement, seatsOn } from './agreement';
import { linesOfOffer, offerOf } from './offer';
import type { PricedLine } from './plan';
import { kindOf, openToAmend, partOf, planNow, runningTerm } from './plan-amendment';
import { isRecurring } from './plan-renewal';
import { SELF_SERVICE_TERM_MONTHS_MAX, YEAR_MONTHS } from './policy';
import { priceOfMonths, stepsOfTerm } from './pricing';
import type { ChangeTerms } from './request';
import type { Situation } from './situation';

/**
 * Plans a longer running term, from today on: the months that come to it are charged for everything recurring that is in force on
 * its last day, at the agreed prices, a line for each year or the rest of one. A term never becomes shorter; what is not wanted any
 * more is cancelled. Buyers lengthen up to a year themselves (P4).
 */
export function planTerms(action: ChangeTerms, position: number, situation: Situation) {
  const open = openToAmend(action, position, situation);
  if (!open.ok) return open;
  const { agreement, path } = open.value;
  const { termStartsOn, termEndsOn, termMonths } = agreement;
  const at = { path: [...path, 'termMonths'] };
  if (agreement.history.renewedTerm) return refuse('RENEWAL_PLACED', 'The next term is agreed already.', { path });
  if (agreement.history.isRampOpen)
    return refuse('RAMP_RUNNING', 'A ramp runs as it was agreed; its term is changed at the renewal.', { path });
  if (situation.today >= termEndsOn) {
    return refuse('SUBSCRIPTION_NOT_ACTIVE', 'Only a running term can be made longer.', { path: [...path, 'subscriptionName'] });
  }
  if (action.termMonths <= termMonths) {
    return refuse('TERM_OUT_OF_RANGE', `The term has ${termMonths} months; it can only be made longer.`, at);
  }
  if (situation.channel === 'WEB_DIRECT' && action.termMonths > SELF_SERVICE_TERM_MONTHS_MAX) {
    return refuse('MULTI_YEAR_NEEDS_SALES', 'A term of more than one year is agreed with our sales team.', at);
  }
  const term = { ...period(termStartsOn, addMonths(termStartsOn, action.termMonths)), months: action.termMonths };
  const lines = linesOfAddedMonths(agreement, action.termMonths, situation);
  const on = later(situation.today, termStartsOn);
  const amended = {
    sku: agreement.planSku,
    quantity: seatsOn(agreement, on),
    effectiveOn: on,
    plan: planNow(agreement),
    term,
    isAutoRenew: agreement.isAutoRenew,
    amendment: { termBefore: runningTerm(agreement) },
  };
  const change = {
    kind: 'TERM_CHANGED' as const,
    subject: agreement.name,
    field: 'term',
    before: `${termStartsOn} to ${termEndsOn}`,
    after: `${term.startsOn} to ${term.endsOn}`,
  };
  return accept(partOf(action, position, agreement, situation, amended, lines, [change]));
}

/** The years of the longer term that the running one does not reach, each from where that one ends. */
function linesOfAddedMonths(agreement: Agreement, months: number, situation: Situation): readonly PricedLine[] {
  const lastDay = addDays(agreement.termEndsOn, -1);
  const inForce = agreement.charges.filter(charge => includes(charge, lastDay) && isRecurring(charge, situation.catalog.get(charge.sku)));
  const steps = addedSteps(agreement, months);
  return inForce.flatMap(charge => {
    const name = charge.sku === agreement.planSku ? agreement.planName : (situation.catalog.get(charge.sku)?.name ?? charge.sku);
    const product = { sku: charge.sku, kind: kindOf(charge), model: 'RECURRING' as const };
    const price = { shape: 'PER_UNIT' as const, unitPrice: moneyOf(charge.unitPrice) };
    const offer = offerOf(product, price, charge.quantity, situation.discountBasisPoints);
    return steps.flatMap(step =>
      linesOfOffer(offer, `${name}, longer term`, period(step.startsOn, step.endsOn), units => priceOfMonths(units, step.months)),
    );
  });
}

function addedSteps({ termStartsOn, termEndsOn, termMonths }: Agreement, months: number) {
  return stepsOfTerm(termStartsOn, months).flatMap((step, year) => {
    const from = Math.max(year * YEAR_MONTHS, termMonths);
    const to = year * YEAR_MONTHS + step.months;
    return to > from ? [{ ...period(from === termMonths ? termEndsOn : step.startsOn, step.endsOn), months: to - from }] : [];
  });
}
