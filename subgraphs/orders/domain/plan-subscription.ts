import { isId } from '#kernel/ids';
import { type Currency, compare, displayOf, money, sum } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { addMonths, type Period, type PlainDate, period } from '#kernel/time';
import { type CatalogItem, priceIn } from './catalog';
import type { ListPrice } from './list-price';
import { linesOfOffer, type Offer, offerOf, yearOf } from './offer';
import type { PlannedChange, PricedLine } from './plan';
import { AHEAD_DAYS_MAX, BACKDATED_DAYS_MAX, WEB_SELLING_ENTITY } from './policy';
import { priceOfMonths, stepsOfTerm, type TermStep } from './pricing';
import { type CreateSubscription, dayWithin, pathOf } from './request';
import type { Situation } from './situation';
import { isSellingEntity, type SellingEntity } from './tax';

/** Plans a new subscription: its term, and priced lines for each year of it (P7). */
export function planSubscription(action: CreateSubscription, position: number, situation: Situation) {
  const path = pathOf(action, position);
  const plan = basePlan(action.sku, situation, path);
  if (!plan.ok) return plan;
  const startsOn = startDay(action, situation.today, path);
  if (!startsOn.ok) return startsOn;
  const term = period(startsOn.value, addMonths(startsOn.value, action.termMonths));
  const namespace = freeNamespace(action, plan.value.item, term, situation, path);
  if (!namespace.ok) return namespace;

  const { item, price, currency } = plan.value;
  const steps = rampOf(action, item, price, startsOn.value, situation, path);
  if (!steps.ok) return steps;
  const lines = linesOfTerm(action, item, steps.value);
  const planned = {
    id: situation.newId('orderAction'),
    position,
    kind: action.kind,
    subscriptionId: situation.newId('subscription'),
    subscriptionName: null,
    sku: item.sku,
    quantity: action.quantity,
    effectiveOn: startsOn.value,
    planSku: item.sku,
    planName: item.name,
    planTier: item.tier ?? '',
    planDeployment: item.deployment ?? '',
    termStartsOn: term.startsOn,
    termEndsOn: term.endsOn,
    termMonths: action.termMonths,
    isAutoRenew: action.isAutoRenew,
    namespaceId: namespace.value,
    amendment: null,
  };
  const changes = changesOf(action, item, planned, lines, currency);
  return accept({
    action: planned,
    lines,
    changes,
    currency,
    sellingEntity: sellerOf(situation),
    dealType: situation.dealType ?? 'DIRECT',
  });
}

/** The company that sells: always the same one in the web shop, elsewhere the one the account belongs to. */
function sellerOf({ channel, account }: Situation): SellingEntity {
  return channel !== 'WEB_DIRECT' && isSellingEntity(account.sellingEntity) ? account.sellingEntity : WEB_SELLING_ENTITY;
}

function basePlan(sku: string, { catalog, account }: Situation, path: readonly string[]) {
  const at = { path: [...path, 'sku'] };
  const item = catalog.get(sku);
  const price = item ? priceIn(item, account.currency) : null;
  if (!item || !price) return refuse('PRODUCT_NOT_FOUND', 'No such product is sold in the currency of this account.', at);
  if (item.kind !== 'BASE') return refuse('PRODUCT_NOT_A_PLAN', 'A subscription starts with a plan; add this product to one.', at);
  return accept({ item, price, currency: account.currency });
}

/** One base subscription on a namespace at any time. A namespace that was never announced to us is left to its owner to judge. */
function freeNamespace(
  { namespaceId }: CreateSubscription,
  item: CatalogItem,
  term: Period,
  { namespaces, account }: Situation,
  path: readonly string[],
) {
  if (!namespaceId) return accept(null);
  const at = { path: [...path, 'namespaceId'] };
  const known = namespaces.get(namespaceId);
  if (!isId('namespace', namespaceId)) return refuse('NAMESPACE_NOT_FOUND', 'No such namespace.', at);
  if (item.deployment !== 'SAAS') return refuse('PRODUCT_NOT_FOR_PLAN', 'A self-managed plan is not for a namespace.', at);
  if (known && known.accountId !== account.accountId) return refuse('NAMESPACE_NOT_FOUND', 'No such namespace.', at);
  if (known?.served.some(other => other.startsOn < term.endsOn && term.startsOn < other.endsOn)) {
    return refuse('NAMESPACE_HAS_SUBSCRIPTION', 'This namespace has a plan in that time already; add seats to it.', at);
  }
  return accept(namespaceId);
}

