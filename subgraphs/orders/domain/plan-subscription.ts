import { isId } from '#kernel/ids';
import { displayOf, type Money, money, sum } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { addMonths, type Period, type PlainDate, period } from '#kernel/time';
import { type CatalogItem, priceIn } from './catalog';
import type { PlannedChange, PricedLine } from './plan';
import { AHEAD_DAYS_MAX, BACKDATED_DAYS_MAX, WEB_SELLING_ENTITY } from './policy';
import { priceOfMonths, stepsOfTerm } from './pricing';
import { type CreateSubscription, dayWithin, pathOf } from './request';
import type { Situation } from './situation';
import { isSellingEntity, type SellingEntity } from './tax';

/** Plans a new subscription: its term, and one priced line for each year of it (P7). */
export function planSubscription(action: CreateSubscription, position: number, situation: Situation) {
  const path = pathOf(action, position);
  const plan = basePlan(action.sku, situation, path);
  if (!plan.ok) return plan;
  const startsOn = startDay(action, situation.today, path);
  if (!startsOn.ok) return startsOn;
  const term = period(startsOn.value, addMonths(startsOn.value, action.termMonths));
  const namespace = freeNamespace(action, plan.value.item, term, situation, path);
  if (!namespace.ok) return namespace;

  const { item, unitPrice } = plan.value;
  const lines = linesOfTerm(action, item, unitPrice, startsOn.value);
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
  const changes = changesOf(action, item, planned, lines, unitPrice);
  return accept({
    action: planned,
    lines,
    changes,
    currency: unitPrice.currency,
    sellingEntity: sellerOf(situation),
    dealType: 'DIRECT' as const,
  });
}

/** The company that sells: always the same one in the web shop, elsewhere the one the account belongs to. */
function sellerOf({ channel, account }: Situation): SellingEntity {
  return channel !== 'WEB_DIRECT' && isSellingEntity(account.sellingEntity) ? account.sellingEntity : WEB_SELLING_ENTITY;
}

function basePlan(sku: string, { catalog, account }: Situation, path: readonly string[]) {
  const at = { path: [...path, 'sku'] };
  const item = catalog.get(sku);
  const unitPrice = item ? priceIn(item, account.currency) : null;
  if (!item || !unitPrice) return refuse('PRODUCT_NOT_FOUND', 'No such product is sold in the currency of this account.', at);
  if (item.kind !== 'BASE') return refuse('PRODUCT_NOT_A_PLAN', 'A subscription starts with a plan; add this product to one.', at);
  return accept({ item, unitPrice });
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

function linesOfTerm(action: CreateSubscription, item: CatalogItem, unitPrice: Money, startsOn: PlainDate): readonly PricedLine[] {
  const steps = stepsOfTerm(startsOn, action.termMonths);
  return steps.map((step, year) => ({
    sku: item.sku,
    kind: item.kind,
    model: item.model,
    description: steps.length === 1 ? item.name : `${item.name}, year ${year + 1} of ${steps.length}`,
    quantity: action.quantity,
    unitPrice,
    priced: priceOfMonths({ kind: item.kind, quantity: action.quantity, unitPrice }, step.months),
    period: step,
  }));
}

function changesOf(
  action: CreateSubscription,
  item: CatalogItem,
  term: { readonly position: number; readonly termStartsOn: PlainDate; readonly termEndsOn: PlainDate },
  lines: readonly PricedLine[],
  { currency }: Money,
): readonly PlannedChange[] {
  const subject = `New subscription ${term.position + 1}`;
  const amount = sum(
    lines.map(line => money(line.priced.amount.minor, currency)),
    currency,
  );
  const added = (field: string, after: string) => ({ kind: 'SUBSCRIPTION_CREATED' as const, subject, field, before: null, after });
  return [
    added('plan', item.name),
    added('seats', String(action.quantity)),
    added('term', `${term.termStartsOn} to ${term.termEndsOn}`),
    added('price', displayOf(amount)),
  ];
}
