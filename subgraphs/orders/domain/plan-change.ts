import { compare, displayOf, moneyText } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { earlier, includes, later, period } from '#kernel/time';
import { type Agreement, additionDay, annualPriceOn, seatsOn } from './agreement';
import { type CatalogItem, priceIn, quantityOf, TIERS } from './catalog';
import { linesOfOffer, type Offer, offerOf, yearOf } from './offer';
import { creditForDaysLeft, currencyOf, openToAmend, partOf, planNow, runningTerm } from './plan-amendment';
import { priceOfDaysLeft } from './pricing';
import type { ChangePlan, RemoveProduct } from './request';
import type { Situation } from './situation';

/**
 * P2, P5: plans another plan or fewer seats. Up, and to another deployment of the same tier, is now: the unused days of the
 * old plan are credited (P3) and those of the new one charged (P1). Down is kept for the renewal. A richer plan with fewer
 * seats is now only if it brings more a year than what it replaces.
 */
export function planChange(action: ChangePlan, position: number, situation: Situation) {
  const open = openToAmend(action, position, situation);
  if (!open.ok) return open;
  const { agreement, path } = open.value;
  if (agreement.history.renewedTerm) {
    return refuse('RENEWAL_PLACED', 'The next term is agreed: please change the plan when it has begun.', { path });
  }
  if (agreement.history.isRampOpen)
    return refuse('RAMP_RUNNING', 'A ramp runs as it was agreed; its plan is changed at the renewal.', { path });
  const target = targetOf(action, agreement, situation, path);
  if (!target.ok) return target;
  const day = additionDay(agreement, null, situation.today, path);
  if (!day.ok) return day;

  const seatsNow = seatsOn(agreement, day.value);
  const seats = action.quantity ?? seatsNow;
  const { item, price } = target.value;
  const offer = offerOf(item, price, seats, situation.discountBasisPoints);
  if (item.sku === agreement.planSku && seats >= seatsNow) {
    return refuse('PLAN_UNCHANGED', 'This is the plan in force. More seats are added with `addSeats`.', { path: [...path, 'sku'] });
  }
  const step = rankOf(item.tier) - rankOf(agreement.planTier);
  const isNow = step > 0 || (step === 0 && item.sku !== agreement.planSku && seats >= seatsNow);
  if (!isNow) return keptForRenewal(action, position, situation, agreement, { item, offer, seats });

  const year = yearOf(offer);
  const old = annualPriceOn(agreement, day.value, year.currency);
  if (seats < seatsNow && compare(year, old) <= 0) {
    const message = `${quantityOf('BASE', seats)} of ${item.name} are ${displayOf(year)} a year, and ${displayOf(old)} are agreed.`;
    return refuse('ARR_WOULD_FALL', message, { path: [...path, 'quantity'] });
  }
  return changedNow(action, position, situation, agreement, { item, offer, seats });
}

interface Target {
  readonly item: CatalogItem;
  readonly offer: Offer;
  readonly seats: number;
}

function targetOf(action: ChangePlan, agreement: Agreement, { catalog }: Situation, path: readonly string[]) {
  const at = { path: [...path, 'sku'] };
  const currency = currencyOf(agreement);
  const item = catalog.get(action.sku);
  const price = item && currency ? priceIn(item, currency) : null;
  if (!item || !price) return refuse('PRODUCT_NOT_FOUND', 'No such plan is sold in the currency of this subscription.', at);
  if (item.kind !== 'BASE') return refuse('PRODUCT_NOT_A_PLAN', 'Only a plan takes the place of a plan.', at);
  if (agreement.namespaceId && item.deployment !== 'SAAS') {
    return refuse('PRODUCT_NOT_FOR_PLAN', 'A self-managed plan is not for a namespace.', at);
  }
  return accept({ item, price });
}