function startDay({ startsOn }: CreateSubscription, today: PlainDate, path: readonly string[]) {
  return dayWithin(startsOn ?? today, today, [...path, 'startsOn'], { backDaysMax: BACKDATED_DAYS_MAX, aheadDaysMax: AHEAD_DAYS_MAX });
}

/** One year of a term, and what is sold for it. */
interface SoldStep extends TermStep {
  readonly seats: number;
  readonly offer: Offer;
}

/**
 * P7: the years of a term with their seats: those of the first year in all of them, or a ramp, which names the seats of each further
 * year. Neither seats nor what a year brings ever fall from one year to the next.
 */
function rampOf(
  action: CreateSubscription,
  item: CatalogItem,
  price: ListPrice,
  startsOn: PlainDate,
  situation: Situation,
  path: readonly string[],
) {
  const { quantity, rampSeats = [], termMonths } = action;
  const at = { path: [...path, 'rampSeats'] };
  const years = stepsOfTerm(startsOn, termMonths);
  if (rampSeats.length > 0 && rampSeats.length !== years.length - 1) {
    return refuse('RAMP_INCOMPLETE', `A ramp of ${termMonths} months names the seats of ${years.length - 1} further years.`, at);
  }
  const steps: SoldStep[] = years.map((year, index) => {
    const seats = index === 0 ? quantity : (rampSeats[index - 1] ?? quantity);
    return { ...year, seats, offer: offerOf(item, price, seats, situation.discountBasisPoints) };
  });
  const falls = steps.some((step, index) => {
    const before = steps[index - 1];
    return before && (step.seats < before.seats || compare(yearOf(step.offer), yearOf(before.offer)) < 0);
  });
  return falls ? refuse('RAMP_FALLS', 'From year to year, neither seats nor the price of a year may fall.', at) : accept(steps);
}

/** A ramp is invoiced year by year, in advance; other terms as a whole with their order. */
function linesOfTerm({ rampSeats = [] }: CreateSubscription, item: CatalogItem, steps: readonly SoldStep[]): readonly PricedLine[] {
  const isRamp = rampSeats.length > 0;
  return steps.flatMap(({ offer, months, startsOn, endsOn }, year) => {
    const description = steps.length === 1 ? item.name : `${item.name}, year ${year + 1} of ${steps.length}`;
    const lines = linesOfOffer(offer, description, period(startsOn, endsOn), units => priceOfMonths(units, months));
    return isRamp && year > 0 ? lines.map(line => ({ ...line, invoicedOn: startsOn })) : lines;
  });
}

function changesOf(
  action: CreateSubscription,
  item: CatalogItem,
  term: { readonly position: number; readonly termStartsOn: PlainDate; readonly termEndsOn: PlainDate },
  lines: readonly PricedLine[],
  currency: Currency,
): readonly PlannedChange[] {
  const subject = `New subscription ${term.position + 1}`;
  const amount = sum(
    lines.map(line => money(line.priced.amount.minor, currency)),
    currency,
  );
  const added = (field: string, after: string) => ({ kind: 'SUBSCRIPTION_CREATED' as const, subject, field, before: null, after });
  return [
    added('plan', item.name),
    added('seats', [action.quantity, ...(action.rampSeats ?? [])].join(', then ')),
    added('term', `${term.termStartsOn} to ${term.termEndsOn}`),
    added('price', displayOf(amount)),
  ];
}
