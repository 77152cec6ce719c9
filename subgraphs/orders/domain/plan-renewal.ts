import { displayOf, type Money, money, moneyOf, sum } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { addDays, addMonths, includes, type PlainDate, period } from '#kernel/time';
import { type Agreement, type ChargeInForce, seatPriceOn, seatsOn } from './agreement';
import { type CatalogItem, type Channel, priceIn, quantityOf } from './catalog';
import type { ListPrice } from './list-price';
import { linesOfOffer, offerOf } from './offer';
import type { PlannedChange, PricedLine } from './plan';
import { currencyOf, kindOf, openToAmend, partOf, planNow } from './plan-amendment';
import { LATE_RENEWAL_DAYS_MAX, RENEWAL_DAYS_AFTER_MAX, RENEWAL_DAYS_BEFORE_MAX } from './policy';
import { priceOfMonths, stepsOfTerm } from './pricing';
import type { Renew } from './request';
import type { Situation } from './situation';
import { trueUpChange, trueUpOf } from './true-up';

/**
 * Plans another term, which touches the last one: the plan with its seats and every recurring product beside it, each at
 * today's list price (policy; where a product is not listed any more, at the price agreed). A plan that was kept for the
 * renewal takes the place of the one in force.
 */
export function planRenewal(action: Renew, position: number, situation: Situation) {
  const open = openToAmend(action, position, situation);
  if (!open.ok) return open;
  const { agreement, path } = open.value;
  const inWindow = mayRenewOn(situation.today, agreement, situation.channel, path);
  if (!inWindow.ok) return inWindow;

  const lastDay = addDays(agreement.termEndsOn, -1);
  const agreed = seatPriceOn(agreement, lastDay);
  const currency = agreed?.currency ?? currencyOf(agreement);
  const seats = action.quantity ?? agreement.planAtRenewal?.seats ?? seatsOn(agreement, lastDay);
  const plan = agreement.planAtRenewal ?? planNow(agreement);
  const item = situation.catalog.get(plan.sku);
  const price = (item && currency && priceIn(item, currency)) ?? (agreed && plan.sku === agreement.planSku ? perUnit(agreed) : null);
  if (!price || seats < 1) {
    return refuse('PRODUCT_NOT_FOUND', 'The plan to be renewed is not sold in this currency any more.', { path });
  }
  const term = termAfter(agreement, action.termMonths);
  const renewed = [
    { sku: plan.sku, kind: 'BASE' as const, name: plan.name, quantity: seats, price },
    ...productsBeside(agreement, lastDay, situation.catalog),
  ];
  const trueUp = trueUpOf(agreement);
  const newTerm = renewed.flatMap(each => linesOf(each, term.startsOn, action.termMonths, situation.discountBasisPoints));
  const lines = trueUp ? [...newTerm, trueUp] : newTerm;
  const amended = {
    sku: plan.sku,
    quantity: seats,
    effectiveOn: term.startsOn,
    plan,
    term: { ...term, months: action.termMonths },
    isAutoRenew: agreement.isAutoRenew,
    amendment: {},
  };
  return accept(
    partOf(action, position, agreement, situation, amended, lines, [
      ...changesOf(agreement, plan.name, seats, term, newTerm),
      ...(trueUp ? [trueUpChange(agreement, trueUp)] : []),
    ]),
  );
}

/**
 * R4: a term is renewed from 15 days before its end on: by the buyer until 30 days after, by the sales team until 180 days
 * after; later it is new business.
 */
export function mayRenewOn(
  today: PlainDate,
  { termEndsOn, history }: Pick<Agreement, 'termEndsOn' | 'history'>,
  channel: Channel,
  path: readonly string[],
) {
  const at = { path: [...path, 'subscriptionName'] };
  if (history.renewedTerm) return refuse('RENEWAL_PLACED', `The term from ${history.renewedTerm.startsOn} on is agreed already.`, at);
  const first = addDays(termEndsOn, -RENEWAL_DAYS_BEFORE_MAX);
  if (today < first) return refuse('RENEWAL_TOO_EARLY', `This term can be renewed from ${first} on.`, at);
  if (today > addDays(termEndsOn, LATE_RENEWAL_DAYS_MAX)) {
    return refuse('RENEWAL_TOO_LATE', 'This term ended too long ago to be renewed: please buy a new subscription.', at);
  }
  if (channel === 'WEB_DIRECT' && today > addDays(termEndsOn, RENEWAL_DAYS_AFTER_MAX)) {
    return refuse(
      'RENEWAL_TOO_LATE',
      `This term ended more than ${RENEWAL_DAYS_AFTER_MAX} days ago: our sales team can still renew it.`,
      at,
    );
  }
  return accept(termEndsOn);
}