function changedNow(action: ChangePlan, position: number, situation: Situation, agreement: Agreement, { item, offer, seats }: Target) {
  const path = ['actions', String(position), 'changePlan'];
  const { today } = situation;
  const on = additionDay(agreement, action.effectiveOn, today, path);
  if (!on.ok) return on;
  if (on.value > later(today, agreement.termStartsOn)) {
    return refuse('EFFECTIVE_DATE_OUT_OF_RANGE', 'A plan goes up today or earlier.', { path: [...path, 'effectiveOn'] });
  }
  const left = period(on.value, agreement.termEndsOn);
  const replaced = agreement.charges.filter(charge => charge.kind === 'BASE' && charge.endsOn > on.value);
  const credits = replaced.flatMap(charge => creditForDaysLeft(charge, on.value, agreement.history.lines, agreement.planName) ?? []);
  const lines = linesOfOffer(offer, `${item.name}, instead of ${agreement.planName}`, left, units => priceOfDaysLeft(units, left));
  const seatsNow = seatsOn(agreement, on.value);
  const amended = {
    sku: item.sku,
    quantity: seats,
    effectiveOn: on.value,
    plan: wordsOf(item),
    term: runningTerm(agreement),
    isAutoRenew: agreement.isAutoRenew,
    amendment: {
      ends: { on: on.value, skus: [...new Set(replaced.map(charge => charge.sku))] },
      pricedOn: { sku: agreement.planSku, seats: seatsNow },
    },
  };
  const change = (field: string, before: string, after: string) => ({
    kind: 'PLAN_CHANGED' as const,
    subject: agreement.name,
    field,
    before,
    after,
  });
  const changes = [
    change('plan', agreement.planName, item.name),
    ...(seats === seatsNow ? [] : [change('seats', String(seatsNow), String(seats))]),
  ];
  return accept(partOf(action, position, agreement, situation, amended, [...credits, ...lines], changes));
}

/** P2: nothing is charged or credited now; the renewal is for this plan and these seats. */
function keptForRenewal(action: ChangePlan, position: number, situation: Situation, agreement: Agreement, target: Target) {
  const { item, offer, seats } = target;
  const { termEndsOn } = agreement;
  if (action.effectiveOn && action.effectiveOn !== termEndsOn) {
    const message = `Plans and seats go down with the renewal, on ${termEndsOn}.`;
    return refuse('EFFECTIVE_DATE_OUT_OF_RANGE', message, { path: ['actions', String(position), 'changePlan', 'effectiveOn'] });
  }
  const amended = {
    sku: item.sku,
    quantity: seats,
    effectiveOn: termEndsOn,
    plan: wordsOf(item),
    term: runningTerm(agreement),
    isAutoRenew: agreement.isAutoRenew,
    amendment: { atRenewal: { seats: action.quantity, unitPrice: moneyText(offer.pieces[0]!.unitPrice) } },
  };
  const before = `${agreement.planName}, ${quantityOf('BASE', seatsOn(agreement, earlier(situation.today, termEndsOn)))}`;
  const after = `${item.name}, ${action.quantity === null ? 'the seats of then' : quantityOf('BASE', seats)}`;
  const change = { kind: 'RENEWAL_PLANNED' as const, subject: agreement.name, field: 'plan', before, after };
  return accept(partOf(action, position, agreement, situation, amended, [], [change]));
}

/** P3: plans the end of a recurring product beside the plan; its unused days are credited. */
export function planRemoval(action: RemoveProduct, position: number, situation: Situation) {
  const open = openToAmend(action, position, situation);
  if (!open.ok) return open;
  const { agreement, path } = open.value;
  const on = additionDay(agreement, action.effectiveOn, situation.today, path);
  if (!on.ok) return on;
  const charges = agreement.charges.filter(charge => charge.sku === action.sku && charge.endsOn > on.value);
  const [first] = charges;
  if (!first) return refuse('PRODUCT_NOT_IN_FORCE', 'This subscription does not have that product then.', { path: [...path, 'sku'] });
  const item = situation.catalog.get(action.sku);
  if (first.kind === 'BASE' || first.kind === 'COMPUTE' || item?.model === 'ONE_TIME') {
    return refuse('PRODUCT_NOT_REMOVABLE', 'The plan itself and what was paid once stay until they end.', { path: [...path, 'sku'] });
  }
  const name = item?.name ?? action.sku;
  const quantity = charges.filter(charge => includes(charge, on.value)).reduce((all, charge) => all + charge.quantity, 0);
  const amended = {
    sku: action.sku,
    quantity,
    effectiveOn: on.value,
    plan: planNow(agreement),
    term: runningTerm(agreement),
    isAutoRenew: agreement.isAutoRenew,
    amendment: { ends: { on: on.value, skus: [action.sku] }, pricedOn: { sku: agreement.planSku, seats: seatsOn(agreement, on.value) } },
  };
  const lines = charges.flatMap(charge => creditForDaysLeft(charge, on.value, agreement.history.lines, name) ?? []);
  const change = { kind: 'PRODUCT_REMOVED' as const, subject: agreement.name, field: 'products', before: name, after: null };
  return accept(partOf(action, position, agreement, situation, amended, lines, [change]));
}

const wordsOf = ({ sku, name, tier, deployment }: CatalogItem) => ({ sku, name, tier: tier ?? '', deployment: deployment ?? '' });

/** How rich a tier is; one that we do not know is below all. */
const rankOf = (tier: string | null): number => TIERS.map(String).indexOf(tier ?? '');