/**
 * The term after another one. It is counted from the first day of that one, so that a month's end does not drift: after
 * 31 January to 28 February comes a month that ends on 31 March.
 */
export function termAfter(
  { termStartsOn, termEndsOn, termMonths }: Pick<Agreement, 'termStartsOn' | 'termEndsOn' | 'termMonths'>,
  months: number,
) {
  const isWhole = addMonths(termStartsOn, termMonths) === termEndsOn;
  return period(termEndsOn, isWhole ? addMonths(termStartsOn, termMonths + months) : addMonths(termEndsOn, months));
}

interface RenewedProduct extends Pick<CatalogItem, 'sku' | 'kind' | 'name'> {
  readonly quantity: number;
  readonly price: ListPrice;
}

const perUnit = (unitPrice: Money): ListPrice => ({ shape: 'PER_UNIT', unitPrice });

/** The recurring products beside the plan on the last day, each with its whole quantity. What was paid once does not return. */
function productsBeside(agreement: Agreement, lastDay: PlainDate, catalog: Situation['catalog']): readonly RenewedProduct[] {
  const inForce = agreement.charges.filter(charge => charge.kind !== 'BASE' && includes(charge, lastDay));
  const recurring = inForce.filter(charge => isRecurring(charge, catalog.get(charge.sku)));
  return [...Map.groupBy(recurring, charge => charge.sku)].map(([sku, charges]) => {
    const agreed = moneyOf(charges.at(-1)!.unitPrice);
    const item = catalog.get(sku);
    const price = (item && priceIn(item, agreed.currency)) ?? perUnit(agreed);
    // Packages were agreed as packages, and are asked for by the units in them.
    const units = price.shape === 'PACKAGE' ? price.packageSize : 1;
    const quantity = units * charges.reduce((all, charge) => all + charge.quantity, 0);
    return {
      sku,
      kind: kindOf(charges[0]!),
      name: item?.name ?? sku,
      quantity,
      price,
    };
  });
}

/** A product that is not listed any more recurs unless it is of a kind that is bought in packs. */
export const isRecurring = (charge: ChargeInForce, item: CatalogItem | undefined): boolean =>
  item ? item.model === 'RECURRING' : charge.kind !== 'COMPUTE';

function linesOf(product: RenewedProduct, startsOn: PlainDate, months: number, discountBasisPoints: number): readonly PricedLine[] {
  const { sku, kind, name, quantity, price } = product;
  const offer = offerOf({ sku, kind, model: 'RECURRING' }, price, quantity, discountBasisPoints);
  const steps = stepsOfTerm(startsOn, months);
  return steps.flatMap((step, year) => {
    const description = `${name}, renewal${steps.length === 1 ? '' : `, year ${year + 1} of ${steps.length}`}`;
    return linesOfOffer(offer, description, period(step.startsOn, step.endsOn), units => priceOfMonths(units, step.months));
  });
}

function changesOf(
  agreement: Agreement,
  plan: string,
  seats: number,
  term: { readonly startsOn: PlainDate; readonly endsOn: PlainDate },
  lines: readonly PricedLine[],
): readonly PlannedChange[] {
  const lastDay = addDays(agreement.termEndsOn, -1);
  const change = (field: string, before: string | null, after: string) => ({
    kind: 'TERM_RENEWED' as const,
    subject: agreement.name,
    field,
    before,
    after,
  });
  const currency = lines[0]!.unitPrice.currency;
  const price = sum(
    lines.map(line => money(line.priced.amount.minor, currency)),
    currency,
  );
  return [
    change('term', `${agreement.termStartsOn} to ${agreement.termEndsOn}`, `${term.startsOn} to ${term.endsOn}`),
    change('plan', agreement.planName, plan),
    change('seats', quantityOf('BASE', seatsOn(agreement, lastDay)), quantityOf('BASE', seats)),
    change('price', null, displayOf(price)),
  ];
}
